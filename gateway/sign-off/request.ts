import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { sha256 } from '../support/hash.ts'

/** What the vehicle is a variant of. `key` names it in the trends. */
export interface VariantOf {
  readonly key: string
  readonly approval: string
  readonly type: string
  readonly variant: string
  readonly version: string
}

/** One axle for the picture of the loads; decimal strings in kg, null where nothing is known. */
export interface AxleLoad {
  readonly axle: string
  /** Of the actual mass, as weighed. */
  readonly load: string | null
  /** 13.1: of the mass in running order. */
  readonly distribution: string | null
  /** 16.2 of this vehicle, and of its base. */
  readonly permissible: string | null
  readonly basePermissible: string | null
}

/** What a sign-off shows besides its findings. */
export interface SignOffRequest {
  readonly variant: VariantOf
  readonly axles: readonly AxleLoad[]
  readonly masses: {
    readonly actual: string | null
    readonly runningOrder: string | null
    readonly permissible: string | null
    readonly basePermissible: string | null
  }
  /** Facts of the weighing as the drift was judged with it; `id` where it was recorded apart. */
  readonly weighing: Readonly<Record<string, string | null>> | null
  readonly base: string | null
}

/** The variant of a vehicle: who builds it, type and variant; the version is told and does not part the trends. */
export const variantOf = (model: VehicleModel, approval: ApprovalData | undefined): VariantOf => {
  const { tree, manufacturer } = model
  const value = (name: string): string => valueAt(tree, name) ?? ''
  const type = approval?.type ?? value('Type')
  const variant = approval?.variant ?? value('Variant')
  return {
    key: [manufacturer, type, variant].join('/'),
    approval: approval?.approval ?? value('TypeApprovalNumber'),
    type,
    variant,
    version: approval?.version ?? value('Version'),
  }
}

const axleOf = (tree: IviTree | undefined, axle: string, name: string): string | null => {
  const row = tree && rowsOf(tree, 'AxleGroup').find((r) => valueAt(r, 'AxleNumber') === axle)
  return (row && valueAt(row, name)) ?? null
}

/** What is shown to whoever decides: variant, axle loads against their limits, masses, weighing. Pure. */
export const makeRequest = (input: {
  readonly model: VehicleModel
  readonly approval: ApprovalData | undefined
  readonly base: { readonly tree: IviTree; readonly sha256?: string } | undefined
  readonly weighing: Readonly<Record<string, string | null>> | null
}): SignOffRequest => {
  const { model, approval, base, weighing } = input
  const { tree, facts } = model
  const value = (of: IviTree | undefined, name: string): string | null => (of && valueAt(of, name)) ?? null
  const axles = rowsOf(tree, 'AxleGroup').flatMap((row): AxleLoad[] => {
    const axle = valueAt(row, 'AxleNumber')
    if (axle === undefined) return []
    return [
      {
        axle,
        load: facts[`axleLoad${axle}`] ?? null,
        distribution: axleOf(tree, axle, 'DistributionMassRunningOrderAxle'),
        permissible: axleOf(tree, axle, 'TechnicallyPermissibleMassAxle'),
        basePermissible: axleOf(base?.tree, axle, 'TechnicallyPermissibleMassAxle'),
      },
    ]
  })
  return {
    variant: variantOf(model, approval),
    axles,
    masses: {
      actual: value(tree, 'ActualMass'),
      runningOrder: value(tree, 'MassInRunningOrder') ?? value(tree, 'MassInRunningOrderIncomplete'),
      permissible: value(tree, 'TechnicallyPermissibleMaximumLadenMass'),
      basePermissible: value(base?.tree, 'TechnicallyPermissibleMaximumLadenMass'),
    },
    weighing,
    base: base?.sha256 ?? null,
  }
}

/**
 * The hash of everything that a decision is about. The document alone would not do: a new weighing or a corrected base eCoC
 * may leave it as it is and still change what is found.
 */
export const shownSha256 = (
  documentSha256: string,
  findings: readonly Finding[],
  request: Pick<SignOffRequest, 'base' | 'weighing'>,
): string => sha256(JSON.stringify([documentSha256, findings, request.base, request.weighing]))

/** What of the things shown is another now, in words. */
export const whatChanged = (
  before: { readonly documentSha256: string; readonly request: Partial<SignOffRequest> },
  now: { readonly documentSha256: string; readonly request: Partial<SignOffRequest> },
): string => {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  const changed = [
    ...(before.documentSha256 === now.documentSha256 ? [] : ['the document']),
    ...(same(before.request.base, now.request.base) ? [] : ['the base eCoC']),
    ...(same(before.request.weighing, now.request.weighing) ? [] : ['the weighing']),
  ]
  return changed.length === 0 ? 'what was found changed' : `changed: ${changed.join(', ')}`
}
