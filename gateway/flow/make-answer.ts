import type { EcocId, RecordStatus, RowProblem, SpoolId } from '../contract/index.ts'
import type { LineWithEcoc } from '../store/repositories/spools.ts'
import type { SpoolRow, WriteBackRow } from '../store/tables.ts'
import { type AnsweredFile, type AnswerLine, fileAnswers, type FileAnswerKind } from '../writeback/file-answers.ts'
import { receiptAnswer } from '../writeback/receipt-answer.ts'
import { recordStatus, refusedStatus } from '../writeback/record-status.ts'
import type { Tools } from './tools.ts'

/** A file beside the records; without bytes it has nothing to say, and an earlier one of that name is taken away. */
export interface FileAnswer {
  readonly name: string
  readonly bytes: Buffer | undefined
}
export type Answer = { readonly file: FileAnswer } | { readonly status: RecordStatus }

const toLine = (l: LineWithEcoc): AnswerLine => ({
  line: l.line,
  vin: l.vin ?? undefined,
  id: l.ecoc_id ?? undefined,
  known: l.known === 1,
  state: l.state,
  mode: l.mode ?? 'live',
  reason: l.reason ?? undefined,
  nextStep: l.next_step ?? undefined,
  reference: l.receipt_reference ?? undefined,
  problems: l.problems ? (JSON.parse(l.problems) as RowProblem[]) : [],
})

/**
 * What is to be told now, as things stand when it is written. Undefined when there is nothing to tell any more: a newer
 * file, row or version speaks for the record.
 */
export const makeAnswer = async (row: WriteBackRow, tools: Tools): Promise<Answer | undefined> => {
  if (row.kind === 'status') return ecocStatus(row.subject as EcocId, row.source, tools)
  if (row.kind === 'refused-row') return refusedRow(row, tools)
  const file = row.kind === 'receipt' ? await receiptFile(row.subject as EcocId, tools) : await answerFile(row, tools)
  return file && { file }
}

const ecocStatus = async (id: EcocId, source: string, tools: Tools): Promise<Answer | undefined> => {
  const subject = await tools.store.ecocs.get(id)
  if (!subject) return undefined
  // Of several versions and proposals of a record, the one that counts speaks: the newest status wins.
  const ecoc = (await tools.store.ecocs.latestByKey(subject.mapper, subject.record_key, subject.mode)) ?? subject
  const row = await tools.store.sources.rowOf(source, ecoc.id)
  const siblings = await tools.store.ecocs.siblings(ecoc.mapper, ecoc.record_key, ecoc.mode)
  const further = siblings.filter((s) => s.state !== 'superseded' && s.proposal_of === null)
  const status = recordStatus({
    recordKey: ecoc.record_key,
    sourceKey: row?.key,
    vin: ecoc.vin,
    mode: ecoc.mode,
    state: ecoc.state,
    reasonCode: ecoc.reason_code ?? undefined,
    reason: ecoc.reason ?? undefined,
    nextStep: ecoc.next_step ?? undefined,
    reference: ecoc.receipt_reference ?? undefined,
    documentSha256: ecoc.signed_sha256 ?? undefined,
    further: further.map((f) => `${f.profile ?? ''}: ${f.state}`),
    at: ecoc.updated_at,
  })
  return { status }
}

const refusedRow = async ({ subject, source }: WriteBackRow, tools: Tools): Promise<Answer | undefined> => {
  const [id = '', line = ''] = subject.split('/')
  const spool = await tools.store.spools.get(id as SpoolId)
  const row = await tools.store.sources.rowAt(id as SpoolId, Number(line))
  // A newer content of that row has its own answer.
  if (!spool || row?.source !== source) return undefined
  const refused = (await tools.store.spools.lines(spool.id)).find((l) => l.line === Number(line))
  const cells = JSON.parse(refused?.cells ?? '[]') as string[]
  const status = refusedStatus({
    recordKey: keyOf(cells[0] ?? '{}', tools.mappers.get(spool.mapper)?.input.recordKey ?? []),
    sourceKey: row.key,
    vin: refused?.vin ?? undefined,
    problems: JSON.parse(refused?.problems ?? '[]') as RowProblem[],
    at: spool.at,
  })
  return { status }
}

/** The record key of a row that was refused, as far as its fields are there. */
const keyOf = (text: string, parts: readonly string[]): string => {
  let fields: Readonly<Record<string, unknown>>
  try {
    fields = JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return ''
  }
  const values = parts.map((part) => (part.startsWith('=') ? part.slice(1) : fields[part]))
  return values.every((v): v is string => typeof v === 'string' && v !== '') ? values.join('/') : ''
}

const receiptFile = async (id: EcocId, { store }: Tools): Promise<FileAnswer | undefined> => {
  const ecoc = await store.ecocs.get(id)
  const receipt = await store.receipts.latest(id)
  // A newer version answers for the vehicle.
  if (ecoc?.mode !== 'live' || !receipt || ecoc.state === 'superseded') return undefined
  return receiptAnswer({
    vin: ecoc.vin,
    ...(ecoc.sibling_of ? { profile: ecoc.profile ?? '' } : {}),
    id: ecoc.id,
    state: ecoc.state,
    version: ecoc.version,
    accessPoint: ecoc.access_point ?? '',
    iviReferenceId: ecoc.ivi_reference_id ?? '',
    documentSha256: ecoc.signed_sha256 ?? '',
    receipt,
  })
}

const answerFile = async ({ subject, kind }: WriteBackRow, tools: Tools): Promise<FileAnswer | undefined> => {
  const spool: SpoolRow | undefined = await tools.store.spools.get(subject as SpoolId)
  // A newer file of the same name has its own answers there.
  if (!spool || (await tools.store.spools.latestByKey(spool.source, spool.key))?.id !== spool.id) return undefined
  const csv = tools.mappers.get(spool.mapper)?.input.csv
  const further = Map.groupBy(await tools.store.spools.furtherOf(spool.id), (f) => f.line)
  const file: AnsweredFile = {
    name: spool.key,
    lines: (await tools.store.spools.lines(spool.id)).map((l) => ({
      ...toLine(l),
      further: (further.get(l.line) ?? []).map((f) => `${f.profile ?? ''}: ${f.state}`),
    })),
    problem: spool.problem ? (JSON.parse(spool.problem) as { code: string; message: string }) : undefined,
    dialect: { delimiter: csv?.delimiter ?? ';', encoding: csv?.encoding ?? 'utf-8' },
  }
  const answer = fileAnswers[kind as FileAnswerKind]
  return { name: `${spool.key}${answer.ending}`, bytes: answer.isDue(file) ? answer.bytes(file) : undefined }
}
