import type { Logger } from '../support/logger.ts'
import type { CertificateKeeper } from './certificate-keeper.ts'

/** Lets the keeper look every minute while the gateway runs. */
export class CertificateWorker {
  readonly #keeper: Pick<CertificateKeeper, 'look'>
  readonly #log: Logger
  readonly #everyMs: number
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isBusy = false

  constructor(keeper: Pick<CertificateKeeper, 'look'>, log: Logger, everyMs = 60_000) {
    this.#keeper = keeper
    this.#log = log
    this.#everyMs = everyMs
  }

  start(): void {
    this.#look()
    this.#timer = setInterval(() => this.#look(), this.#everyMs)
    this.#timer.unref()
  }

  /** Returns when the round under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  #look(): void {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#looking = this.#keeper
      .look()
      .catch((error: unknown) => this.#log.error({ err: error }, 'looking after the certificates failed'))
      .finally(() => {
        this.#isBusy = false
      })
  }
}
