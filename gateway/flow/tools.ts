import type {
  AccessPoint,
  Finding,
  IviTree,
  OpenFiles,
  SiteFiles,
  TlsMaterial,
  Verification,
} from '../contract/index.ts'
import type { ClockWatch } from '../clock-skew/clock-watch.ts'
import type { GatewayConfig } from '../config/schema.ts'
import type { Enrichment } from '../enrichment/make-enrichment.ts'
import type { Mapper } from '../mapping/load-mapper.ts'
import type { RoutingTable } from '../routing/routing-table.ts'
import type { ReleaseBook } from './release-book.ts'
import type { SignerBook } from '../signers/signer-book.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../support/clock.ts'
import type { Mutex } from '../support/mutex.ts'
import type { Logger } from '../support/logger.ts'
import type { Circuit } from '../submission/circuit-breaker.ts'

/** An access point with its configuration, ready to be called. */
export interface ReadyAccessPoint {
  readonly name: string
  readonly environment: string
  /** Set where it is another one's acceptance environment: only eCoCs of a flow in test mode go there. */
  readonly testOf?: string | undefined
  readonly connector: AccessPoint
  readonly config: unknown
  /** Changed in place when its files change or a prepared certificate takes over. */
  tls: TlsMaterial | undefined
  readonly files: SiteFiles
  readonly proxy?: string | undefined
  /** Whether it is worth calling now; kept in memory, since a restart may well have mended it. */
  circuit: Circuit
}

/** A source with its configuration, open. */
export interface ReadySource {
  readonly name: string
  readonly mapper: string
  readonly pollMs: number
  readonly stablePolls: number
  readonly maxBytes: number
  readonly open: OpenFiles
}

/** What the steps are handed: made once by the composition root. */
export interface Tools {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly config: GatewayConfig
  readonly dataFolder: string
  /** Folder against which file names in the configuration are resolved. */
  readonly configFolder: string
  readonly mappers: ReadonlyMap<string, Mapper>
  /** The folder in which mapper files lie, whatever runs. */
  readonly mapperFolder: string
  /** Makes a mapper the one that runs, from the next vehicle on. */
  readonly useMapper: (mapper: Mapper) => void
  /** Rows of the second sources that mappers look up. */
  readonly enrichment: Enrichment
  readonly accessPoints: ReadonlyMap<string, ReadyAccessPoint>
  readonly routingTable: RoutingTable
  readonly sources: ReadonlyMap<string, ReadySource>
  /** Taking records in looks up what is known and then commits: one at a time, whoever brings them. */
  readonly taking: Mutex
  /** Who signs what. */
  readonly signers: SignerBook
  /** The releases of IVI in use, and the check against their schemas. */
  readonly releases: ReleaseBook
  readonly rules: (tree: IviTree) => Finding[]
  /** @param at when the certificates must be valid: now where nothing is said */
  readonly verify: (bytes: Buffer, at?: Date) => Verification
  /** What the clocks of others say; signing asks it. */
  readonly clockWatch?: ClockWatch | undefined
  /** Stops every call that is under way. */
  readonly signal: AbortSignal
}
