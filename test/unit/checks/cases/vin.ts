import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
  'CHK-VIN-001': { bad: { VehicleIdentificationNumber: 'xEXAMPLE000000001' } },
  'CHK-VIN-002': { bad: { VehicleIdentificationNumber: 'XEXAMPLE00000000O' } },
}
