import type Database from 'better-sqlite3'
import { done, failure, rowSet } from './tds-tokens.ts'

export type DatabaseSync = Database.Database
export interface Parameter {
  readonly name: string
  readonly value: string | bigint | null
}

/** T-SQL in SQLite's words. Times and row versions are kept as texts, so that their order is that of their values. */
const translated = (sql: string): string => {
  const top = /\bTOP \((@\w+|\d+)\)/i.exec(sql)
  const text = sql
    .replace(/\bTOP \((@\w+|\d+)\) ?/i, '')
    .replace(/\[([^\]]+)\]/g, '"$1"')
    .replace(/"?\bdbo"?\./gi, '')
    .replace(/CONVERT\(varbinary\(8000\), (@\w+), 1\)/gi, '$1')
    .replace(/CAST\((@\w+) AS (?:datetime2\(\d\)|varchar\(\d+\)|uniqueidentifier)\)/gi, '$1')
    .replace(/MIN_ACTIVE_ROWVERSION\(\)/gi, "'0xFFFFFFFFFFFFFFFF'")
    .replace(/^\s*BEGIN TRANSACTION/i, 'BEGIN')
    .replace(/^\s*COMMIT TRANSACTION/i, 'COMMIT')
  return top ? `${text} LIMIT ${top[1] ?? ''}` : text
}

/** Numbers of errors as SQL Server has them. */
const numberOf = (error: Error): number => {
  if (/no such (table|column)/.test(error.message)) return /table/.test(error.message) ? 208 : 207
  if (/UNIQUE/.test(error.message)) return 2627
  if (/CHECK|NOT NULL/.test(error.message)) return /CHECK/.test(error.message) ? 547 : 515
  return /readonly|denied/.test(error.message) ? 229 : /syntax/.test(error.message) ? 102 : 50_000
}

/** Runs a statement and answers as SQL Server does. */
export const answer = (db: DatabaseSync, sql: string, values: readonly Parameter[], end: number): Buffer => {
  if (/^\s*SET /i.test(sql)) return done(end, 0, 0)
  if (/^\s*IF @@TRANCOUNT/i.test(sql)) {
    if (db.inTransaction) db.exec('ROLLBACK')
    return done(end, 0, 0)
  }
  try {
    const statement = db.prepare(translated(sql))
    const named = Object.fromEntries(values.map(({ name, value }) => [name.replace(/^@/, ''), value]))
    if (!statement.reader) return done(end, statement.run(named).changes)
    const columns = statement.columns().map(({ name, type }) => ({ name, type }))
    statement.safeIntegers(true)
    const rows = statement.raw().all(named) as unknown[][]
    return Buffer.concat([rowSet(columns, rows), done(end, rows.length)])
  } catch (error) {
    return Buffer.concat([failure(numberOf(error as Error), (error as Error).message), done(end, 0, 2)])
  }
}
