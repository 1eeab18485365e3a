import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { RecordFields } from './flow.ts'
import type { SiteFiles } from './site-files.ts'

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

/** What a connector is opened and tested with. */
export interface OpenContext extends CallContext {
  readonly files: SiteFiles
}

/** A source of files that is open. It holds no state, starts no timer, retries nothing: the core owns all three. */
export interface OpenFiles {
  readonly kind: 'files'
  /** @param wanted says by its name whether an item is of any interest: the others need not be looked at closely */
  list(context: CallContext, wanted?: (key: string) => boolean): Promise<readonly SourceItem[]>
  read(item: SourceItem, context: CallContext): Promise<Readable>
  /**
   * Puts a taken item away under the archive name; leaves it when it is gone or no longer the same item.
   * @returns whether it lies in the archive now
   */
  settle(item: SourceItem, archiveName: string, context: CallContext): Promise<boolean>
  /** Deletes a taken item for good; leaves it when it is no longer the same item. Absent: `settle: delete` is refused. */
  remove?(item: SourceItem, context: CallContext): Promise<void>
  /** Puts an answer beside the items, whole or not at all. */
  writeBack(name: string, content: Buffer, context: CallContext): Promise<void>
  /** Takes an earlier answer away that holds no more; nothing happens when there is none. */
  withdraw(name: string, context: CallContext): Promise<void>
  /** May call `onChange` early when the source can tell; never decides anything. */
  watch?(onChange: () => void): () => void
  close(): Promise<void>
}

/** Where reading stands in a source of rows, which are ordered by stamp, then key. Both are the source's own text. */
export interface Watermark {
  readonly stamp: string
  readonly key: string
}

export interface SourceRow extends Watermark {
  readonly fields: RecordFields
}

/**
 * What became of a record, in the words that stand at every source.
 * `coc_status` is the state of its eCoC, `coc_ref` the access point's reference, `coc_at` when (ISO 8601, UTC).
 */
export interface RecordStatus {
  readonly recordKey: string
  /** `SourceRow.key` of the row it came in, where it came from a source of rows. */
  readonly sourceKey?: string | undefined
  readonly vin: string
  readonly coc_status: string
  readonly coc_ref: string
  readonly coc_at: string
  readonly coc_error_code: string
  readonly coc_error_text: string
  readonly coc_doc_sha256: string
}

/** A source of rows that is open: a table, a view, a service with records. */
export interface OpenRows {
  readonly kind: 'rows'
  /** At most `limit` rows after the watermark, in order. The core looks again at an overlap and knows what it has. */
  page(after: Watermark | undefined, limit: number, context: CallContext): Promise<readonly SourceRow[]>
  /** Marks rows as taken, once they are durable here; absent where the source keeps no flag. */
  settle?(rows: readonly Watermark[], context: CallContext): Promise<void>
  /**
   * Puts the status beside the record; the same status again changes nothing.
   * @throws GatewayError SRC-020 when the source refuses it for good: it is parked for a person
   */
  writeStatus?(status: RecordStatus, context: CallContext): Promise<void>
  close(): Promise<void>
}

/** What is known of an inbound call before its body counts. */
export interface InboundCall {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** SHA-256 (hex) of the client certificate that the TLS connection proved. */
  readonly clientCertificate?: string | undefined
}

/** A source that calls us. */
export interface OpenPush {
  readonly kind: 'push'
  /** Who called; undefined when the call proves nothing. */
  authenticate(call: InboundCall, context: CallContext): Promise<string | undefined>
  /** Tells the caller what became of a record, where it left an address. */
  writeStatus?(status: RecordStatus, context: CallContext): Promise<void>
  close(): Promise<void>
}

export type OpenSource = OpenFiles | OpenRows | OpenPush

export interface SourceConnector<C = unknown> {
  readonly name: string
  readonly title: string
  /** What `open` gives; `files` when absent. The core must know it while the source is down. */
  readonly kind?: OpenSource['kind']
  readonly config: z.ZodType<C>
  test(config: C, context: OpenContext): Promise<readonly TestStep[]>
  open(config: C, context: OpenContext): Promise<OpenSource>
}

/** Declares a source connector: `connectors/<name>/connector.ts` exports it as default and is found by itself. */
export const defineSource = <C, O extends OpenSource>(
  connector: Omit<SourceConnector<C>, 'open'> & { open(config: C, context: OpenContext): Promise<O> },
): typeof connector => connector
