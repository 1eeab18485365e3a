import type { EcocState, Instant } from '../contract/index.ts'
import type { EcocRow } from '../store/tables.ts'
import { event, remove, update, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { ecocMovedAnswers } from './answers.ts'
import type { StepResult, Work } from './step.ts'
import type { Tools } from './tools.ts'

const later = (tools: Tools, ms: number): Instant => instant(new Date(tools.clock().getTime() + ms))

const jobWrites = (work: Work, stage: string, next: string | undefined, result: StepResult, tools: Tools): Write[] => {
  const where = { ecoc_id: work.ecoc.id, owner: work.lease }
  const free = { owner: null, lease_until: null, tries: 0 }
  if (result.againMs !== undefined)
    return [update('job', where, { ...free, stage, next_run_at: later(tools, result.againMs) }, 1)]
  // Somebody may have cancelled it or taken it over meanwhile: then nothing of this is true any more.
  if (result.rest || next === undefined)
    return [update('job', where, free, 1), remove('job', { ecoc_id: work.ecoc.id })]
  // Delivery works at each access point apart.
  const lane = result.patch?.access_point ?? work.ecoc.access_point
  return [update('job', where, { ...free, stage: next, lane, next_run_at: instant(tools.clock()) }, 1)]
}

/** The row after a stage: a resting state keeps its reason, everything else clears it. */
const rowAfter = ({ ecoc }: Work, result: StepResult): Partial<EcocRow> & { state: EcocState } => {
  const { patch, rest } = result
  if (rest)
    return {
      ...patch,
      state: rest.state,
      reason_code: rest.code ?? null,
      reason: rest.reason ?? null,
      next_step: rest.nextStep ?? null,
    }
  return { reason_code: null, reason: null, next_step: null, ...patch, state: patch?.state ?? ecoc.state }
}

/**
 * Everything one stage (or a run of pure ones) changed, as one list: state, content, findings, audit event,
 * the next job, and the answers that are to be written back.
 * @param next name of the stage that follows, undefined after the last
 */
export const finish = async (
  work: Work,
  stage: string,
  next: string | undefined,
  result: StepResult,
  tools: Tools,
): Promise<Write[]> => {
  const { ecoc } = work
  const job = jobWrites(work, stage, next, result, tools)
  const row = rowAfter(work, result)
  const moved = row.state !== ecoc.state || row.reason !== ecoc.reason
  // Tried again without anything new: no event, no answer, only the next time.
  if (result.againMs !== undefined && (!moved || (!result.rest && !result.patch)))
    return [...(result.writes ?? []), ...job]
  const at = instant(tools.clock())
  const writes: Write[] = [
    update('ecoc', { id: ecoc.id, record_id: ecoc.record_id }, { ...row, updated_at: at }, 1),
    ...(result.writes ?? []),
    ...(result.findings ?? []).map((f) => tools.store.findings.write(ecoc.id, f.layer, f.findings)),
    ...job,
  ]
  if (!moved && !result.detail) return writes
  const detail = { ...(row.reason_code ? { code: row.reason_code, reason: row.reason } : {}), ...result.detail }
  writes.push(
    event({ at, actor: 'gateway', type: `ecoc.${row.state}`, subject: ecoc.id, detail: { stage, ...detail } }),
  )
  return moved ? [...writes, ...(await ecocMovedAnswers(ecoc, row.state, tools))] : writes
}
