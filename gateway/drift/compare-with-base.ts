import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, BaseEcoc, VehicleModel } from '../contract/flow.ts'
import { toMicro } from '../support/decimal.ts'
import { compareIdentity } from './base-identity.ts'
import { keepCompletionLimits } from './completion-limits.ts'
import { compareAxleCount, compareWheelbase } from './construction.ts'
import { refuse } from './drift-finding.ts'
import { keepLegalLimits } from './legal-limits.ts'
import { compareDimensions, compareMass } from './measured-values.ts'
import { comparePermissibleMasses } from './permissible-masses.ts'
import type { DriftTolerances } from './tolerance.ts'

export interface DriftInput {
  /** Facts it looks at: `bodyMass`, `axleLoad1`, `axleLoad2` …, all in kg. */
  readonly model: VehicleModel
  /** Undefined for a vehicle built in one stage: then only what is declared and what is lawful is compared. */
  readonly base: BaseEcoc | undefined
  /** The completing approval. Facts it looks at: `wheelbaseMin`, `wheelbaseMax`, and so on for dimensions, in mm. */
  readonly approval: ApprovalData | undefined
  readonly tolerances?: DriftTolerances
}

export interface Drift {
  /** Layer `drift`: `warning` waits for a sign-off, `error` is refused, `info` is only noted. */
  readonly findings: Finding[]
  readonly needsSignOff: boolean
}

/** A fact that cannot be read must not look like a comparison that passed. */
const unreadableFacts = (model: VehicleModel, approval: ApprovalData | undefined): Finding[] => {
  const facts = [
    ...Object.entries(model.facts).filter(([name]) => name === 'bodyMass' || /^axleLoad\d+$/.test(name)),
    ...Object.entries(approval?.facts ?? {}).filter(([name]) => /^(wheelbase|length|width|height)M(in|ax)$/.test(name)),
  ]
  return facts.flatMap(([name, value]) =>
    toMicro(value) === undefined
      ? [refuse('DRF-FACT-001', '/', `The fact ${name} is "${value}", which is no number.`, { name, value })]
      : [],
  )
}

/**
 * Compares a vehicle as it was built with its base eCoC, with what the completing approval declares, and with the law.
 * Pure; decimals are exact, so a deviation of exactly the tolerance is within it.
 * Throws GatewayError DRIFT-001 (config) for a tolerance that is no percentage or laxer than the law.
 */
export const findDrift = ({ model, base, approval, tolerances = {} }: DriftInput): Drift => {
  const findings = [
    ...unreadableFacts(model, approval),
    ...(base === undefined
      ? []
      : [
          ...compareIdentity(model, base),
          ...compareAxleCount(model.tree, base.tree, approval),
          ...compareWheelbase(model.tree, base.tree, approval),
          ...comparePermissibleMasses(model.tree, base.tree, approval?.values),
          ...compareMass(model, base.tree, tolerances),
          ...keepCompletionLimits(model.tree, base.tree),
        ]),
    ...(approval === undefined ? [] : compareDimensions(model, approval, tolerances)),
    ...keepLegalLimits(model, base?.tree),
  ]
  return { findings, needsSignOff: findings.some((finding) => finding.severity === 'warning') }
}
