import { axle, source } from '../case-paths.ts'
import type { Cases, RuleCase } from '../rule-case.ts'

const coupling = 'MechanicalCouplingTable/MechanicalCouplingGroup[1]/'
/** Paths in the order of the codes; each is given as a range the wrong way round, and as one of equal ends. */
const beginnings = [
  'AllowedParameterValuesMultistageGroup/AllowedActualMass',
  'AllowedParameterValuesMultistageGroup/AllowedTechnicallyPermissibleMaximumLadenMass',
  'AllowedParameterValuesMultistageGroup/AllowedFrontalArea',
  'AllowedParameterValuesMultistageGroup/AllowedRollingResistance',
  'AllowedParameterValuesMultistageGroup/AllowedCrossSectionalAreaAirFrontGrill',
  'DimensionGroup/WheelbaseAdjustable',
  'DimensionGroup/LengthAdjustable',
  'DimensionGroup/WidthAdjustable',
  'DimensionGroup/HeightAdjustable',
  'DimensionGroup/RearOverhangAdjustable',
  'DimensionGroup/MaximumPermissibleLength',
  'DimensionGroup/MaximumPermissibleWidth',
  'DimensionGroup/MaximumPermissibleHeight',
  'DimensionGroup/LengthLoadingAreaAdjustable',
  'MassGroup/MassInRunningOrderVariable',
  'MassGroup/TechnicallyPermissibleMaximumLadenMassVariable',
  axle(1, 'AxleTrackAdjustable'),
  axle(1, 'AxleSpacingAdjustable'),
  axle(1, 'TechnicallyPermissibleMassAxleAdjustable'),
  axle(1, 'TyreAxleTable/TyreAxleGroup[1]/TyreAxleTrackAdjustable'),
  `${coupling}MechanicalCouplingHeightAboveGroundAdjustable`,
  `${coupling}DistanceCentreCouplingDeviceLastAxleAdjustable`,
  `${coupling}DistanceFrontEndCentreCouplingAdjustable`,
  `${coupling}DistanceCentreCouplingRearEndAdjustable`,
  `${coupling}DistanceCouplingPointFirstAxleAdjustable`,
  source(1, 'PowerGroup/EngineSpeedMaximumNetPower'),
]
const range = (path: string): RuleCase => ({
  bad: { [`${path}Min`]: '101', [`${path}Max`]: '100' },
  good: { [`${path}Min`]: '100', [`${path}Max`]: '100' },
  path: `/InitialVehicleInformation/CocDataGroup/${path}Min`,
})
const ranges = beginnings.map((path, i) => [`CHK-RANGE-${String(i + 1).padStart(3, '0')}`, range(path)] as const)

const twice = (rows: string, element: string): RuleCase => ({
  bad: { [rows]: [{ [element]: '1' }, { [element]: '1' }] },
  good: { [rows]: [{ [element]: '1' }, { [element]: '2' }] },
})
const sets = 'TrackSetTable/TrackSetGroup'

export const cases: Cases = {
  ...Object.fromEntries(ranges),
  'CHK-NUM-001': twice('GearGroup/GearRatioTable/GearRatioGroup', 'GearNumber'),
  'CHK-NUM-002': twice('FinalDriveVehicleTable/FinalDriveVehicleGroup', 'FinalDriveVehicleNumber'),
  'CHK-NUM-003': twice('TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup', 'TyreAxleCombinationNumber'),
  'CHK-NUM-004': twice('BallastSetTable/BallastSetGroup', 'BallastSetNumber'),
  'CHK-NUM-005': twice(sets, 'TrackSetNumber'),
  'CHK-NUM-006': {
    bad: {
      'GeneralConstructionGroup/NumberOfSetsBallastMasses': '2',
      'BallastSetTable/BallastSetGroup': [{ BallastSetNumber: '1' }],
    },
    good: {
      'GeneralConstructionGroup/NumberOfSetsBallastMasses': '1',
      'BallastSetTable/BallastSetGroup': [{ BallastSetNumber: '1' }],
    },
  },
  'CHK-NUM-007': {
    bad: {
      'TrackTrainGroup/TrackTrainNumberOfBrakedSet': '2',
      [sets]: [{ TrackSetNumber: '1', TrackSetBrakedIndicator: 'Y' }],
    },
    good: {
      'TrackTrainGroup/TrackTrainNumberOfBrakedSet': '1',
      [sets]: [{ TrackSetNumber: '1', TrackSetBrakedIndicator: 'Y' }],
    },
  },
  'CHK-NUM-008': {
    bad: {
      'TrackTrainGroup/TrackTrainNumberOfPoweredSet': '1',
      [sets]: [{ TrackSetNumber: '1', TrackSetPoweredIndicator: 'N' }],
    },
    good: {
      'TrackTrainGroup/TrackTrainNumberOfPoweredSet': '0',
      [sets]: [{ TrackSetNumber: '1', TrackSetPoweredIndicator: 'N' }],
    },
  },
}
