import type { z } from 'zod'
import type { AuthorityMessage, SignedDocument } from './flow.ts'
import type { IviReferenceId, MessageId } from './ids.ts'
import type { OperationChoice, ProfileStanding, ProposedConfig } from './profile.ts'
import type { SiteFiles } from './site-files.ts'
import type { CallContext, TestStep } from './source.ts'

/** What is sent: stored before the first byte leaves, and sent again byte for byte. */
export interface Envelope {
  readonly bytes: Buffer
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
}

/** What came back: stored before it is understood. */
export interface RawReply {
  readonly status: number
  readonly contentType: string
  readonly bytes: Buffer
  /** The HTTP Date header, to hold our clock against theirs. */
  readonly date?: string
  /** The HTTP Retry-After header as it stood: seconds or a date. */
  readonly retryAfter?: string
}

/**
 * How an access point answered.
 * `duplicate`: it knows this reference (compare `sha256`, then it is ours); `not_found`: a query found nothing;
 * `technical`: the access point failed before it decided, to be sent again.
 */
export interface Reply {
  readonly outcome:
    | 'accepted'
    | 'accepted_with_warnings'
    | 'pending'
    | 'rejected'
    | 'duplicate'
    | 'not_found'
    | 'technical'
    | 'unreadable'
  readonly reference: string | undefined
  /** The reference id the answer speaks of; an answer about another document is not ours. */
  readonly iviReferenceId: string | undefined
  /** Hash of the document the access point holds, where it tells. */
  readonly sha256: string | undefined
  readonly messages: readonly AuthorityMessage[]
}

/**
 * Thrown by `send` and `query` when no answer came.
 * `dispatched: false` means surely nothing left (name, connection, TLS): safe to send again.
 */
export class SendError extends Error {
  readonly dispatched: boolean
  constructor(message: string, dispatched: boolean, cause?: unknown) {
    super(message, { cause })
    this.name = 'SendError'
    this.dispatched = dispatched
  }
}

/** Files a connector needs, resolved by the core: TLS material as PEM. */
export interface TlsMaterial {
  readonly certificate: Buffer
  readonly key: Buffer
  readonly trustAnchors: readonly Buffer[]
}

export interface AccessPointContext extends CallContext {
  readonly tls: TlsMaterial | undefined
  /** Secrets and keys beyond TLS. */
  readonly files: SiteFiles
  /** Address of the HTTP proxy through which this access point is reached. */
  readonly proxy?: string | undefined
  /** For `query` and `cancel`: the access point's own reference out of its latest answer about this document, where it gave one. */
  readonly earlierReference?: string | undefined
}

/** What an envelope may need to know of the vehicle besides its document. */
export interface SubmissionFacts {
  readonly vin: string
  readonly stage: number
  readonly version: number
  /** Document profile: `EU`, `UK`, `NO`. */
  readonly profile: string
  /** `VehicleModel.facts`: what mapping knows beyond the IVI elements. */
  readonly facts: Readonly<Record<string, string>>
}

/** The delivery facts of an access point's profile, which decide what the core may do. */
export interface DeliveryProfile {
  /** Accepts the same IviReferenceId again without processing it twice: then an unknown outcome may be sent again. */
  readonly idempotentByReference: boolean
  /** After this long an unseen submission is surely not in process any more. */
  readonly maxProcessingMs: number
  /** Version number of a corrected document after a rejection. */
  readonly versionAfterRejection: 'same' | 'next'
  readonly timeoutMs: number
  /**
   * `call`: sending brings an answer. `drop`: sending puts a file, its answer is found by `query`. `hand`: a person takes the
   * document to a portal and brings the answer back; `send` is never called.
   */
  readonly channel: 'call' | 'drop' | 'hand'
  /** Whether the stored envelope may be sent again as it is; else a new one is made around the same document. */
  readonly reusesEnvelope: boolean
  /** Largest envelope it takes, in bytes. */
  readonly maxBytes: number
  /** What "known already" means where it does not say which content it holds: ours, or ask first. */
  readonly duplicate: 'ours' | 'ask'
}

export interface AccessPoint<C = unknown> {
  readonly name: string
  readonly title: string
  readonly config: z.ZodType<C>
  delivery(config: C): DeliveryProfile
  test(config: C, context: AccessPointContext): Promise<readonly TestStep[]>
  /** How far the settings are confirmed; undefined where no profile is used. Absent where the interface is published. */
  standing?(config: C): ProfileStanding | undefined
  /**
   * Proposes settings from the interface description that an operator hands out.
   * @throws GatewayError when it cannot be read
   */
  propose?(description: Buffer, choice: OperationChoice): ProposedConfig
  envelope(config: C, document: SignedDocument, messageId: MessageId, facts: SubmissionFacts): Envelope
  send(config: C, envelope: Envelope, context: AccessPointContext): Promise<RawReply>
  parse(config: C, reply: RawReply): Reply
  /** Asks for a document by its reference; absent when the access point cannot be asked. */
  query?(config: C, reference: IviReferenceId, messageId: MessageId, context: AccessPointContext): Promise<RawReply>
  /** Withdraws a document it accepted; absent when it does not offer that. The reply is parsed like any other: `accepted` means withdrawn. */
  cancel?(config: C, reference: IviReferenceId, messageId: MessageId, context: AccessPointContext): Promise<RawReply>
  /** Fetches the base eCoC of a VIN; absent when the access point does not offer it. */
  retrieve?(config: C, vin: string, messageId: MessageId, context: AccessPointContext): Promise<Buffer | undefined>
}

/** Declares an access point: `connectors/access-points/<name>/access-point.ts` exports it as default and is found by itself. */
export const defineAccessPoint = <C>(accessPoint: AccessPoint<C>): AccessPoint<C> => accessPoint
