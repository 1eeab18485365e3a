import type {
  AccessPoint,
  Finding,
  IviTree,
  CallContext,
  OpenSource,
  SiteFiles,
  TestStep,
  TlsMaterial,
  Verification,
} from '../contract/index.ts'
import type { ClockWatch } from '../clock-skew/clock-watch.ts'
import type { AccessPointDelivery } from '../config/parts/delivery.ts'
import type { GatewayConfig } from '../config/schema.ts'
import type { BasePlaces } from './base/base-places.ts'
import type { Enrichment } from '../enrichment/make-enrichment.ts'
import type { Mapper } from '../mapping/load-mapper.ts'
import type { RoutingTable } from '../routing/routing-table.ts'
import type { SourceConnection } from './intake/source-connection.ts'
import type { ReleaseBook } from './release-book.ts'
import type { EvidenceBook } from '../signature/evidence-book.ts'
import type { EvidenceKeeper } from './signing/evidence-keeper.ts'
import type { TimeStamps } from './signing/time-stamps.ts'
import type { Certificate } from '../trust/certificate.ts'
import type { RevocationService } from '../trust/revocation-service.ts'
import type { SignerBook } from '../signers/signer-book.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../support/clock.ts'
import type { Mutex } from '../support/mutex.ts'
import type { Logger } from '../support/logger.ts'
import type { Circuit } from '../submission/circuit-breaker.ts'
import type { Traffic } from '../submission/gate.ts'

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
  /** What it may be asked to bear, where that differs from the site's `delivery`. */
  readonly limits?: AccessPointDelivery
  /** What was asked of it lately; begun with the first call. */
  traffic?: Traffic
}

/** A source with its configuration. */
export interface ReadySource {
  readonly name: string
  readonly mapper: string
  readonly pollMs: number
  readonly stablePolls: number
  readonly maxBytes: number
  readonly connection: SourceConnection
  /** What the connector opens; `files` when absent. */
  readonly kind?: OpenSource['kind'] | undefined
  readonly connector?: string | undefined
  readonly schedule?: { readonly cron: string; readonly timeZone: string } | undefined
  readonly ready?: string | undefined
  readonly include?: readonly string[] | undefined
  readonly ignore?: readonly string[] | undefined
  readonly settle?: 'move' | 'delete' | 'leave' | undefined
  readonly callsPerMinute?: number | undefined
  readonly pageRows?: number | undefined
  readonly overlapMs?: number | undefined
  /** Tries everything the source needs, step by step. */
  readonly test?: (context: CallContext) => Promise<readonly TestStep[]>
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
  /** Folders and servers where base eCoCs come from, and where ours go to. */
  readonly basePlaces?: BasePlaces | undefined
  /** Taking records in looks up what is known and then commits: one at a time, whoever brings them. */
  readonly taking: Mutex
  /** Who signs what. */
  readonly signers: SignerBook
  /** The releases of IVI in use, and the check against their schemas. */
  readonly releases: ReleaseBook
  readonly rules: (tree: IviTree) => Finding[]
  /** @param at when the certificates must be valid: now where nothing is said */
  readonly verify: (bytes: Buffer, at?: Date) => Verification
  /** As `verify`, and asks whether the signer was revoked: good, revoked and unknown are three things. Never waits long for it. */
  readonly verifyAsking: (bytes: Buffer) => Promise<Verification>
  /** Roots of base eCoCs and of our own seals. */
  readonly anchors: readonly Certificate[]
  /** Asks trust services whether certificates were revoked. */
  readonly revocation: RevocationService
  /** What proves, of each signer, who signed and that nobody had revoked it. */
  readonly evidence: EvidenceBook
  readonly evidenceKeeper: EvidenceKeeper
  /** Time-stamping authorities, by access point. */
  readonly timeStamps: TimeStamps
  /** What the clocks of others say; signing asks it. */
  readonly clockWatch?: ClockWatch | undefined
  /** Stops every call that is under way. */
  readonly signal: AbortSignal
}
