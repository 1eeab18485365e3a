import { GatewayError } from '../../contract/errors.ts'
import type { RecordFields } from '../../contract/flow.ts'
import type { IviTree } from '../../contract/ivi-tree.ts'
import { rowsOf, valueAt } from '../../ivi/get-value.ts'
import { mapRecord } from '../../mapping/map-record.ts'
import { approvalKeyOf, pickApproval } from '../../approvals/pick-approval.ts'
import { sha256 } from '../../support/hash.ts'
import { sampleApprovals, sampleMapper } from './sample-files.ts'

/** A UUID v4 in form that is always the same for a VIN: the sample base eCoC of a vehicle is one document, not many. */
const referenceOf = (vin: string): string => {
  const hex = sha256(`sample base eCoC of ${vin}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What the invented chassis manufacturer's system pushes for one vehicle (mapper `chassis-json`). */
export const sampleChassis = (vin: string): RecordFields => ({
  orderNumber: `CH-${vin.slice(-6)}`,
  vin,
  type: 'EXC5',
  variant: 'CC50D',
  version: 'D3750',
  manufactured: '2026-05-04',
  released: 'true',
  destination: 'NL',
  massIncomplete: '2280',
  axles: [{ mass: '1240' }, { mass: '1040' }],
})

const load = () => ({ mapper: sampleMapper('chassis-json'), approvals: sampleApprovals() })
let loaded: ReturnType<typeof load> | undefined
/** Read on first use: most processes never need the sample vehicle. */
const parts = () => (loaded ??= load())

const chassisTree = (vin: string): IviTree => {
  const { mapper, approvals } = parts()
  const fields = sampleChassis(vin)
  const approval = pickApproval(approvals, approvalKeyOf(mapper, fields))
  const { model, findings } = mapRecord(mapper, { fields, approval, base: undefined, settings: {} })
  if (model) return model.tree
  throw new GatewayError({
    kind: 'usage',
    code: 'MAP-021',
    message: `There is no sample base vehicle with VIN ${vin.slice(0, 30)}: ${findings[0]?.message ?? ''}`,
    hint: 'A VIN has 17 characters, digits and capitals.',
  })
}

/**
 * The unsigned base eCoC of the sample vehicle: an incomplete N2 chassis-cab of stage 1, with all stamps. It is the sample
 * chassis record through the sample chassis mapper, and the same tree for the same VIN at any time.
 * @throws GatewayError (usage, MAP-021) when the VIN has not the form of one
 */
export const sampleBaseTree = (vin: string): IviTree => {
  const tree = structuredClone(chassisTree(vin))
  Object.assign(tree['Header'] as IviTree, {
    IviReferenceId: referenceOf(vin),
    IviVersionDateTime: '2026-05-04T10:15:00.000+02:00',
  })
  for (const signing of rowsOf(tree, 'SigningAuthorityGroup')) signing['SignatureDate'] = '2026-05-04'
  return tree
}

export interface SampleBaseInfo {
  /** CoC item 14, kg. */
  readonly incompleteMassInRunningOrder: number
  /** CoC item 16.1, kg. */
  readonly technicallyPermissibleMaximumLadenMass: number
  /** mm */
  readonly wheelbase: number
  /** CoC item 16.2 of each axle, kg. */
  readonly axles: readonly number[]
  /** Outer dimensions of a completed body that fits, mm. */
  readonly completed: { readonly length: number; readonly width: number; readonly height: number }
  /** The sample completing approval. */
  readonly completing: { readonly type: string; readonly variant: string; readonly version: string }
}

/** The facts of the sample base vehicle that a row of the sample export must fit, read from the very documents. */
export const sampleBaseInfo = (): SampleBaseInfo => {
  const tree = chassisTree('EXCHASS0000000001')
  const completing = parts().approvals.find((a) => a.type !== valueAt(tree, 'Type'))
  const number = (from: IviTree, name: string): number => Number(valueAt(from, name))
  const declared = completing?.values ?? {}
  return {
    incompleteMassInRunningOrder: number(tree, 'MassInRunningOrderIncomplete'),
    technicallyPermissibleMaximumLadenMass: number(tree, 'TechnicallyPermissibleMaximumLadenMass'),
    wheelbase: number(tree, 'Wheelbase'),
    axles: rowsOf(tree, 'AxleGroup').map((row) => Number(row['TechnicallyPermissibleMassAxle'])),
    completed: {
      length: number(declared, 'Length'),
      width: number(declared, 'Width'),
      height: number(declared, 'Height'),
    },
    completing: {
      type: completing?.type ?? '',
      variant: completing?.variant ?? '',
      version: completing?.version ?? '',
    },
  }
}
