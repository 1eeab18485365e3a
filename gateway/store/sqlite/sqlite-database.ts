import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database as SqliteHandle, type Statement } from 'better-sqlite3'
import { GatewayError } from '../../contract/index.ts'
import { continueAfter } from '../../support/new-id.ts'
import type { Database, SqlValue } from '../database.ts'
import type { Write } from '../writes.ts'
import { WriteApplier } from './apply-write.ts'
import { migrate } from './migrate.ts'

/** Milliseconds a reader waits for a checkpoint to end. */
const busyTimeoutMs = 5000

/**
 * SQLite with one write connection. WAL and `synchronous = FULL`: what was committed survives a power cut.
 * The build's own default is NORMAL, which may lose the last commits, so it is set and then asserted.
 */
export const openSqlite = async (folder: string): Promise<Database> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Sqlite(join(folder, 'gateway.sqlite'), { timeout: busyTimeoutMs })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('journal_size_limit = 67108864')
  const [mode, synchronous] = ['journal_mode', 'synchronous'].map((p) => db.pragma(p, { simple: true }))
  if (mode !== 'wal' || synchronous !== 2) {
    db.close()
    throw new GatewayError({
      kind: 'config',
      code: 'STO-004',
      message: `The data folder ${folder} cannot hold a durable database (journal ${String(mode)}, synchronous ${String(synchronous)}).`,
      hint: 'Put the data folder on a local disk; network shares cannot carry it.',
    })
  }
  try {
    await migrate(db)
    // The clock may have been set back while the gateway was down: what comes next is newer all the same.
    const newest = db.prepare('SELECT max(id) FROM ecoc').pluck().get()
    if (typeof newest === 'string') continueAfter(newest)
    return new SqliteDatabase(db)
  } catch (error) {
    db.close()
    throw error
  }
}

/** Lists that are to be committed with the next transaction, and who waits for them. */
interface Waiting {
  readonly lists: readonly (readonly Write[])[]
  readonly resolve: (errors: readonly (Error | undefined)[]) => void
  readonly reject: (error: unknown) => void
}

class SqliteDatabase implements Database {
  readonly skipLocked = ''
  readonly #db: SqliteHandle
  readonly #writes: WriteApplier
  readonly #statements = new Map<string, Statement>()
  #waiting: Waiting[] = []

  constructor(db: SqliteHandle) {
    this.#db = db
    this.#writes = new WriteApplier(db)
  }

  all<R>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    return Promise.resolve(this.#prepare(sql).all(...params) as R[])
  }

  get<R>(sql: string, params: readonly SqlValue[] = []): Promise<R | undefined> {
    return Promise.resolve(this.#prepare(sql).get(...params) as R | undefined)
  }

  commitEach(lists: readonly (readonly Write[])[]): Promise<readonly (Error | undefined)[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lists, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#commitWaiting())
    })
  }

  /** A commit waits for the disk: what was asked for in the same turn of the event loop waits for it together. */
  #commitWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length === 0) return
    try {
      const errors = this.#transact(waiting.flatMap((w) => w.lists))
      for (const { lists, resolve } of waiting) resolve(errors.splice(0, lists.length))
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  #transact(lists: readonly (readonly Write[])[]): (Error | undefined)[] {
    const errors: (Error | undefined)[] = []
    const db = this.#db
    db.exec('BEGIN IMMEDIATE')
    try {
      for (const list of lists) errors.push(this.#one(list))
      db.exec('COMMIT')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw error
    }
    return errors
  }

  #one(list: readonly Write[]): Error | undefined {
    this.#db.exec('SAVEPOINT one')
    try {
      for (const write of list) this.#writes.apply(write)
      this.#db.exec('RELEASE one')
      return undefined
    } catch (error) {
      // A full disk ends the whole transaction in SQLite: then nothing of the batch may be taken for done.
      if (!this.#db.inTransaction) throw error
      this.#db.exec('ROLLBACK TO one')
      this.#db.exec('RELEASE one')
      return error as Error
    }
  }

  async backup(file: string): Promise<void> {
    await this.#db.backup(file)
  }

  close(): Promise<void> {
    this.#commitWaiting()
    this.#db.close()
    return Promise.resolve()
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
