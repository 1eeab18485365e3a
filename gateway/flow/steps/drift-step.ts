import { checkPairing } from '../../base/check-pairing.ts'
import { findDrift, outcomeOf } from '../../drift/compare-with-base.ts'
import { insert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { localDay } from '../../support/local-time.ts'
import { newId } from '../../support/new-id.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep } from '../step.ts'

/**
 * Asks whether the base eCoC is that of the stage before, then compares the vehicle with it, with its approval, its weighing
 * and the law. What differs waits for quality's sign-off, what is broken is held: no sign-off is asked for, so none can be given.
 */
export const driftStep: PureStep = {
  name: 'drift',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    const decided = await tools.store.signOffs.of(ecoc.id)
    made.approvedSha256 = new Set(decided.filter((s) => s.decision === 'approve').map((s) => s.document_sha256))
  },
  run({ ecoc, made }, tools) {
    if (!made.model || !made.document) return {}
    // Of the wrong base nothing is worth comparing.
    const pairing = made.base ? checkPairing(made.model.tree, made.base.tree) : []
    const drift = findDrift({
      model: made.model,
      base: outcomeOf(pairing) === 'refused' ? undefined : made.base,
      approval: made.approval,
      limits: tools.config.drift.limits,
      today: localDay(tools.clock(), tools.config.site.timeZone),
    })
    const findings = [...pairing, ...drift.findings]
    const kept = [
      ...(made.base ? [{ layer: 'base' as const, findings: pairing }] : []),
      { layer: 'drift' as const, findings: drift.findings },
    ]
    const outcome = outcomeOf(findings)
    const refused = findings.find((f) => f.severity === 'error')
    if (refused) {
      const nextStep = nextStepFor(refused.code)
      return { findings: kept, rest: { state: 'held', code: refused.code, reason: refused.message, nextStep } }
    }
    const sha = made.document.sha256
    // A parallel run finds drift and asks nobody: nothing of it is ever signed.
    if (outcome === 'fine' || ecoc.mode === 'parallel' || made.approvedSha256?.has(sha)) return { findings: kept }
    const request = insert('sign_off', {
      id: newId(),
      ecoc_id: ecoc.id,
      document_sha256: sha,
      findings: JSON.stringify(findings),
      requested_at: instant(tools.clock()),
      decision: null,
      decided_by: null,
      comment: null,
      decided_at: null,
    })
    const reason = findings.map((f) => f.message).join(' ')
    const rest = { state: 'awaiting_signoff', code: 'FLO-003', reason, nextStep: nextStepFor('FLO-003') } as const
    return { findings: kept, rest, writes: [request] }
  },
}
