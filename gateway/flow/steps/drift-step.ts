import { checkPairing } from '../../base/check-pairing.ts'
import type { Finding, VehicleModel } from '../../contract/index.ts'
import { findDrift, outcomeOf, type DriftInput } from '../../drift/compare-with-base.ts'
import { type Weighing, weighingOf } from '../../drift/weighing.ts'
import { makeRequest } from '../../sign-off/request.ts'
import type { WeighingRow } from '../../store/tables.ts'
import { localDay } from '../../support/local-time.ts'
import { nextStepFor } from '../next-steps.ts'
import { driftValueWrites } from '../sign-off/keep-drift-values.ts'
import { requestSignOff } from '../sign-off/request-sign-off.ts'
import type { PureStep } from '../step.ts'

type Shown = Readonly<Record<string, string | null>>

/** The weighing that counts, and as it is shown: one recorded apart is newer than what the record brought. */
const weighingFor = (
  row: WeighingRow | undefined,
  model: VehicleModel,
): { readonly weighing: Weighing | undefined; readonly shown: Shown | null } => {
  const weighing = row === undefined ? weighingOf(model) : (JSON.parse(row.data) as Weighing)
  if (weighing === undefined) return { weighing, shown: null }
  const who = { id: row?.id ?? null, recordedBy: row?.recorded_by ?? null, at: row?.at ?? null }
  return { weighing, shown: { ...weighing, ...who } }
}

/**
 * Asks whether the base eCoC is that of the stage before, then compares the vehicle with it, with its approval, its weighing
 * and the law. What differs waits for quality's sign-off, what is broken is held: no sign-off is asked for, so none can be given.
 */
export const driftStep: PureStep = {
  name: 'drift',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    made.signOffs = await tools.store.signOffs.of(ecoc.id)
    made.weighing = await tools.store.weighings.latest(ecoc.vin)
  },
  run({ ecoc, made }, tools) {
    if (!made.model || !made.document) return {}
    // Of the wrong base nothing is worth comparing.
    const pairing = made.base ? checkPairing(made.model.tree, made.base.tree) : []
    const base = outcomeOf(pairing) === 'refused' ? undefined : made.base
    const { weighing, shown } = weighingFor(made.weighing, made.model)
    const input: DriftInput = {
      ...{ model: made.model, base, approval: made.approval, weighing },
      limits: tools.config.drift.limits,
      today: localDay(tools.clock(), tools.config.site.timeZone),
    }
    const drift = findDrift(input)
    const findings: Finding[] = [...pairing, ...drift.findings]
    // All in its own layer: what the base step said of the base's signature stands in the layer of that step.
    const kept = [{ layer: 'drift' as const, findings }]
    const refused = findings.find((f) => f.severity === 'error')
    // A parallel run finds drift and asks nobody: nothing of it is ever signed.
    const asks = !refused && outcomeOf(findings) === 'sign-off' && ecoc.mode !== 'parallel'
    const request = makeRequest({ model: made.model, approval: made.approval, base, weighing: shown })
    const asked = requestSignOff(
      { ecoc, documentSha256: made.document.sha256, findings, request, signOffs: made.signOffs ?? [], asks },
      tools,
    )
    const writes = [...driftValueWrites(ecoc, request.variant.key, input), ...asked.writes]
    const told = { findings: kept, ...(writes.length === 0 ? {} : { writes }) }
    if (refused) {
      const nextStep = nextStepFor(refused.code)
      return { ...told, rest: { state: 'held', code: refused.code, reason: refused.message, nextStep } }
    }
    if (!asked.waits) return told
    const reason = findings.map((f) => f.message).join(' ')
    return { ...told, rest: { state: 'awaiting_signoff', code: 'FLO-003', reason, nextStep: nextStepFor('FLO-003') } }
  },
}
