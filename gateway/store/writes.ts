import type { Instant } from '../contract/index.ts'
import type { Tables } from './tables.ts'

type Table = keyof Tables

/** One change. A list of them is committed whole or not at all; no callback ever holds a transaction open. */
export type Write =
  | { readonly op: 'insert' | 'upsert'; readonly table: Table; readonly row: Readonly<Record<string, unknown>> }
  | {
      readonly op: 'update'
      readonly table: Table
      readonly where: Readonly<Record<string, unknown>>
      readonly set: Readonly<Record<string, unknown>>
      /** Fails the whole list when another number of rows matched: somebody was quicker. */
      readonly expect: number | undefined
    }
  | { readonly op: 'delete'; readonly table: Table; readonly where: Readonly<Record<string, unknown>> }
  | { readonly op: 'event'; readonly event: NewEvent }

/** A line of the audit chain, without its place in it. */
export interface NewEvent {
  readonly at: Instant
  /** Person, token or `gateway`. */
  readonly actor: string
  readonly type: string
  /** eCoC id, spool id, or what else it is about. */
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

export const insert = <T extends Table>(table: T, row: Tables[T]): Write => ({ op: 'insert', table, row: { ...row } })

/** Inserts, or replaces the row with the same primary key. */
export const upsert = <T extends Table>(table: T, row: Tables[T]): Write => ({ op: 'upsert', table, row: { ...row } })

export const update = <T extends Table>(
  table: T,
  where: Partial<Tables[T]>,
  set: Partial<Tables[T]>,
  expect?: number,
): Write => ({ op: 'update', table, where: { ...where }, set: { ...set }, expect })

export const remove = <T extends Table>(table: T, where: Partial<Tables[T]>): Write => ({
  op: 'delete',
  table,
  where: { ...where },
})

export const event = (e: NewEvent): Write => ({ op: 'event', event: e })
