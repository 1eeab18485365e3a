import type { AccessPoint, Finding, IviTree, OpenSource, Signer, TlsMaterial, Verification } from '../contract/index.ts'
import type { GatewayConfig } from '../config/schema.ts'
import type { Mapper } from '../mapping/load-mapper.ts'
import type { RoutingTable } from '../routing/routing-table.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../support/clock.ts'
import type { Mutex } from '../support/mutex.ts'
import type { Logger } from '../support/logger.ts'
import type { Circuit } from '../submission/circuit-breaker.ts'

/** An access point with its configuration, ready to be called. */
export interface ReadyAccessPoint {
  readonly name: string
  readonly environment: string
  readonly connector: AccessPoint
  readonly config: unknown
  readonly tls: TlsMaterial | undefined
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
  readonly open: OpenSource
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
  readonly accessPoints: ReadonlyMap<string, ReadyAccessPoint>
  readonly routingTable: RoutingTable
  readonly sources: ReadonlyMap<string, ReadySource>
  /** Taking records in looks up what is known and then commits: one at a time, whoever brings them. */
  readonly taking: Mutex
  readonly signer: () => Promise<Signer>
  readonly schema: (bytes: Buffer, unsigned: boolean) => Finding[]
  readonly rules: (tree: IviTree) => Finding[]
  readonly verify: (bytes: Buffer) => Verification
  /** Stops every call that is under way. */
  readonly signal: AbortSignal
}
