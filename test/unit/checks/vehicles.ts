import type { Change } from './rules-sample.ts'

const none: Change = {
  PureElectricVehicleIndicator: undefined,
  ClassHybridVehicle: undefined,
  TowingBrakedTypeTrailTable: undefined,
  InServiceMaximumMassTable: undefined,
  TyreAxleMassCombinationTable: undefined,
  AxleGroupTable: undefined,
  ColourTable: undefined,
  BodyworkTable: undefined,
  ConfigurationDoorsGroup: undefined,
  MechanicalCouplingTable: undefined,
}

/** Masses of a small vehicle of two axles, `kg` in running order. */
export const masses = (kg: number): Change => ({
  MassGroup: {
    MassInRunningOrder: String(kg),
    ActualMass: String(kg),
    TechnicallyPermissibleMaximumLadenMass: String(kg + 300),
  },
  AxleTable: {
    AxleGroup: ['1', '2'].map((AxleNumber) => ({ AxleNumber, TechnicallyPermissibleMassAxle: String(kg + 300) })),
  },
})

const single: Change = {
  StageOfCompletion: 'C',
  'ManufacturerTable/ManufacturerGroup': [{ ManufacturerStageNumber: '1', ManufacturerName: 'Example' }],
}

/** The sample made a small two-wheeler that keeps every limit of L. */
export const light = (category: string, more: Change = {}): Change => ({
  ...none,
  ...single,
  VehicleCategory: category,
  TypeApprovalNumber: 'e4*168/2013*00001*00',
  GeneralConstructionGroup: { NumberOfAxles: '2', NumberOfSeatingPositionsIncludingDriver: '1' },
  DimensionGroup: { Wheelbase: '1300', Length: '1900', Width: '700', Height: '1100' },
  EnergyConvertorTable: {
    EnergyConvertorGroup: [
      {
        WorkingPrinciple: 'INTPI',
        EngineCapacity: '49',
        EnergySourceTable: { EnergySourceGroup: [{ EnergySource: '10', PowerGroup: {} }] },
      },
    ],
  },
  ...masses(90),
  ...more,
})

/** The sample made a vehicle of 167/2013 without engine data. */
export const tractor = (category: string, more: Change = {}): Change => ({
  ...none,
  ...single,
  VehicleCategory: category,
  TypeApprovalNumber: 'e4*167/2013*00001*00',
  GeneralConstructionGroup: { NumberOfAxles: '2' },
  DimensionGroup: {},
  EnergyConvertorTable: undefined,
  ...masses(2000),
  ...more,
})

/** Two axles of a towed vehicle, each for half of `kg`. */
export const axleSum = (kg: number): Change => ({
  MassGroup: {},
  AxleTable: {
    AxleGroup: ['1', '2'].map((AxleNumber) => ({ AxleNumber, TechnicallyPermissibleMassAxle: String(kg / 2) })),
  },
})

/** The sample made a trailer of M, N, O rules with this laden mass. */
export const trailer = (category: string, kg: number, more: Change = {}): Change => ({
  ...none,
  ...single,
  VehicleCategory: category,
  GeneralConstructionGroup: { NumberOfAxles: '2' },
  DimensionGroup: { Length: '7000', Width: '2500', Height: '3500' },
  EnergyConvertorTable: undefined,
  MassGroup: { TechnicallyPermissibleMaximumLadenMass: String(kg) },
  AxleTable: {
    AxleGroup: ['1', '2'].map((AxleNumber) => ({ AxleNumber, TechnicallyPermissibleMassAxle: String(kg) })),
  },
  ...more,
})

/** The sample made a van whose coupling carries what it may tow. */
export const van = (more: Change = {}): Change => ({
  VehicleCategory: 'N1',
  PureElectricVehicleIndicator: 'N',
  'MassGroup/AdditionalMassAlternativePropulsion': '300',
  'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup[1]/TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint':
    '140',
  ...more,
})
