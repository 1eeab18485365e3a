import { isBeforeSigned, type Vin } from '../../contract/index.ts'
import type { WeighingInput } from '../../sign-off/weighing-input.ts'
import type { EcocRow, WeighingRow } from '../../store/tables.ts'
import { event, insert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { replayWrites } from '../actions/replay.ts'
import { ecocMovedAnswers } from '../answers.ts'
import type { Tools } from '../tools.ts'

const mostVersions = 100

/** Held for something that another weighing may mend. */
const waitsForWeighing = ({ reason_code: code }: EcocRow): boolean =>
  code !== null && (code.startsWith('DRF-') || code === 'FLO-007' || code === 'FLO-022')

/** What is not signed yet and was, or may yet be, judged by a weighing. */
const isJudgedAnew = (ecoc: EcocRow): boolean =>
  ecoc.signed_sha256 === null &&
  ecoc.mode !== 'parallel' &&
  isBeforeSigned(ecoc.state) &&
  (ecoc.state !== 'held' || waitsForWeighing(ecoc))

export interface RecordedWeighing {
  readonly row: WeighingRow
  /** eCoCs that are made and judged anew with it. */
  readonly replayed: readonly string[]
}

/**
 * Keeps a weighing, beside the record of the vehicle and not in it. Everything of that VIN that is not signed yet is judged
 * anew: a sign-off that waited was about other figures and is void, and what waited for a new weighing goes on.
 */
export const recordWeighing = async (
  { vin, ...data }: WeighingInput,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<RecordedWeighing> => {
  const at = instant(tools.clock())
  const row: WeighingRow = { id: newId(), vin: vin as Vin, data: JSON.stringify(data), recorded_by: actor, at }
  const again = (await tools.store.ecocs.list({ vin, limit: mostVersions })).filter(isJudgedAnew)
  const writes: Write[] = [
    insert('weighing', row),
    event({ at, actor, type: 'weighing.recorded', subject: vin, detail: { weighing: row.id, ...data } }),
  ]
  for (const ecoc of again)
    writes.push(
      ...replayWrites(ecoc, actor, firstStage, at, 'a new weighing was recorded'),
      ...(await ecocMovedAnswers(ecoc, 'received', tools)),
    )
  await tools.store.commit(writes)
  return { row, replayed: again.map((e) => e.id) }
}
