import { at, towing } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { van } from '../vehicles.ts'

const vertical =
  'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup[1]/TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint'

export const cases: Cases = {
  'CHK-TOW-001': {
    bad: van({ [towing(2, 'TechnicallyPermissibleMaximumTowableMass')]: '751' }),
    good: van(),
  },
  'CHK-TOW-002': {
    bad: van({ [towing(1, 'TechnicallyPermissibleMaximumTowableMass')]: '3501', [vertical]: '141' }),
    good: van(),
  },
  'CHK-TOW-003': {
    bad: { 'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[2]/BrakedTypeTrail': undefined },
    good: {
      'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[2]/BrakedTypeTrail': undefined,
      [towing(2, 'TechnicallyPermissibleMaximumTowableMass')]: '0',
    },
    path: `${at}TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[2]/BrakedTypeTrail`,
  },
  'CHK-TOW-004': { bad: { [towing(1, 'BodyworkTypeTrailer')]: undefined } },
}
