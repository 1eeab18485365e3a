import type { Write } from './writes.ts'

export type SqlValue = string | number | Buffer | null

/**
 * What a database must offer so that the repositories run on it.
 * Statements are portable SQL with `?` placeholders; every call may be asynchronous.
 */
export interface Database {
  all<R>(sql: string, params?: readonly SqlValue[]): Promise<R[]>
  get<R>(sql: string, params?: readonly SqlValue[]): Promise<R | undefined>
  /** Commits every list in one transaction; a list that fails leaves no trace and its error comes back at its index. */
  commitEach(lists: readonly (readonly Write[])[]): Promise<readonly (Error | undefined)[]>
  /** Appended to a sub-select that claims rows, where several gateways share one database. */
  readonly skipLocked: string
  /** A consistent copy while work goes on. */
  backup(file: string): Promise<void>
  close(): Promise<void>
}
