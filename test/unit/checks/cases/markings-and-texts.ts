import { manufacturer } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { light } from '../vehicles.ts'

const row = (LocationMarkingsSubject: string, more: Record<string, string> = {}) => ({
  LocationMarkingsSubject,
  LocationMarkingsVehiclePart: 'PASCT',
  ...more,
})
const table = (...rows: Record<string, string>[]) => ({ LocationMarkingsTable: { LocationMarkingsGroup: rows } })
const both = table(row('STAT'), row('VIN'))
const place = (element: string) => ({
  bad: light('L3e-A1', { [element]: 'under the seat' }),
  good: light('L3e-A1', { [element]: 'R, x325, y85, z725' }),
})
const text = (path: string, bad = 'n/a') => ({ bad: { [path]: bad }, good: { [path]: 'EXB9' } })
const signer = (n: number, element: string) => `SigningAuthorityTable/SigningAuthorityGroup[${n}]/${element}`
const country = manufacturer(2, 'ManufacturerCountryOfResidence')

export const cases: Cases = {
  'CHK-MARK-001': place('LocationStatutoryPlate23Wheel'),
  'CHK-MARK-002': place('LocationVin23Wheel'),
  'CHK-MARK-003': { bad: table(row('VIN')), good: both },
  'CHK-MARK-004': { bad: table(row('STAT')), good: both },
  'CHK-MARK-005': {
    bad: table(row('STAT', { LocationMarkingsVehiclePartSideSection: 'LEFT' }), row('VIN')),
    good: table(
      row('STAT', { LocationMarkingsVehiclePartSide: 'FRONTSIDE', LocationMarkingsVehiclePartSideSection: 'LEFT' }),
      row('VIN'),
    ),
  },
  'CHK-TEXT-001': text('MakeTable/MakeGroup[1]/Make', '-'),
  'CHK-TEXT-002': text('CommercialNameTable/CommercialNameGroup[1]/CommercialName', 'xxx'),
  'CHK-TEXT-003': text(manufacturer(1, 'ManufacturerName'), 'TBD'),
  'CHK-TEXT-004': text(signer(1, 'SignerName'), 'unknown'),
  'CHK-TEXT-005': text(signer(1, 'SignerPosition'), 'None'),
  'CHK-TEXT-006': text(signer(1, 'SignatureLocation')),
  'CHK-TEXT-007': text('Type', 'TEST'),
  'CHK-TEXT-008': text('Variant', '--'),
  'CHK-TEXT-009': text('RemarkTable/RemarkGroup[1]/Remark', 'null'),
  'CHK-SIGN-001': {
    bad: { [country]: 'JAPAN' },
    good: { [country]: 'JAPAN', EURepresentativeGroup: { EURepresentativeName: 'Example Europe' } },
  },
  'CHK-SIGN-002': {
    bad: { [signer(2, 'SignerName')]: 'Example' },
    good: { [signer(2, 'SignerName')]: 'Another Example' },
  },
  'CHK-VIN-003': {
    bad: light('L3e-A1', { VehicleIdentificationNumber: 'XEXAMPLE00000A001' }),
    good: light('L3e-A1'),
  },
}
