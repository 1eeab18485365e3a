import { GatewayError, type SourceRow, type Watermark } from '../../gateway/contract/index.ts'
import type { SqlConfig } from './config.ts'
import type { Column, Dialect, Result, SqlSession, Values } from './dialect.ts'
import { badRow } from './faults.ts'
import { parseStatement, type Statement } from './statement.ts'

/** A field or row beyond these is no vehicle's. */
const mostField = 1024 * 1024
const mostRow = 4 * mostField

/** What a table or statement gives, and how it is asked. */
export interface Reading {
  /** Columns that the configuration names and that are not there. */
  readonly missing: readonly string[]
  /** Those that are there, where that is known before reading. */
  readonly there: readonly string[]
  readonly page: Statement
  readonly next: Statement
  /** Stamp and key in the table with the flag. */
  readonly flagged: { readonly stamp: Column; readonly key: Column }
}

/** A statement that was made here, or that the configuration was refused without. */
export const statementOf = (text: string): Statement => {
  const statement = parseStatement(text)
  if (typeof statement === 'string')
    throw new GatewayError({ kind: 'bug', code: 'SRC-067', message: `A statement is no statement: ${statement}.` })
  return statement
}

export const quoteTable = (dialect: Dialect, table: string): string =>
  table
    .split('.')
    .map((part) => dialect.quote(part))
    .join('.')

const none: Column = { name: '', type: '' }

export const missingColumns = ({ missing, there }: Reading): string =>
  `There is no column ${missing.join(', ')} among ${there.join(', ')}.`

/** Which columns there are: a statement that gives no row. */
const shapeOf = async (config: SqlConfig, dialect: Dialect, session: SqlSession): Promise<readonly Column[]> => {
  const { table = '', columns, key, stamp = key } = config.read
  const names = columns && [...new Set([...columns, key, stamp])].map((name) => dialect.quote(name)).join(', ')
  const shape = `SELECT ${names ?? '*'} FROM ${quoteTable(dialect, table)} WHERE 1 = 0`
  return (await session.run(statementOf(shape), {})).columns
}

const tableReading = (config: SqlConfig, dialect: Dialect, columns: readonly Column[]): Reading => {
  const { table = '', key: keyName, stamp: stampName = keyName } = config.read
  const columnOf = (name: string): Column => columns.find((c) => c.name === name) ?? { ...none, name }
  const [key, stamp] = [columnOf(keyName), columnOf(stampName)]
  const [k, s] = [dialect.quote(keyName), dialect.quote(stampName)]
  const after = (place: string, column: Column): string => dialect.compareAs?.(place, column) ?? place
  const [w, x] = [after(':watermark', stamp), after(':key', key)]
  const flagged = config.strategy === 'flag' && config.flag ? [`${dialect.quote(config.flag.column)} = :ready`] : []
  const closed = config.strategy === 'rowversion' && dialect.settledOnly ? [dialect.settledOnly(s)] : []
  const always = [...flagged, ...closed, `${s} IS NOT NULL`, `${k} IS NOT NULL`]
  // The first condition is what an index begins with.
  const later = s === k ? [`${k} > ${x}`] : [`${s} >= ${w}`, `(${s} > ${w} OR ${k} > ${x})`]
  const select = (where: readonly string[]): Statement =>
    statementOf(
      dialect.select({
        columns: columns.map((c) => dialect.readAs?.(dialect.quote(c.name), c) ?? dialect.quote(c.name)).join(', '),
        from: quoteTable(dialect, table),
        where: where.join(' AND '),
        order: s === k ? k : `${s}, ${k}`,
      }),
    )
  const missing = [keyName, stampName].filter((name) => !columns.some((c) => c.name === name))
  const [page, next, there] = [select(always), select([...always, ...later]), columns.map((c) => c.name)]
  return { missing, there, page, next, flagged: { stamp, key } }
}

/** A flag in another table than is read: what is compared there has types of its own. */
const flagColumns = async (config: SqlConfig, dialect: Dialect, session: SqlSession, table: string) => {
  const { key, stamp = key } = config.read
  const names = [...new Set([stamp, key])].map((name) => dialect.quote(name)).join(', ')
  const { columns } = await session.run(
    statementOf(`SELECT ${names} FROM ${quoteTable(dialect, table)} WHERE 1 = 0`),
    {},
  )
  return { stamp: columns[0] ?? none, key: columns.at(-1) ?? none }
}

const readingOf = async (config: SqlConfig, dialect: Dialect, session: SqlSession): Promise<Reading> => {
  const { statement, key: keyName, stamp: stampName = keyName } = config.read
  if (statement === undefined) return tableReading(config, dialect, await shapeOf(config, dialect, session))
  const page = statementOf(statement)
  const flagged = { stamp: { ...none, name: stampName }, key: { ...none, name: keyName } }
  return { missing: [], there: [], page, next: page, flagged }
}

/** Learns what there is to read: once for each connection. */
export const learn = async (config: SqlConfig, dialect: Dialect, session: SqlSession): Promise<Reading> => {
  const reading = await readingOf(config, dialect, session)
  const table = config.flag?.table
  return table === undefined ? reading : { ...reading, flagged: await flagColumns(config, dialect, session, table) }
}

export const valuesFor = (config: SqlConfig, after: Watermark | undefined, limit: number): Values => {
  const { beginning } = config.read
  return {
    limit,
    ready: config.flag?.ready ?? '',
    watermark: after?.stamp ?? beginning?.watermark ?? '',
    key: after?.key ?? beginning?.key ?? '',
  }
}

/**
 * With a flag, what is flagged is what is new: neither its time nor its key says so. The word before the stamp keeps the core
 * from taking it for a time to order by.
 */
const flagged = 'flag '
export const stampOf = (config: SqlConfig, stamp: string): string =>
  config.strategy === 'flag' ? `${flagged}${stamp}` : stamp
export const plainStamp = (config: SqlConfig, stamp: string): string =>
  config.strategy === 'flag' && stamp.startsWith(flagged) ? stamp.slice(flagged.length) : stamp

/** @throws GatewayError SRC-064 for a row without key or stamp, or beyond the limits */
export const rowsOf = (config: SqlConfig, { columns, rows }: Result): SourceRow[] => {
  const { key: keyName, stamp: stampName = keyName } = config.read
  const at = (name: string): number => columns.findIndex((c) => c.name === name)
  const [keyAt, stampAt] = [at(keyName), at(stampName)]
  const twice = columns.find((c, i) => at(c.name) !== i)
  if (twice) throw badRow(`The column ${twice.name} stands twice in the statement.`)
  const absent = keyAt < 0 ? keyName : stampAt < 0 ? stampName : undefined
  if (absent !== undefined) throw badRow(`The column ${absent} is not among ${columns.map((c) => c.name).join(', ')}.`)
  return rows.map((row) => {
    const [key, stamp] = [row[keyAt], row[stampAt]]
    if (key === undefined || stamp === undefined)
      throw badRow(`A row has no ${key === undefined ? keyName : stampName} (key ${key ?? 'NULL'}).`)
    const large = row.findIndex((value) => (value?.length ?? 0) > mostField)
    if (large >= 0) throw badRow(`Column ${columns[large]?.name ?? ''} of row ${key} is larger than 1 MiB.`)
    if (row.reduce((sum, value) => sum + (value?.length ?? 0), 0) > mostRow)
      throw badRow(`Row ${key} is larger than 4 MiB.`)
    const fields = columns.flatMap(({ name }, i) => (row[i] === undefined ? [] : [[name, row[i]] as const]))
    return { key, stamp: stampOf(config, stamp), fields: Object.fromEntries(fields) }
  })
}
