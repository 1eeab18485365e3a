import type { Finding, Sha256 } from '../../contract/index.ts'
import { approversNeeded } from '../../sign-off/approvers-needed.ts'
import { shownSha256, type SignOffRequest, whatChanged } from '../../sign-off/request.ts'
import type { EcocRow, SignOffRow } from '../../store/tables.ts'
import { event, insert, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import type { Tools } from '../tools.ts'

export interface AskInput {
  readonly ecoc: EcocRow
  readonly documentSha256: string
  readonly findings: readonly Finding[]
  readonly request: SignOffRequest
  /** What was asked for this eCoC before. */
  readonly signOffs: readonly SignOffRow[]
  /** Whether anything is found that a person must confirm. */
  readonly asks: boolean
}

export interface Asked {
  readonly waits: boolean
  readonly writes: readonly Write[]
}

/**
 * Asks for a sign-off of exactly what is found now, unless exactly this was approved. Approvals and requests of anything else
 * are void, with what changed.
 */
export const requestSignOff = (input: AskInput, tools: Pick<Tools, 'clock' | 'config'>): Asked => {
  const { ecoc, documentSha256, findings, request, signOffs, asks } = input
  const shown = shownSha256(documentSha256, findings, request)
  const at = instant(tools.clock())
  const live = signOffs.filter((s) => s.decision === null || s.decision === 'approve')
  const same = live.find((s) => asks && s.shown_sha256 === shown)
  const writes = live
    .filter((s) => s !== same)
    .flatMap((s): Write[] => {
      const before = {
        documentSha256: s.document_sha256,
        request: JSON.parse(s.request ?? '{}') as Partial<SignOffRequest>,
      }
      const reason = whatChanged(before, { documentSha256, request })
      // Whoever approved stays named in the decision; the row itself is no approval any more.
      const voided = { decision: 'void', void_reason: reason, decided_at: at } as const
      const detail = { signOff: s.id, reason, was: s.decision }
      return [
        update('sign_off', { id: s.id, decision: s.decision }, voided, 1),
        event({ at, actor: 'gateway', type: 'signoff.voided', subject: ecoc.id, detail }),
      ]
    })
  if (!asks) return { waits: false, writes }
  if (same) return { waits: same.decision === null, writes }
  const row: SignOffRow = {
    ...{ id: newId(), ecoc_id: ecoc.id, document_sha256: documentSha256 as Sha256, findings: JSON.stringify(findings) },
    ...{ requested_at: at, decision: null, decided_by: null, comment: null, decided_at: null },
    ...{ shown_sha256: shown as Sha256, request: JSON.stringify(request), approvals: 0 },
    approvers: approversNeeded(findings, tools.config.signOff.secondAbove),
  }
  const detail = { signOff: row.id, documentSha256, shownSha256: shown, approvers: row.approvers }
  return {
    waits: true,
    writes: [
      ...writes,
      insert('sign_off', row),
      event({ at, actor: 'gateway', type: 'signoff.requested', subject: ecoc.id, detail }),
    ],
  }
}
