import { Readable } from 'node:stream'
import { join } from 'node:path'
import type { Codec, RowProblem, SourceItem } from '../../contract/index.ts'
import { spoolItem } from '../../intake/spool-item.ts'
import type { SpoolRow } from '../../store/tables.ts'
import { event, insert, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { Mutex } from '../../support/mutex.ts'
import { newId } from '../../support/new-id.ts'
import { readFile } from '../intake/read-file.ts'
import type { Tools } from '../tools.ts'
import { refuse } from './refuse.ts'

export interface PushInput {
  readonly mapper: string
  readonly body: Buffer
  readonly contentType: string
  readonly idempotencyKey: string | undefined
  readonly actor: string
  /** The source that was called; `push` where the gateway's own API was. */
  readonly source?: string
}
export interface PushResult {
  readonly records: readonly { readonly recordKey: string; readonly id: string; readonly known: boolean }[]
  readonly refused: readonly { readonly line: number; readonly problems: readonly RowProblem[] }[]
}

const sourceOf = ({ source }: PushInput): string => source ?? 'push'

/** One body is read at a time: two calls with one key must not read it both. */
const pushing = new Mutex()

const resultOf = async (spool: SpoolRow, tools: Tools): Promise<PushResult> => {
  const lines = await tools.store.spools.lines(spool.id)
  const records: PushResult['records'][number][] = []
  for (const line of lines) {
    const ecoc = line.ecoc_id && (await tools.store.ecocs.get(line.ecoc_id))
    if (ecoc) records.push({ recordKey: ecoc.record_key, id: ecoc.id, known: line.known === 1 })
  }
  const refused = lines
    .filter((l) => l.problems !== null)
    .map((l) => ({ line: l.line, problems: JSON.parse(l.problems ?? '[]') as RowProblem[] }))
  return { records, refused }
}

const formats: readonly (readonly [RegExp, string])[] = [
  [/spreadsheetml/, 'xlsx'],
  [/json/, 'json'],
  [/csv/, 'csv'],
  [/xml/, 'xml'],
]

/**
 * Takes pushed records in, the same way as a file: spooled whole first, then read. With an idempotency key the same
 * call again gives the same answer, and another body under that key is refused.
 * @throws GatewayError ACT-422 unknown mapper, format or unreadable body; ACT-412 key used for another body
 */
export const pushRecords = async (
  input: PushInput,
  codecs: ReadonlyMap<string, Codec>,
  firstStage: string,
  tools: Tools,
): Promise<PushResult> => {
  const mapper = tools.mappers.get(input.mapper)
  const known = [...tools.mappers.keys()].join(', ')
  if (!mapper) throw refuse(422, 'ACT-422', `There is no mapper "${input.mapper}".`, `There are: ${known}.`)
  const format = formats.find(([pattern]) => pattern.test(input.contentType))?.[1]
  const codec = codecs.get(format ?? '')
  if (!codec || format !== mapper.input.format)
    throw refuse(
      422,
      'ACT-423',
      `Mapper ${mapper.name} reads ${mapper.input.format}, not ${input.contentType}.`,
      'Set Content-Type.',
    )
  const key = input.idempotencyKey ? `key-${sha256(`${input.actor}\n${input.idempotencyKey}`)}` : `push-${newId()}`
  const spool = await pushing.run(async () => {
    const once = await spoolOnce(key, input, tools)
    if (once.sha256 !== sha256(input.body))
      throw refuse(422, 'ACT-412', 'This Idempotency-Key was used for another body.', 'Use a new key for new records.')
    if (once.state === 'taken') await readFile(once, { codec, layout: mapper.input, firstStage }, tools)
    await tools.store.commit([update('spool', { id: once.id }, { state: 'settled' })])
    return once
  })
  const result = await resultOf(spool, tools)
  if (!spool.problem) return result
  const { code, message } = JSON.parse(spool.problem) as { code: string; message: string }
  if (result.records.length === 0)
    throw refuse(422, code, message, 'Nothing was taken. Correct the body and send it again.')
  // Rows before the fault are on their way: the caller must know both.
  return { ...result, refused: [...result.refused, { line: 0, problems: [{ code, field: '', value: '', message }] }] }
}

/** The spool of that key, or a new one. */
const spoolOnce = async (key: string, input: PushInput, tools: Tools): Promise<SpoolRow> =>
  (await tools.store.spools.latestByKey(sourceOf(input), key)) ?? (await spoolBody(key, input, tools))

const spoolBody = async (key: string, input: PushInput, tools: Tools): Promise<SpoolRow> => {
  const source = sourceOf(input)
  const item: SourceItem = { key, size: input.body.length, version: '1' }
  const target = { folder: join(tools.dataFolder, 'spool'), source, maxBytes: input.body.length }
  const file = await spoolItem(item, Readable.from([input.body]), target)
  const at = instant(tools.clock())
  const spool: SpoolRow = {
    ...file,
    mapper: input.mapper,
    item_version: item.version,
    state: 'taken',
    cursor: 0,
    rows: 0,
    refused: 0,
    problem: null,
    archive_name: '',
    at,
  }
  const detail = { source, size: file.size, sha256: file.sha256 }
  await tools.store.commit([
    insert('spool', spool),
    event({ at, actor: input.actor, type: 'file.taken', subject: file.id, detail }),
  ])
  return spool
}
