import type { Database as Sqlite, Statement } from 'better-sqlite3'
import { GatewayError } from '../../contract/index.ts'
import type { SqlValue } from '../database.ts'
import type { Write } from '../writes.ts'
import { EventChain } from './event-chain.ts'

const primaryKeys = (db: Sqlite, table: string): string[] =>
  (db.pragma(`table_info(${table})`) as { name: string; pk: number }[])
    .filter((c) => c.pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map((c) => c.name)

const equals = (columns: string[]): string => columns.map((c) => `${c} = ?`).join(', ')
const matches = (columns: string[]): string => columns.map((c) => `${c} IS ?`).join(' AND ')

/** Runs writes with prepared statements, one per shape. Column names come from code, never from outside. */
export class WriteApplier {
  readonly #db: Sqlite
  readonly #events: EventChain
  readonly #statements = new Map<string, Statement>()

  constructor(db: Sqlite) {
    this.#db = db
    this.#events = new EventChain(db)
  }

  apply(write: Write): void {
    switch (write.op) {
      case 'event':
        this.#events.append(write.event)
        return
      case 'insert':
      case 'upsert': {
        const columns = Object.keys(write.row)
        this.#statement(write.op, write.table, columns).run(...(Object.values(write.row) as SqlValue[]))
        return
      }
      case 'delete': {
        const columns = Object.keys(write.where)
        this.#statement('delete', write.table, columns).run(...(Object.values(write.where) as SqlValue[]))
        return
      }
      case 'update': {
        const statement = this.#statement('update', write.table, Object.keys(write.set), Object.keys(write.where))
        const values = [...Object.values(write.set), ...Object.values(write.where)] as SqlValue[]
        const { changes } = statement.run(...values)
        if (write.expect !== undefined && changes !== write.expect)
          throw new GatewayError({
            kind: 'operational',
            code: 'STO-003',
            message: `${write.table} ${JSON.stringify(write.where)} was changed by somebody else in the meantime.`,
            hint: 'Look at it again and repeat what you meant to do.',
          })
      }
    }
  }

  #statement(op: string, table: string, columns: string[], where: string[] = []): Statement {
    const key = `${op} ${table} ${columns.join(',')} ${where.join(',')}`
    let statement = this.#statements.get(key)
    if (!statement) {
      statement = this.#db.prepare(this.#sql(op, table, columns, where))
      this.#statements.set(key, statement)
    }
    return statement
  }

  #sql(op: string, table: string, columns: string[], where: string[]): string {
    if (op === 'delete') return `DELETE FROM ${table} WHERE ${matches(columns)}`
    if (op === 'update') return `UPDATE ${table} SET ${equals(columns)} WHERE ${matches(where)}`
    const insertion = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
    if (op === 'insert') return insertion
    const keys = primaryKeys(this.#db, table)
    const rest = columns.filter((c) => !keys.includes(c)).map((c) => `${c} = excluded.${c}`)
    return `${insertion} ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${rest.join(', ')}`
  }
}
