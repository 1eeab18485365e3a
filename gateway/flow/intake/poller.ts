import type { Codec } from '../../contract/index.ts'
import type { ReadySource, Tools } from '../tools.ts'

/** What a poller is handed. */
export interface PollerDeps {
  readonly source: ReadySource
  readonly codecs: ReadonlyMap<string, Codec>
  readonly firstStage: string
  readonly tools: Tools
  /** Ends when the gateway stops: what is under way is left where it stands. */
  readonly stopping: AbortSignal
  /** Told when something moved, so that a long file does not look like a dead source. */
  readonly onProgress: () => void
}

/** Looks at a source once. Throws when the source cannot be looked at. */
export interface Poller {
  /**
   * @param onListed told as soon as the source answered
   * @returns whether something is there that is not finished yet: it is worth looking again soon
   */
  poll(onListed: () => void): Promise<boolean>
}
