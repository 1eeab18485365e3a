import type { Envelope, RawReply, TlsMaterial } from '../../../gateway/contract/access-point.ts'
import type { SignedDocument } from '../../../gateway/contract/flow.ts'

/**
 * What the contract suite needs of an access point: a counterpart it can really speak to.
 * `test/contract/access-point-fixtures/<name>.ts` exports `openFixture`, one per folder of connectors/access-points.
 */
export interface AccessPointFixture {
  /** A configuration as it stands in the file, before it is parsed. */
  readonly config: Record<string, unknown>
  /** The same, but nobody listens there. */
  readonly unreachable: Record<string, unknown>
  readonly tls: TlsMaterial | undefined
  makeDocument(): SignedDocument
  /** References the counterpart accepted, and how often it processed each. */
  accepted(): Promise<readonly { iviReferenceId: string; count: number; sha256: string }[]>
  /** From now on the counterpart takes what it gets and never answers. */
  fallSilent(): Promise<void>
  /** Behaviours that do not apply to this kind of access point, and why. */
  readonly waivers?: Readonly<Partial<Record<Waiver, string>>>
  /** The signed bytes out of an envelope, where they do not stand there byte for byte. */
  documentIn?(envelope: Envelope): Buffer
  /** An answer that is understood, where none can be had by sending. */
  readonly goodReply?: RawReply
  close(): Promise<void>
}

/** `sending`: nothing is sent; `immediate`: the answer comes later, by query; `silence`: there is nobody who could be silent. */
export type Waiver = 'sending' | 'immediate' | 'silence'
