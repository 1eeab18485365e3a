import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, BaseEcoc, VehicleModel } from '../contract/flow.ts'
import { keepAllowedWindows } from './allowed-windows.ts'
import { boundedElement, keepApprovedRanges } from './approved-ranges.ts'
import { compareAxleSpacing } from './axle-spacing.ts'
import { keepCompletionLimits } from './completion-limits.ts'
import { compareAxleCount, compareCategory, compareWheelbase } from './construction.ts'
import type { OwnLimit } from './drift-limits.ts'
import { unreadableFacts } from './facts.ts'
import { keepLegalLimits } from './legal-limits.ts'
import { compareDimensions, compareMass } from './measured-values.ts'
import { comparePermissibleMasses } from './permissible-masses.ts'
import { compareWeighing, weighedMasses } from './weighed-mass.ts'
import type { Weighing } from './weighing.ts'

export interface DriftInput {
  /** Facts it looks at, in kg: `bodyMass`, `axleLoad1` …, those of a weighing; docs/drift.md has all. */
  readonly model: VehicleModel
  /** Undefined for a vehicle built in one stage: then only what is declared, weighed and lawful is compared. */
  readonly base: Pick<BaseEcoc, 'tree'> | undefined
  /** The completing approval. Facts it looks at: `wheelbaseMin`, `wheelbaseMax` and so on by element, in the element's unit. */
  readonly approval: ApprovalData | undefined
  /** What the site holds more strictly than the law (`drift.limits`). */
  readonly limits?: readonly OwnLimit[]
  /** A weighing that was recorded apart; otherwise that of the record's facts. */
  readonly weighing?: Weighing | undefined
  /** Calendar day at the site, YYYY-MM-DD, on which a weighing without a date took place. */
  readonly today?: string
}

/** `fine`: goes on; `sign-off`: a person decides; `refused`: nobody can let it pass. */
export type DriftOutcome = 'fine' | 'sign-off' | 'refused'

export interface Drift {
  /** Layer `drift`: `warning` waits for a sign-off, `error` is refused, `info` is only noted. */
  readonly findings: Finding[]
  readonly outcome: DriftOutcome
  readonly needsSignOff: boolean
}

/** What findings come to: an error outweighs every warning. */
export const outcomeOf = (findings: readonly Finding[]): DriftOutcome =>
  findings.some(({ severity }) => severity === 'error')
    ? 'refused'
    : findings.some(({ severity }) => severity === 'warning')
      ? 'sign-off'
      : 'fine'

/**
 * Compares a vehicle as it was built with its base eCoC, with what the completing approval declares, with its weighing, and
 * with the law. Pure; decimals are exact, so a deviation of exactly the tolerance is within it. Whether the base is the
 * right one at all is asked before (`checkPairing`, gateway/base).
 */
export const findDrift = ({ model, base, approval, limits: own = [], weighing, today = '' }: DriftInput): Drift => {
  const { tree } = model
  const findings = [
    ...unreadableFacts(model, approval, (name) => boundedElement(name) !== undefined),
    ...(base === undefined
      ? []
      : [
          ...compareCategory(tree, base.tree, approval),
          ...compareAxleCount(tree, base.tree, approval),
          ...compareWheelbase(tree, base.tree, approval),
          ...compareAxleSpacing(tree, base.tree),
          ...comparePermissibleMasses(tree, base.tree, approval?.values),
          ...compareMass(model, base.tree, approval, own),
          ...keepCompletionLimits(tree, base.tree),
          ...keepAllowedWindows(model, base.tree, approval),
        ]),
    ...compareWeighing(model, base?.tree, { own, today, weighing }),
    ...(approval === undefined
      ? []
      : [...compareDimensions(model, base?.tree, approval, own), ...keepApprovedRanges(tree, approval)]),
    ...keepLegalLimits(model, base?.tree, weighedMasses(model, base?.tree, weighing)),
  ]
  const outcome = outcomeOf(findings)
  return { findings, outcome, needsSignOff: findings.some((finding) => finding.severity === 'warning') }
}
