import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'

/** A document of a stage as far as chains look at it; invented. The stages of a sample chain fit each other. */
export const stage = (
  number: number,
  completion: 'I' | 'C' | 'V',
  change: (coc: IviTree) => void = () => undefined,
): IviTree => {
  const row = (n: number): IviTree => ({
    ManufacturerStageNumber: String(n),
    ManufacturerName: `Example Maker ${n}`,
    ...(n === 1
      ? {}
      : {
          PreviousStageTypeApprovalNumber: `e${n - 1}*2018/858*9900${n - 1}*0${n - 1}`,
          PreviousStageType: `T${n - 1}`,
          PreviousStageVariant: `VAR${n - 1}`,
          PreviousStageVersion: `VER${n - 1}`,
        }),
  })
  const coc: IviTree = {
    VehicleIdentificationNumber: 'XEXAMPLE000000001',
    StageOfCompletion: completion,
    VehicleCategory: 'N2',
    TypeApprovalNumber: `e${number}*2018/858*9900${number}*0${number}`,
    Type: `T${number}`,
    Variant: `VAR${number}`,
    Version: `VER${number}`,
    ManufacturerTable: { ManufacturerGroup: Array.from({ length: number }, (_, i) => row(i + 1)) },
  }
  change(coc)
  return { Header: { DesignatedTypeApprovalCountry: `e${number}` }, CocDataGroup: coc }
}

export const makers = (coc: IviTree): IviTree[] =>
  (coc['ManufacturerTable'] as IviTree)['ManufacturerGroup'] as IviTree[]
