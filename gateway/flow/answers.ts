import type { EcocId, EcocState, Instant, SpoolId } from '../contract/index.ts'
import type { SpoolRow } from '../store/tables.ts'
import { upsert, type Write } from '../store/writes.ts'
import { fileAnswers, type FileAnswerKind } from '../writeback/file-answers.ts'
import type { Tools } from './tools.ts'

/** Answers fall due at the end of a window, so that a hundred rows that move make one new result file, not a hundred. */
const dueAt = (tools: Tools, window: number): Instant => {
  const now = tools.clock().getTime()
  const end = window === 0 ? now : Math.ceil((now + 1) / window) * window
  return new Date(end).toISOString() as Instant
}

const pending = (kind: string, subject: string, source: string, name: string, due_at: Instant): Write =>
  upsert('write_back', {
    kind,
    subject,
    source,
    name,
    state: 'pending',
    due_at,
    tries: 0,
    problem: null,
    done_at: null,
  })

/** A file was read: its answers are to be written at once. */
export const fileReadAnswers = (spool: SpoolRow, tools: Tools): Write[] => {
  if (!tools.sources.has(spool.source)) return []
  const kinds = Object.entries(fileAnswers) as [FileAnswerKind, { ending: string }][]
  return kinds.map(([kind, { ending }]) =>
    pending(kind, spool.id, spool.source, `${spool.key}${ending}`, dueAt(tools, 0)),
  )
}

const withReceipt: ReadonlySet<EcocState> = new Set(['accepted', 'accepted_with_warnings', 'rejected'])

/** An eCoC moved: the result of each file it stands in changes, and a receipt is written beside the record. */
export const ecocMovedAnswers = async (
  ecoc: { readonly id: EcocId; readonly vin: string; readonly source: string },
  state: EcocState,
  tools: Tools,
): Promise<Write[]> => {
  const spools = (await tools.store.spools.ofEcoc(ecoc.id)).filter((s) => tools.sources.has(s.source))
  const due = dueAt(tools, tools.config.writeBack.gather)
  const results = spools.map((s) => pending('result', s.id, s.source, `${s.key}${fileAnswers.result.ending}`, due))
  if (!withReceipt.has(state) || spools.length === 0) return results
  return [...results, pending('receipt', ecoc.id, ecoc.source, `${ecoc.vin}.receipt.json`, dueAt(tools, 0))]
}

export type { SpoolId }
