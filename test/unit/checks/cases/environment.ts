import { source } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

const eco = {
  EcoInnovationsTable: { EcoInnovationsGroup: [{ EcoInnovationCountry: 'e4', GeneralCodeEcoInnovation: '37' }] },
}
const goods = {
  TypeApprovalTransportDangerousGoodsTable: {
    TypeApprovalTransportDangerousGoodsGroup: [{ TypeApprovalTransportDangerousGoodsClass: 'FL' }],
  },
}
const family = (TestFamilyIdentifier: string, good: string) => {
  const rows = (TestFamilyIdentifierValue: string) => ({
    [source(1, 'TestFamilyIdentifiersTable')]: {
      TestFamilyIdentifiersGroup: [{ TestFamilyIdentifier, TestFamilyIdentifierValue }],
    },
  })
  return { bad: rows('XX'), good: rows(good) }
}
const sound = (element: string) => source(1, `SoundLevelGroup/${element}`)
const capacity = 'EnergyConvertorTable/EnergyConvertorGroup[1]/EngineCapacity'
const ecoFitted = 'EcoInnovationsFittedIndicator'
const goodsApproved = 'TypeApprovalTransportDangerousGoodsIndicator'

export const cases: Cases = {
  'CHK-ECO-001': { bad: { [ecoFitted]: 'N', ...eco }, good: { [ecoFitted]: 'Y', ...eco } },
  'CHK-ECO-002': { bad: { [ecoFitted]: 'Y' }, good: { [ecoFitted]: 'N' } },
  'CHK-ADR-001': { bad: { [goodsApproved]: 'N', ...goods }, good: { [goodsApproved]: 'Y', ...goods } },
  'CHK-ADR-002': { bad: { [goodsApproved]: 'Y' }, good: { [goodsApproved]: 'N' } },
  'CHK-FAM-001': family('IP', 'IP-0196-ABC'),
  'CHK-FAM-002': family('RL', 'RL-0076-ABC'),
  'CHK-FAM-003': family('RM', 'RM-0001-ABC'),
  'CHK-FAM-004': family('ATCT', 'AT-0085-ABC'),
  'CHK-FAM-005': family('EV', 'EV-0004-ABC'),
  'CHK-FAM-006': family('PR', 'PR-0001-ABC'),
  'CHK-FAM-007': family('PEMS', '6-ABC-44-6'),
  'CHK-FAM-008': { bad: { [capacity]: '1998.4' }, good: { [capacity]: '1998.00' } },
  'CHK-FAM-009': { bad: { [sound('SoundLevelDriveBy')]: '70.5' }, good: { [sound('SoundLevelDriveBy')]: '70' } },
  'CHK-FAM-010': { bad: { [sound('SoundLevelStationary')]: '80.2' }, good: { [sound('SoundLevelStationary')]: '80' } },
}
