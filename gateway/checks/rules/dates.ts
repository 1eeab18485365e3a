import type { Texts } from '../../ivi/coc/coc-item.ts'
import type { Rule } from '../rule.ts'

interface Day {
  readonly path: string
  readonly name: Texts
}

const issued: Day = {
  path: '/CocDataGroup/TypeApprovalIssueDate',
  name: {
    en: 'issue date of the approval',
    de: 'Ausstellungsdatum der Genehmigung',
    fr: 'date de délivrance de l’homologation',
  },
}
const made: Day = {
  path: '/CocDataGroup/DateManufactureVehicle',
  name: { en: 'date of manufacture', de: 'Herstellungsdatum', fr: 'date de fabrication' },
}
const signed: Day = {
  path: '/CocDataGroup/SigningAuthorityTable/SigningAuthorityGroup/SignatureDate',
  name: { en: 'signature date', de: 'Unterschriftsdatum', fr: 'date de signature' },
}

/**
 * Days out of order are warnings: an extension can be dated after the day of manufacture without a change to the vehicle,
 * and official specimens carry odd days themselves.
 */
const inOrder = (number: string, earlier: Day, later: Day, clause: string): Rule => ({
  code: `CHK-DATE-${number}`,
  title: {
    en: `The ${earlier.name.en} is not after the ${later.name.en}`,
    de: `${earlier.name.de} nicht nach dem ${later.name.de}`,
    fr: `La ${earlier.name.fr} n’est pas postérieure à la ${later.name.fr}`,
  },
  severity: 'warning',
  clause,
  let: { first: earlier.path, second: later.path },
  check: { notAfter: ['first', 'second'] },
  at: earlier.path,
  message: {
    en: `The ${earlier.name.en} ({first}) is after the ${later.name.en} ({second}). See that both are right.`,
    de: `Das ${earlier.name.de} ({first}) liegt nach dem ${later.name.de} ({second}). Prüfen Sie, ob beide stimmen.`,
    fr: `La ${earlier.name.fr} ({first}) est postérieure à la ${later.name.fr} ({second}). Vérifiez que les deux sont justes.`,
  },
})

export const rules: readonly Rule[] = [
  inOrder('001', issued, made, '2018/858 Article 36'),
  inOrder('002', issued, signed, '2018/858 Article 36'),
  inOrder('003', made, signed, '2018/858 Article 37(1)'),
]
