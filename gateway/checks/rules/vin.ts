import type { Rule } from '../rule.ts'

const vin = '/CocDataGroup/VehicleIdentificationNumber'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-VIN-001',
    title: 'The VIN has 17 capitals and digits',
    severity: 'error',
    clause: 'ISO 3779; IVI type VehicleIdentificationNumber',
    let: { vin },
    check: { matches: ['vin', /^[A-Z0-9]{17}$/] },
    at: vin,
    message: 'The VIN {vin} does not consist of 17 capital letters and digits.',
  },
  {
    code: 'CHK-VIN-002',
    title: 'The VIN has no I, O or Q',
    // A warning: the IVI type allows them, and VINs of small makers carry them.
    severity: 'warning',
    clause: 'ISO 3779 clause 4: I, O and Q are not used',
    let: { vin },
    check: { matches: ['vin', /^[^IOQ]*$/] },
    at: vin,
    message: 'The VIN {vin} contains I, O or Q, which ISO 3779 does not use. See that no 1 or 0 was meant.',
  },
]
