import { type EcocState, type Instant, isResting } from '../contract/index.ts'
import type { EcocRow, SpoolRow } from '../store/tables.ts'
import { upsert, type Write } from '../store/writes.ts'
import { fileAnswers, type FileAnswerKind } from '../writeback/file-answers.ts'
import { receiptName } from '../writeback/receipt-answer.ts'
import type { Tools } from './tools.ts'

/** Answers fall due at the end of a window, so that a hundred rows that move make one new result file, not a hundred. */
const dueAt = (tools: Tools, window: number): Instant => {
  const now = tools.clock().getTime()
  const end = window === 0 ? now : Math.ceil(Math.ceil((now + 1) / window) * window)
  return new Date(end).toISOString() as Instant
}

/** A result file is written whole: a long one is gathered for longer, so that writing it stays a small part of the work. */
const gatherPerRowMs = 0.05

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

/**
 * A file was read: its answers are to be written at once. Those that have nothing to say are only due where an earlier
 * file of that name may have left one.
 */
export const fileReadAnswers = async (spool: SpoolRow, tools: Tools): Promise<Write[]> => {
  const source = tools.sources.get(spool.source)
  // Who calls us hears in the reply what was refused.
  if (!source || source.kind === 'push') return []
  if (source.kind === 'rows') return refusedRowAnswers(spool, tools)
  const isFirst = (await tools.store.spools.countByKey(spool.source, spool.key)) <= 1
  const faulty = spool.refused > 0 || spool.problem !== null
  const says: Record<FileAnswerKind, boolean> = {
    ok: spool.rows > spool.refused,
    'errors-json': faulty,
    'errors-csv': faulty,
    result: true,
  }
  const kinds = (Object.keys(fileAnswers) as FileAnswerKind[]).filter((kind) => says[kind] || !isFirst)
  return kinds.map((kind) =>
    pending(kind, spool.id, spool.source, `${spool.key}${fileAnswers[kind].ending}`, dueAt(tools, 0)),
  )
}

/** Refused rows have no eCoC: their rows at the source are told why. */
const refusedRowAnswers = async (spool: SpoolRow, tools: Tools): Promise<Write[]> => {
  if (spool.refused === 0) return []
  const lines = await tools.store.spools.lines(spool.id)
  const refused = lines.filter((line) => line.problems !== null)
  return refused.map(({ line }) =>
    pending('refused-row', `${spool.id}/${line}`, spool.source, `line ${line}`, dueAt(tools, 0)),
  )
}

/** What is told to a source of rows, or to who called us: every state that lasts. The others pass in moments. */
const isTold = (state: EcocState): boolean =>
  isResting(state) || state === 'dispatching' || state === 'awaiting_receipt'

const withReceipt: ReadonlySet<EcocState> = new Set(['accepted', 'accepted_with_warnings', 'rejected'])

/** An eCoC moved: the result of each file it stands in changes, and a receipt is written beside the record. */
export const ecocMovedAnswers = async (
  ecoc: Pick<EcocRow, 'id' | 'vin' | 'mode' | 'sibling_of'> & { readonly profile?: string | null },
  state: EcocState,
  tools: Tools,
): Promise<Write[]> => {
  const all = (await tools.store.spools.ofEcoc(ecoc.id)).filter((s) => tools.sources.has(s.source))
  const isOfFiles = (name: string): boolean => (tools.sources.get(name)?.kind ?? 'files') === 'files'
  const [last, spools] = [all.at(-1), all.filter((s) => isOfFiles(s.source))]
  if (last && !isOfFiles(last.source)) {
    if (!isTold(state)) return []
    // Gathered for a moment, so that an eCoC on its way does not write each of its steps.
    return [pending('status', ecoc.id, last.source, ecoc.vin, dueAt(tools, tools.config.writeBack.gather))]
  }
  const results = spools.map((s) => {
    const due = dueAt(tools, Math.max(tools.config.writeBack.gather, s.rows * gatherPerRowMs))
    return pending('result', s.id, s.source, `${s.key}${fileAnswers.result.ending}`, due)
  })
  // The receipt goes where the record came from last.
  const newest = spools.at(-1)
  // What an acceptance environment says is no receipt of the vehicle: its file would be taken for one.
  if (ecoc.mode !== 'live' || !withReceipt.has(state) || !newest) return results
  const name = receiptName({ vin: ecoc.vin, ...(ecoc.sibling_of ? { profile: ecoc.profile ?? '' } : {}) })
  return [...results, pending('receipt', ecoc.id, newest.source, name, dueAt(tools, 0))]
}
