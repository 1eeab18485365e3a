import type { IviNode, IviTree } from '../../../gateway/contract/ivi-tree.ts'

const tyre = (number: string, fitted: string): IviTree => ({
  TyreNumber: number,
  TyreFittedProductionIndicator: fitted,
})

/** A completed two-axle N2 that breaks no rule; invented throughout. */
export const sample = (): IviTree => ({
  Header: {
    IviReferenceId: '00000000-0000-4000-8000-000000000001',
    IviVersionNumberXsd: '2.0',
    IviVersionNumber: '1',
    DesignatedTypeApprovalCountry: 'e4',
  },
  CocDataGroup: {
    VehicleIdentificationNumber: 'XEXAMPLE000000001',
    TypeApprovalType: 'EU',
    StageOfCompletion: 'V',
    Type: 'EXB',
    Variant: 'BOX',
    Version: 'A1',
    VehicleCategory: 'N2',
    DateManufactureVehicle: '2026-09-01',
    TypeApprovalNumber: 'e4*2018/858*99001*00',
    TypeApprovalIssueDate: '2026-01-15',
    PureElectricVehicleIndicator: 'N',
    ClassHybridVehicle: 'NOVC-HEV',
    SigningAuthorityTable: { SigningAuthorityGroup: [{ SignerName: 'Example', SignatureDate: '2026-09-02' }] },
    ManufacturerTable: {
      ManufacturerGroup: [
        { ManufacturerStageNumber: '1', ManufacturerName: 'Example Chassis' },
        {
          ManufacturerStageNumber: '2',
          ManufacturerName: 'Example Bodies',
          PreviousStageTypeApprovalNumber: 'e1*2018/858*99002*03',
          PreviousStageType: 'CHA',
          PreviousStageVariant: 'CAB',
          PreviousStageVersion: '7',
        },
      ],
    },
    GeneralConstructionGroup: {
      NumberOfAxles: '2',
      NumberOfAxlesWithTwinWheels: '1',
      NumberOfSteeredAxles: '1',
      NumberOfPoweredAxles: '1',
      NumberOfBrakedAxles: '2',
      NumberOfDoors: '3',
    },
    DimensionGroup: { Wheelbase: '4000', Length: '7000', Width: '2500', Height: '3500' },
    MassGroup: {
      MassInRunningOrder: '4000',
      ActualMass: '4100',
      MassInRunningOrderIncomplete: '3000',
      TechnicallyPermissibleMaximumLadenMass: '7500',
      MaximumStaticVerticalMassCouplingPointTable: {
        MaximumStaticVerticalMassCouplingPointGroup: [
          {
            MechanicalCouplingNumberVerticalMass: '1',
            TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: '100',
          },
        ],
      },
    },
    TowingBrakedTypeTrailTable: {
      TowingBrakedTypeTrailGroup: [
        {
          MechanicalCouplingNumberTowingMasses: '1',
          BrakedTypeTrail: 'BRK',
          BodyworkTypeTable: {
            BodyworkTypeGroup: [{ BodyworkTypeTrailer: 'DC', TechnicallyPermissibleMaximumTowableMass: '3500' }],
          },
        },
        {
          BrakedTypeTrail: 'UNB',
          BodyworkTypeTable: { BodyworkTypeGroup: [{ TechnicallyPermissibleMaximumTowableMass: '750' }] },
        },
        { BodyworkTypeTable: { BodyworkTypeGroup: [{ TechnicallyPermissibleMaximumCombinationMass: '11000' }] } },
      ],
    },
    InServiceMaximumMassTable: {
      InServiceMaximumMassGroup: [
        {
          InServiceMaximumPermissibleMassCountry: 'NL',
          InServiceMaximumPermissibleLadenMass: '7490',
          InServiceMaximumPermissibleMassCombination: '11000',
        },
      ],
    },
    AxleTable: {
      AxleGroup: [
        {
          AxleNumber: '1',
          TwinWheelsAxleIndicator: 'N',
          SteeredAxleIndicator: 'Y',
          PoweredAxleIndicator: 'N',
          BrakedAxleIndicator: 'Y',
          AxleSpacing: '4000',
          DistributionMassRunningOrderAxle: '2200',
          DistributionMassIncompleteAxle: '1900',
          TechnicallyPermissibleMassAxle: '3000',
          TyreAxleTable: { TyreAxleGroup: [tyre('1', 'Y'), tyre('2', 'N')] },
        },
        {
          AxleNumber: '2',
          TwinWheelsAxleIndicator: 'Y',
          SteeredAxleIndicator: 'N',
          PoweredAxleIndicator: 'Y',
          BrakedAxleIndicator: 'Y',
          DistributionMassRunningOrderAxle: '1800',
          DistributionMassIncompleteAxle: '1100',
          TechnicallyPermissibleMassAxle: '5000',
          InServiceMaximumPermissibleLadenMassAxleTable: {
            InServiceMaximumPermissibleLadenMassAxleGroup: [
              {
                InServiceMaximumPermissibleLadenMassAxleCountry: 'NL',
                InServiceMaximumPermissibleLadenMassAxle: '5000',
              },
            ],
          },
          InterconnectionWithPoweredAxleTable: {
            InterconnectionWithPoweredAxleGroup: [{ InterconnectionWithPoweredAxleNumber: '1' }],
          },
          TyreAxleTable: { TyreAxleGroup: [tyre('1', 'Y')] },
        },
      ],
    },
    TyreAxleMassCombinationTable: {
      TyreAxleMassCombinationGroup: [
        {
          TyreAxleCombinationNumber: '1',
          TyreAxleCouplingPointTyreCombinationTable: {
            TyreAxleCouplingPointTyreCombinationGroup: [
              { MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination: '1' },
            ],
          },
          TyreAxleCombinationTable: {
            TyreAxleCombinationGroup: [{ AxleNumberCombination: '2', TyreNumberCombination: '1' }],
          },
        },
      ],
    },
    AxleGroupTable: {
      AxleGroupGroup: [
        {
          AxleGroupNumber: '1',
          TechnicallyPermissibleMassAxleGroup: '8000',
          InServiceMaximumPermissibleLadenMassAxleGroupTable: {
            InServiceMaximumPermissibleLadenMassAxleGroupGroup: [
              {
                InServiceMaximumPermissibleLadenMassAxleGroupCountry: 'NL',
                InServiceMaximumPermissibleAxleGroupLadenMass: '8000',
              },
            ],
          },
          AxleGroupMemberTable: { AxleGroupMemberGroup: [{ MemberAxleNumber: '1' }, { MemberAxleNumber: '2' }] },
        },
      ],
    },
    ColourTable: { ColourGroup: [{ Colour: '1' }, { Colour: '2' }] },
    BodyworkTable: {
      BodyworkGroup: [
        {
          CodeForBodywork: 'BA',
          CodeForBodyworkSupplementTable: { CodeForBodyworkSupplementGroup: [{ CodeForBodyworkSupplement: '03' }] },
        },
      ],
    },
    ConfigurationDoorsGroup: { NumberOfDoorsLeft: '1', NumberOfDoorsRight: '1', NumberOfDoorsBack: '1' },
    MechanicalCouplingTable: { MechanicalCouplingGroup: [{ MechanicalCouplingNumber: '1' }] },
    EnergyConvertorTable: {
      EnergyConvertorGroup: [
        {
          EnergySourceTable: {
            EnergySourceGroup: [{ EnergySource: '20', PowerGroup: { MaximumNetPowerCombustion: '110' } }],
          },
        },
        {
          WorkingPrinciple: 'ELECT',
          EnergySourceTable: {
            EnergySourceGroup: [{ EnergySource: '95', PowerGroup: { MaximumNetPowerElectric: '40' } }],
          },
        },
      ],
    },
  },
})

/** Path below CocDataGroup (or from the root with a leading slash) → value; `undefined` takes the element away. */
export type Change = Readonly<Record<string, IviNode | undefined>>

const step = /^(\w+)(?:\[(\d+)\])?$/

const setAt = (tree: IviTree, steps: string[], value: IviNode | undefined): void => {
  const [, name = '', row] = step.exec(steps[0] ?? '') ?? []
  if (steps.length === 1 && row === undefined) {
    if (value === undefined) Reflect.deleteProperty(tree, name)
    else tree[name] = value
    return
  }
  const children = (tree[name] ??= row === undefined ? {} : [])
  if (typeof children === 'string') throw new Error(`${name} is a leaf`)
  const child = Array.isArray(children) ? (children[Number(row) - 1] ??= {}) : children
  setAt(child, steps.slice(1), value)
}

/** Applies changes in place. */
export const change = (tree: IviTree, changes: Change): IviTree => {
  for (const [path, value] of Object.entries(changes)) {
    setAt(tree, path.startsWith('/') ? path.slice(1).split('/') : ['CocDataGroup', ...path.split('/')], value)
  }
  return tree
}
