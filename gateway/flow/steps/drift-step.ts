import { findDrift } from '../../drift/compare-with-base.ts'
import { isValid } from '../../contract/index.ts'
import { insert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep } from '../step.ts'

/** Compares the completed vehicle with what stage 1 declared; what differs waits for quality's sign-off. */
export const driftStep: PureStep = {
  name: 'drift',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    const decided = await tools.store.signOffs.of(ecoc.id)
    made.approvedSha256 = new Set(decided.filter((s) => s.decision === 'approve').map((s) => s.document_sha256))
  },
  run({ ecoc, made }, tools) {
    if (!made.model || !made.document) return {}
    const { findings, needsSignOff } = findDrift({ model: made.model, base: made.base, approval: made.approval })
    const kept = [{ layer: 'drift' as const, findings }]
    const refused = findings.find((f) => f.severity === 'error')
    if (refused && !isValid(findings)) {
      const rest = {
        state: 'held',
        code: refused.code,
        reason: refused.message,
        nextStep: nextStepFor('FLO-001'),
      } as const
      return { findings: kept, rest }
    }
    const sha = made.document.sha256
    // A parallel run finds drift and asks nobody: nothing of it is ever signed.
    if (!needsSignOff || ecoc.mode === 'parallel' || made.approvedSha256?.has(sha)) return { findings: kept }
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
