import type { Statement } from './statement.ts'

/** A column of a result, with the engine's own word for its type. */
export interface Column {
  readonly name: string
  readonly type: string
}

export type Values = Readonly<Record<string, string | number>>

/** What a statement gave. Each value is the text that stands in the database; undefined is NULL. */
export interface Result {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | undefined)[])[]
  /** Rows that an UPDATE or INSERT met, changed or not. */
  readonly changed: number
}

/** A connection that is up. Outside of a transaction nothing can be written, where the engine can hold to that. */
export interface SqlSession {
  run(statement: Statement, values: Values): Promise<Result>
  /** A transaction that may write. */
  begin(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  isOpen(): boolean
  /** Ends it at once, with whatever is under way. */
  destroy(): void
}

/** How to reach the database; secrets are read anew for each connection. */
export interface Reach {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  /** Undefined: no TLS. */
  readonly tls: { readonly ca: readonly Buffer[] | undefined } | undefined
}

/** The parts of a SELECT on a table. */
export interface SelectParts {
  readonly columns: string
  readonly from: string
  readonly where: string
  readonly order: string
}

/**
 * Whether an error says that the database cannot be reached, is not trusted, refuses the login, refuses the statement for good
 * (right, constraint, name, value), or cannot do it just now.
 */
export type Fault = 'connection' | 'trust' | 'login' | 'refused' | 'now'

/** One engine: `dialects/<name>.ts` exports it as default and is found by itself. */
export interface Dialect {
  readonly port: number
  connect(reach: Reach, signal: AbortSignal): Promise<SqlSession>
  fault(error: unknown): Fault
  quote(name: string): string
  /** At most `:limit` rows. */
  select(parts: SelectParts): string
  /** How a column is asked for, so that its text is exact. Absent: by its name. */
  readAs?(quoted: string, column: Column): string
  /** How a text that was read is compared with the column it came from. Absent: as it is. */
  compareAs?(place: string, column: Column): string
  /** One more condition for a column of row versions: no row that an open transaction may still precede. */
  settledOnly?(quoted: string): string
  /** Spelling of a time (ISO 8601, UTC) in the customer's own statement, where the engine does not read that. */
  time?(iso: string): string
  /** Asks the database about a statement that writes without running it. Absent: it is run and rolled back. */
  explain?: 'EXPLAIN '
  /** Names of the indexes that begin with a column: `:table`, `:schema`, `:column`. */
  readonly indexes?: string
}
