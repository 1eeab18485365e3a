import { isAccepted } from '../../contract/index.ts'
import type { BaseIssueRow, EcocRow } from '../../store/tables.ts'
import { event, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Tools } from '../tools.ts'
import { proposeFor } from './vehicles-on-base.ts'

const gone = (ecoc: EcocRow | undefined): boolean =>
  ecoc === undefined || ecoc.state === 'superseded' || ecoc.state === 'cancelled'

const follow = async (issue: BaseIssueRow, firstStage: string, tools: Tools): Promise<Write[]> => {
  const { store, clock } = tools
  const at = instant(clock())
  const { ecoc_id, base_sha256 } = issue
  const where = { ecoc_id, base_sha256 }
  const close = (why: string): Write[] => [
    update('base_issue', where, { closed_at: at }),
    event({ at, actor: 'gateway', type: 'ecoc.base_issue_closed', subject: ecoc_id, detail: { why } }),
  ]
  const ecoc = await store.ecocs.get(ecoc_id)
  if (!ecoc || gone(ecoc)) return close('a newer version took its place, or it was cancelled')
  if (issue.proposal) {
    const proposal = await store.ecocs.get(issue.proposal)
    return gone(proposal) || proposal?.proposal_of === null ? close('its correction was decided') : []
  }
  if (!isAccepted(ecoc.state)) return []
  const { code, text, writes, proposal } = await proposeFor(ecoc, 'gateway', firstStage, tools)
  if (code === issue.code) return []
  return [
    ...writes,
    update('base_issue', where, { code, text, next_step: nextStepFor(code), proposal: proposal ?? null }),
  ]
}

/** Looks after open issues of corrected bases: what was on its way is proposed once accepted, what was decided is closed. */
export const followIssues = async (firstStage: string, tools: Tools): Promise<void> => {
  for (const issue of await tools.store.bases.openIssues(200)) {
    const writes = await follow(issue, firstStage, tools)
    if (writes.length > 0) await tools.store.commit(writes)
  }
}
