import { createReadStream } from 'node:fs'
import { type Codec, GatewayError, type InputLayout, UnreadableFile } from '../../contract/index.ts'
import type { InboxRecord, Mode, RefusedRow } from '../../contract/index.ts'
import { checkRow, isRefused } from '../../inbox/check-row.ts'
import type { SpoolRow } from '../../store/tables.ts'
import { event, insert, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { fileReadAnswers } from '../answers.ts'
import { modeOf } from '../modes/mode-of.ts'
import { versionRule } from '../supersede.ts'
import type { Tools } from '../tools.ts'
import { decideRecord } from './decide-record.ts'

/** Rows that are committed together with the cursor: at most 500 (architecture, rule 3); with fewer the heap stays small. */
const chunkRows = 250

type Row = InboxRecord | RefusedRow

export interface ReadContext {
  readonly codec: Codec
  readonly layout: InputLayout
  readonly firstStage: string
  /** Set where somebody named the access point instead of leaving it to the routing. */
  readonly accessPoint?: string
  /** Told after each chunk. */
  readonly onProgress?: () => void
}

const writesOf = async (
  row: Row,
  spool: SpoolRow,
  context: ReadContext & { readonly mode: Mode },
  tools: Tools,
): Promise<Write[]> => {
  const line = { spool_id: spool.id, line: row.line }
  if (isRefused(row)) {
    const [problems, cells] = [JSON.stringify(row.problems), JSON.stringify(row.cells)]
    return [insert('spool_line', { ...line, ecoc_id: null, vin: row.vin ?? null, known: 0, problems, cells })]
  }
  const earlier = await tools.store.ecocs.latestByKey(spool.mapper, row.recordKey, context.mode)
  const siblings = earlier ? await tools.store.ecocs.siblings(spool.mapper, row.recordKey, context.mode) : []
  const decision = decideRecord(row, earlier, {
    spool,
    at: instant(tools.clock()),
    firstStage: context.firstStage,
    accessPoint: context.accessPoint ?? null,
    mode: context.mode,
    versionAfterRejection: versionRule(earlier?.access_point ?? null, tools),
    siblings: siblings.map((ecoc) => ({ ecoc, versionAfterRejection: versionRule(ecoc.access_point, tools) })),
  })
  const known = decision.known ? 1 : 0
  const entry = { ...line, ecoc_id: decision.ecoc, vin: row.vin, known, problems: null, cells: null } as const
  return [...decision.writes, insert('spool_line', entry)]
}

/** Commits a chunk with its cursor. A row whose eCoC moved in between is decided anew. */
const commitChunk = async (
  rows: readonly Row[],
  spool: SpoolRow,
  context: ReadContext,
  tools: Tools,
): Promise<void> => {
  const cursor = spool.cursor + rows.length
  const refused = spool.refused + rows.filter(isRefused).length
  // A flow is switched between two chunks, never within one: both hold `taking`.
  const mode = await modeOf(spool.mapper, tools)
  for (let tries = 0; ; tries++) {
    const writes = (await Promise.all(rows.map((row) => writesOf(row, spool, { ...context, mode }, tools)))).flat()
    try {
      await tools.store.commit([...writes, update('spool', { id: spool.id }, { cursor, rows: cursor, refused }, 1)])
      break
    } catch (error) {
      const moved = error instanceof GatewayError && error.code === 'STO-003'
      if (!moved || tries >= 5) throw error
    }
  }
  Object.assign(spool, { cursor, rows: cursor, refused })
}

const finishFile = async (spool: SpoolRow, problem: string | null, tools: Tools): Promise<void> => {
  const detail = { file: spool.key, rows: spool.rows, refused: spool.refused, sha256: spool.sha256, problem }
  await tools.store.commit([
    update('spool', { id: spool.id }, { state: 'read', problem }, 1),
    event({ at: instant(tools.clock()), actor: 'gateway', type: 'file.read', subject: spool.id, detail }),
    ...(await fileReadAnswers({ ...spool, problem }, tools)),
  ])
  Object.assign(spool, { state: 'read', problem })
}

/**
 * Turns a spooled file into records, chunk by chunk, from where a crash left off.
 * A bad row is noted and never stops the good ones; a file that cannot be read at all is answered as a whole.
 */
export const readFile = async (spool: SpoolRow, context: ReadContext, tools: Tools): Promise<void> => {
  let chunk: Row[] = []
  const keys = new Set<string>()
  let skip = spool.cursor
  const flush = async (): Promise<void> => {
    const rows = chunk
    if (rows.length > 0) await tools.taking.run(() => commitChunk(rows, spool, context, tools))
    context.onProgress?.()
    chunk = []
    keys.clear()
  }
  const bytes = createReadStream(spool.path, { signal: tools.signal })
  try {
    for await (const decoded of context.codec.decode(bytes, context.layout)) {
      if (skip-- > 0) continue
      const row = checkRow(decoded, context.layout)
      const key = isRefused(row) ? undefined : row.recordKey
      // The same key twice: the second is decided when the first stands in the store.
      if (chunk.length >= chunkRows || (key !== undefined && keys.has(key))) await flush()
      chunk.push(row)
      if (key !== undefined) keys.add(key)
    }
    await flush()
    const empty = { code: 'INB-001', message: 'The file holds no rows. Nothing was taken from it.' }
    await finishFile(spool, spool.rows === 0 ? JSON.stringify(empty) : null, tools)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    await flush()
    await finishFile(spool, JSON.stringify({ code: error.code, message: error.message }), tools)
  } finally {
    bytes.destroy()
  }
}
