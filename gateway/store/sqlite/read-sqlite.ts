import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database, SqlValue } from '../database.ts'

/**
 * The database of a data folder for reading only, beside the gateway that writes it; undefined where there is none.
 * Its schema is taken as it is: what asks must bear that a table is not there yet.
 */
export const readSqlite = (folder: string): (Pick<Database, 'all' | 'get'> & { close(): void }) | undefined => {
  const file = join(folder, 'gateway.sqlite')
  if (!existsSync(file)) return undefined
  const db = new Sqlite(file, { readonly: true, timeout: 5_000 })
  return {
    all: <R>(sql: string, params: readonly SqlValue[] = []) => Promise.resolve(db.prepare(sql).all(...params) as R[]),
    get: <R>(sql: string, params: readonly SqlValue[] = []) =>
      Promise.resolve(db.prepare(sql).get(...params) as R | undefined),
    close: () => void db.close(),
  }
}
