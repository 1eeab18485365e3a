import type { Instant } from '../../contract/ids.ts'

/** A trusted list as ETSI TS 119 612 describes it (versions 5 and 6 of the format have one namespace and one shape). */
export interface TrustedList {
  readonly version: 5 | 6
  readonly sequence: number
  /** URI of the kind of list; a list of lists ends in `listofthelists`. */
  readonly type: string
  /** ISO code of the country as lists write it (`EL`, `UK`); `EU` for the list of the lists. */
  readonly territory: string
  /** Who publishes it, in English where it says so. */
  readonly operator: string
  readonly issued: Instant
  /** Undefined for a list that was closed. */
  readonly nextUpdate: Instant | undefined
  readonly pointers: readonly ListPointer[]
  readonly services: readonly TrustService[]
}

/** Where another list lies and who may sign it (5.3.13). */
export interface ListPointer {
  readonly location: string
  readonly territory: string
  readonly type: string
  readonly mimeType: string
  /** DER. */
  readonly certificates: readonly Buffer[]
}

/** One service of a provider (5.5). */
export interface TrustService {
  readonly provider: string
  readonly name: string
  /** DER of the certificates that identify the service. */
  readonly certificates: readonly Buffer[]
  /** What held since when, newest first: the service's present state and its history. */
  readonly periods: readonly ServicePeriod[]
}

export interface ServicePeriod {
  /** URI of the kind of service. */
  readonly type: string
  /** URI of the status. */
  readonly status: string
  readonly since: Instant
  /** URIs of AdditionalServiceInformation (5.5.9.4). */
  readonly additional: readonly string[]
  readonly qualifications: readonly Qualification[]
  /** Names of critical extensions that nobody here knows: then nothing may be concluded from this period (5.5.9). */
  readonly unknownCritical: readonly string[]
}

/** Qualifiers for those certificates that meet the criteria (5.5.9.2). */
export interface Qualification {
  readonly qualifiers: readonly string[]
  readonly criteria: CriteriaList
}

export interface CriteriaList {
  readonly assert: 'all' | 'atLeastOne' | 'none'
  readonly criteria: readonly Criterion[]
}

export type Criterion =
  | { readonly kind: 'list'; readonly list: CriteriaList }
  /** Bits that must be set (true) or not (false). */
  | { readonly kind: 'key-usage'; readonly bits: Readonly<Record<string, boolean>> }
  /** OIDs, all of which the certificate must have. */
  | { readonly kind: 'policies' | 'extended-key-usage' | 'subject-attributes'; readonly oids: readonly string[] }
  /** Something nobody here knows: it is never met. */
  | { readonly kind: 'unknown'; readonly name: string }

/** Whether it is a list of lists, such as the EU's. */
export const isListOfLists = ({ type }: Pick<TrustedList, 'type'>): boolean => /listofthelists$/i.test(type)
