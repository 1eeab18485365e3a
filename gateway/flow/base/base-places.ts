import type { SiteFiles } from '../../contract/index.ts'
import type { SourceConnection } from '../intake/source-connection.ts'

/** Folders and servers of base eCoCs, each opened when it is first used. */
export interface BasePlaces {
  readonly files: SiteFiles
  /** By the name of the origin. */
  readonly origins: ReadonlyMap<string, SourceConnection>
  /** By the name of the hand-over. */
  readonly handovers: ReadonlyMap<string, SourceConnection>
  close(): Promise<void>
}
