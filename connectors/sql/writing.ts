import type { RecordStatus, Watermark } from '../../gateway/contract/index.ts'
import type { SqlConfig } from './config.ts'
import type { Dialect, SqlSession, Values } from './dialect.ts'
import { ambiguousKey, refusedStatus } from './faults.ts'
import { plainStamp, quoteTable, type Reading, statementOf } from './reading.ts'
import type { Statement } from './statement.ts'

/** Runs a change whole or not at all. */
const whole = async <T>(session: SqlSession, change: () => Promise<T>): Promise<T> => {
  await session.begin()
  try {
    const made = await change()
    await session.commit()
    return made
  } catch (error) {
    await session.rollback().catch(() => session.destroy())
    throw error
  }
}

/** The UPDATE that says a row is taken: only the row as it was read, which still waits. */
export const takenStatement = (config: SqlConfig, dialect: Dialect, { flagged }: Reading): Statement | undefined => {
  const { flag, read } = config
  const { key, stamp } = flagged
  if (!flag) return undefined
  const [column, k, s] = [flag.column, key.name, stamp.name].map((name) => dialect.quote(name))
  const compared = (place: string, to: typeof key): string => dialect.compareAs?.(place, to) ?? place
  const same = s === k ? '' : ` AND ${s} = ${compared(':watermark', stamp)}`
  return statementOf(
    `UPDATE ${quoteTable(dialect, flag.table ?? read.table ?? '')} SET ${column} = :taken
      WHERE ${k} = ${compared(':key', key)} AND ${column} = :ready${same}`,
  )
}

/**
 * Says of rows that they are taken. One that changed meanwhile stays as it is and is read again.
 * @throws GatewayError SRC-065 when a key names several rows: then none is changed
 */
export const settleRows = async (
  config: SqlConfig,
  session: SqlSession,
  statement: Statement,
  rows: readonly Watermark[],
): Promise<void> => {
  const { ready = '', taken = '' } = config.flag ?? {}
  await whole(session, async () => {
    for (const { key, stamp } of rows) {
      const values = { ready, taken, key, watermark: plainStamp(config, stamp) }
      const { changed } = await session.run(statement, values)
      if (changed > 1) throw ambiguousKey(`The key ${key} names ${changed} rows.`)
    }
  })
}

const told = ['vin', 'coc_status', 'coc_ref', 'coc_at', 'coc_error_code', 'coc_error_text', 'coc_doc_sha256'] as const

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

export const statusValues = (config: SqlConfig, status: RecordStatus): Values => ({
  recordKey: status.recordKey,
  key: status.sourceKey ?? '',
  ...Object.fromEntries(told.map((name) => [name, status[name]])),
  coc_error_text: cut(status.coc_error_text, config.status?.textLength ?? 1000),
})

/** The customer's own UPDATE. */
const updateOwn = async (config: SqlConfig, dialect: Dialect, session: SqlSession, text: string, values: Values) => {
  const statement = statementOf(text)
  const time = String(values.coc_at)
  const { changed } = await session.run(statement, { ...values, coc_at: dialect.time?.(time) ?? time })
  if (changed === 1) return
  const which = `${config.read.key} ${values.key}, record ${values.recordKey}`
  throw refusedStatus(
    changed === 0
      ? `There is no row for the status (${which}).`
      : `The status would change ${changed} rows (${which}).`,
  )
}

export interface StatusTable {
  readonly find: Statement
  readonly change: Statement
  readonly add: Statement
}

export const statusTable = (dialect: Dialect, name: string): StatusTable => {
  const [table, key] = [quoteTable(dialect, name), 'record_key']
  const set = told.map((column) => `${column} = :${column}`).join(', ')
  const where = `WHERE ${key} = :recordKey`
  return {
    find: statementOf(`SELECT ${told.join(', ')} FROM ${table} ${where}`),
    change: statementOf(`UPDATE ${table} SET source_key = :key, ${set} ${where}`),
    add: statementOf(
      `INSERT INTO ${table} (${key}, source_key, ${told.join(', ')}) VALUES (:recordKey, :key, ${told.map((c) => `:${c}`).join(', ')})`,
    ),
  }
}

/** One row a record in a table of ours: the same status again changes nothing. */
const putInTable = async (session: SqlSession, table: StatusTable, values: Values): Promise<void> => {
  const { rows } = await session.run(table.find, values)
  const [row] = rows
  // Oracle keeps an empty text as NULL.
  if (row && told.every((column, i) => (row[i] ?? '') === values[column])) return
  await session.run(row ? table.change : table.add, values)
}

/**
 * Puts a record's status into the database, whole or not at all.
 * @throws GatewayError SRC-020 when there is not exactly one row for it; else the driver's error
 */
export const putStatus = async (
  config: SqlConfig,
  dialect: Dialect,
  session: SqlSession,
  status: RecordStatus,
): Promise<void> => {
  const values = statusValues(config, status)
  const { statement, table } = config.status ?? {}
  await whole(session, () =>
    statement === undefined
      ? putInTable(session, statusTable(dialect, table ?? ''), values)
      : updateOwn(config, dialect, session, statement, values),
  )
}
