import type { ApprovalData, BaseEcoc, VehicleModel } from '../../../gateway/contract/flow.ts'
import type { Sha256, Vin } from '../../../gateway/contract/ids.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'

const vin = 'XEXAMPLE000000001' as Vin

const combination = (mass: string): IviTree => ({
  TowingBrakedTypeTrailGroup: [
    { BodyworkTypeTable: { BodyworkTypeGroup: [{ TechnicallyPermissibleMaximumCombinationMass: mass }] } },
  ],
})

/** An incomplete N2 chassis-cab; invented. */
export const base = (change: (coc: IviTree) => void = () => undefined): BaseEcoc => {
  const coc: IviTree = {
    VehicleIdentificationNumber: vin,
    StageOfCompletion: 'I',
    Type: 'CHA',
    Variant: 'CAB',
    Version: '7',
    VehicleCategory: 'N2',
    TypeApprovalNumber: 'e1*2018/858*99002*03',
    GeneralConstructionGroup: { NumberOfAxles: '2' },
    DimensionGroup: {
      Wheelbase: '4000',
      MaximumPermissibleLength: '8000',
      MaximumPermissibleWidth: '2550',
      MaximumPermissibleHeightMin: '2000',
      MaximumPermissibleHeightMax: '3500',
      MaximumPermissibleRearOverhang: '2000',
    },
    MassGroup: {
      MassInRunningOrderIncomplete: '3000',
      MinimumMassCompleted: '3200',
      TechnicallyPermissibleMaximumLadenMass: '7500',
    },
    TowingBrakedTypeTrailTable: combination('11000'),
    AxleTable: {
      AxleGroup: [
        {
          AxleNumber: '1',
          DistributionMassIncompleteAxle: '2000',
          MinimalPermissibleDistributionMassCompletedAxle: '1800',
          TechnicallyPermissibleMassAxle: '3000',
        },
        { AxleNumber: '2', DistributionMassIncompleteAxle: '1000', TechnicallyPermissibleMassAxle: '5000' },
      ],
    },
    AxleGroupTable: { AxleGroupGroup: [{ AxleGroupNumber: '1', TechnicallyPermissibleMassAxleGroup: '8000' }] },
    AllowedParameterValuesMultistageGroup: {
      AllowedActualMassMin: '3500',
      AllowedActualMassMax: '5000',
      AllowedTechnicallyPermissibleMaximumLadenMass: '9000',
    },
  }
  change(coc)
  const tree = { Header: {}, CocDataGroup: coc }
  return { vin, stage: 1, bytes: Buffer.alloc(0), sha256: '' as Sha256, tree, origin: 'test' }
}

/** The vehicle of that base with a body of 1000 kg, which drifts nowhere. */
export const model = (
  change: (coc: IviTree) => void = () => undefined,
  facts: Readonly<Record<string, string>> = {},
): VehicleModel => {
  const coc: IviTree = {
    VehicleIdentificationNumber: vin,
    StageOfCompletion: 'V',
    VehicleCategory: 'N2',
    ManufacturerTable: {
      ManufacturerGroup: [
        { ManufacturerStageNumber: '1' },
        {
          ManufacturerStageNumber: '2',
          PreviousStageTypeApprovalNumber: 'e1*2018/858*99002*03',
          PreviousStageType: 'CHA',
          PreviousStageVariant: 'CAB',
          PreviousStageVersion: '7',
        },
      ],
    },
    GeneralConstructionGroup: { NumberOfAxles: '2' },
    DimensionGroup: { Wheelbase: '4000', Length: '7000', Width: '2500', Height: '3400', RearOverhang: '1900' },
    MassGroup: {
      MassInRunningOrder: '4000',
      ActualMass: '4100',
      TechnicallyPermissibleMaximumLadenMass: '7500',
    },
    TowingBrakedTypeTrailTable: combination('11000'),
    AxleTable: {
      AxleGroup: [
        { AxleNumber: '1', DistributionMassRunningOrderAxle: '2200', TechnicallyPermissibleMassAxle: '3000' },
        { AxleNumber: '2', DistributionMassRunningOrderAxle: '1800', TechnicallyPermissibleMassAxle: '5000' },
      ],
    },
    AxleGroupTable: { AxleGroupGroup: [{ AxleGroupNumber: '1', TechnicallyPermissibleMassAxleGroup: '8000' }] },
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'BA' }] },
  }
  change(coc)
  return {
    vin,
    manufacturer: 'Example Bodies',
    stage: 2,
    destination: 'NL',
    tree: { Header: {}, CocDataGroup: coc },
    provenance: {},
    facts: { bodyMass: '1000', axleLoad1: '2250', axleLoad2: '1850', ...facts },
  }
}

/** The completing approval: a wheelbase of ± 10 %, and what it declares. */
export const approval = (coc: IviTree = {}, facts: Readonly<Record<string, string>> = {}): ApprovalData => ({
  approval: 'e4*2018/858*99001*00',
  type: 'EXB',
  variant: 'BOX',
  version: 'A1',
  validFrom: '2026-01-01',
  values: { CocDataGroup: coc },
  facts: { wheelbaseMin: '3600', wheelbaseMax: '4400', ...facts },
})

/** A group of the tree, to change it. */
export const group = (coc: IviTree, name: string): IviTree => coc[name] as IviTree
export const row = (coc: IviTree, table: string, number: number): IviTree => {
  const rows = Object.values(group(coc, table))[0] as IviTree[]
  return rows[number - 1] as IviTree
}
