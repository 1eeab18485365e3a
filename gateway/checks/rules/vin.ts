import type { Rule } from '../rule.ts'

const vin = '/CocDataGroup/VehicleIdentificationNumber'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-VIN-001',
    title: {
      en: 'The VIN has 17 capitals and digits',
      de: 'Die FIN hat 17 Großbuchstaben und Ziffern',
      fr: 'Le VIN a 17 majuscules et chiffres',
    },
    severity: 'error',
    clause: 'ISO 3779; IVI type VehicleIdentificationNumber',
    let: { vin },
    check: { matches: ['vin', /^[A-Z0-9]{17}$/] },
    at: vin,
    message: {
      en: 'The VIN {vin} does not consist of 17 capital letters and digits. Correct it.',
      de: 'Die FIN {vin} besteht nicht aus 17 Großbuchstaben und Ziffern. Berichtigen Sie sie.',
      fr: 'Le VIN {vin} ne se compose pas de 17 majuscules et chiffres. Corrigez-le.',
    },
  },
  {
    code: 'CHK-VIN-002',
    title: {
      en: 'The VIN has no I, O or Q',
      de: 'Die FIN hat kein I, O oder Q',
      fr: 'Le VIN n’a ni I, ni O, ni Q',
    },
    // A warning: the IVI type allows them, and VINs of small makers carry them.
    severity: 'warning',
    clause: 'ISO 3779 clause 4: I, O and Q are not used',
    let: { vin },
    check: { matches: ['vin', /^[^IOQ]*$/] },
    at: vin,
    message: {
      en: 'The VIN {vin} contains I, O or Q, which ISO 3779 does not use. See that no 1 or 0 was meant.',
      de: 'Die FIN {vin} enthält I, O oder Q, die ISO 3779 nicht verwendet. Prüfen Sie, ob 1 oder 0 gemeint war.',
      fr: 'Le VIN {vin} contient I, O ou Q, que l’ISO 3779 n’emploie pas. Vérifiez qu’il ne s’agit pas de 1 ou 0.',
    },
  },
]
