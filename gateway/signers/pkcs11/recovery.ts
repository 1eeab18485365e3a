import { setTimeout as pause } from 'node:timers/promises'
import { GatewayError } from '../../contract/errors.ts'
import { nextRung, type Rung, rungOf } from './faults.ts'
import { type OpenToken, openToken, type TokenSettings } from './open-token.ts'
import { TokenFailure, TokenProcess } from './token-process.ts'

/** Milliseconds between two recoveries: longer each time, most in the first half minute, and most of all later. */
const firstPause = 250
const longPause = 2000
const longestPause = 4000
const pauseAfter = (round: number): number =>
  Math.min(firstPause * 2 ** (round - 1), round < 16 ? longPause : longestPause)
/** Some modules never see a token again that was away, unless in a new process. */
const processEvery = 8

/** Whether the next rung may be tried in the same recovery: never after a PIN was given, and not for what people must correct. */
const mayClimb = (error: unknown): boolean =>
  error instanceof TokenFailure ? !error.fault.pinTried : error instanceof GatewayError && error.kind === 'operational'

/** The process of a token, and the way back when it or the token fails. */
export class TokenKeeper {
  readonly #settings: TokenSettings
  #process: TokenProcess
  #closed = false
  #rung: Rung = 'login'

  constructor(settings: TokenSettings) {
    this.#settings = settings
    this.#process = this.#start()
  }

  get process(): TokenProcess {
    return this.#process
  }

  /** What the last recovery that succeeded took. */
  get rung(): Rung {
    return this.#rung
  }

  /**
   * One recovery: up the ladder from this rung until the token is open. The PIN is given to it at most once, so that no token is
   * locked by trying. Throws what stood in the way.
   */
  async recover(from: Rung): Promise<OpenToken> {
    for (let rung = from; ; rung = nextRung(rung)) {
      if (rung === 'process' || this.#process.ended) {
        rung = 'process'
        this.#process.kill()
        if (!this.#closed) this.#process = this.#start()
      } else await this.#quiet()
      try {
        const token = await openToken(this.#process, this.#settings, rung === 'module' || rung === 'process')
        this.#rung = rung
        return token
      } catch (error) {
        if (rung === 'process' || !mayClimb(error) || this.#closed) throw error
      }
    }
  }

  /**
   * Recovers again and again until the token is open; undefined when the signer was closed meanwhile.
   * @param failed is told why a recovery did not succeed
   */
  async recoverInTheEnd(from: Rung, failed: (error: unknown) => void): Promise<OpenToken | undefined> {
    let rung = from
    for (let round = 1; !this.#closed; round++) {
      try {
        return await this.recover(rung)
      } catch (error) {
        failed(error)
        const serious = error instanceof TokenFailure && rungOf(error.fault) === 'process'
        rung = serious || round % processEvery === 0 ? 'process' : 'module'
        await pause(pauseAfter(round), undefined, { ref: false })
      }
    }
    return undefined
  }

  /** Logs out and ends the process; at once when it does not answer. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#process.drop()
    await this.#process.call('end', {}, this.#settings.deadline).catch(() => undefined)
    this.#process.kill()
  }

  #start(): TokenProcess {
    return new TokenProcess(this.#settings.sessions, this.#settings.environment)
  }

  /** Sessions are not closed under a signature that is being made; its deadline bounds the wait. */
  async #quiet(): Promise<void> {
    this.#process.drop()
    while (this.#process.signing > 0 && !this.#process.ended) await pause(5)
  }
}
