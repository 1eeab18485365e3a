import type { Readable } from 'node:stream'
import type { z } from 'zod'

/** What a source lists: a thing to take, as it stands there now. */
export interface SourceItem {
  /** The name at the source. Data from outside, never joined to a path unchecked. */
  readonly key: string
  readonly size: number
  /** Changes when the content does: modification time, version id or ETag. */
  readonly version: string
}

/** One step of a connector's test, in order; the first failing one names what is wrong. */
export interface TestStep {
  readonly step: string
  readonly ok: boolean
  readonly detail?: string
}

export interface CallContext {
  readonly signal: AbortSignal
}

/** A source that is open. It holds no state, starts no timer, retries nothing: the core owns all three. */
export interface OpenSource {
  /** @param wanted says by its name whether an item is of any interest: the others need not be looked at closely */
  list(context: CallContext, wanted?: (key: string) => boolean): Promise<readonly SourceItem[]>
  read(item: SourceItem, context: CallContext): Promise<Readable>
  /**
   * Puts a taken item away under the archive name; leaves it when it is gone or no longer the same item.
   * @returns whether it lies in the archive now
   */
  settle(item: SourceItem, archiveName: string, context: CallContext): Promise<boolean>
  /** Puts an answer beside the items, whole or not at all. */
  writeBack(name: string, content: Buffer, context: CallContext): Promise<void>
  /** Takes an earlier answer away that holds no more; nothing happens when there is none. */
  withdraw(name: string, context: CallContext): Promise<void>
  /** May call `onChange` early when the source can tell; never decides anything. */
  watch?(onChange: () => void): () => void
  close(): Promise<void>
}

export interface SourceConnector<C = unknown> {
  readonly name: string
  readonly title: string
  readonly config: z.ZodType<C>
  test(config: C, context: CallContext): Promise<readonly TestStep[]>
  open(config: C, context: CallContext): Promise<OpenSource>
}

/** Declares a source connector: `connectors/<name>/connector.ts` exports it as default and is found by itself. */
export const defineSource = <C>(connector: SourceConnector<C>): SourceConnector<C> => connector
