import { setTimeout as wait } from 'node:timers/promises'
import { type CallContext, GatewayError, type OpenSource } from '../../contract/index.ts'

/** Calls that were given up and still hang, of which a source may have so many: each may hold a thread or a socket. */
const mostHanging = 2
/** What does not close in this time is left to itself. */
const closeMs = 2000

const error = (code: string, message: string, hint: string): GatewayError =>
  new GatewayError({ kind: 'operational', code, message, hint })

const late = (ms: number): GatewayError =>
  error('SRC-015', `It did not answer within ${Math.round(ms / 1000)} s.`, 'The gateway goes on trying by itself.')

/** Opens a source, or says why not. */
export type Opener = (context: CallContext) => Promise<OpenSource>

export interface ConnectionSettings {
  /** How long a call may take, in milliseconds. */
  readonly timeoutMs: number
  readonly callsPerMinute?: number | undefined
}

/**
 * The connection to one source: opened when it is first needed, every call with a deadline, closed when it turns out dead
 * and opened anew by the next call. A call that hangs is left behind and never waited for.
 */
export class SourceConnection {
  readonly #open: Opener
  readonly #settings: ConnectionSettings
  #opening: Promise<OpenSource> | undefined
  #hanging = 0
  /** When the next call may begin, where calls are limited. */
  #nextCall = 0

  constructor(open: Opener, settings: ConnectionSettings) {
    this.#open = open
    this.#settings = settings
  }

  /** A connection to something that is open already. */
  static to(open: OpenSource, timeoutMs = 60_000): SourceConnection {
    return new SourceConnection(() => Promise.resolve(open), { timeoutMs })
  }

  get timeoutMs(): number {
    return this.#settings.timeoutMs
  }

  /**
   * Calls the source.
   * @throws GatewayError SRC-015 when it does not answer in time; whatever the connector throws
   */
  async call<T>(signal: AbortSignal, action: (open: OpenSource, context: CallContext) => Promise<T>): Promise<T> {
    await this.#slow(signal)
    return this.#within(signal, async (context) => action(await this.opened(context), context))
  }

  /** The open source; the caller keeps to deadlines himself. */
  async opened(context: CallContext): Promise<OpenSource> {
    if (this.#hanging >= mostHanging)
      throw error(
        'SRC-017',
        'Earlier calls still hang.',
        'Restart the gateway if it stays so after the source is back.',
      )
    const opening = (this.#opening ??= this.#open(context))
    try {
      return await opening
    } catch (cause) {
      if (this.#opening === opening) this.#opening = undefined
      throw cause
    }
  }

  /** Closes what is open; the next call opens anew. Never waits for something that hangs. */
  async drop(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    if (!opening) return
    const closing = opening.then((open) => open.close()).catch(() => undefined)
    const enough = new AbortController()
    const late = wait(closeMs, undefined, { signal: enough.signal }).catch(() => undefined)
    await Promise.race([closing, late])
    enough.abort()
  }

  async #within<T>(signal: AbortSignal, action: (context: CallContext) => Promise<T>): Promise<T> {
    const { timeoutMs } = this.#settings
    const ended = new AbortController()
    const stop = (): void => ended.abort(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    const timer = setTimeout(() => ended.abort(late(timeoutMs)), timeoutMs)
    const call = { isDone: false, isLeft: false }
    const running = action({ signal: ended.signal }).finally(() => {
      call.isDone = true
      if (call.isLeft) this.#hanging--
    })
    running.catch(() => undefined)
    try {
      return await Promise.race([
        running,
        new Promise<never>((_, reject) => {
          const refuse = (): void => {
            // A connector that heeds the signal ends by itself, just after.
            setTimeout(() => reject(ended.signal.reason as Error), 20)
          }
          ended.signal.addEventListener('abort', refuse, { once: true })
          if (ended.signal.aborted) refuse()
        }),
      ])
    } catch (cause) {
      throw ended.signal.aborted ? (ended.signal.reason as Error) : cause
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (!call.isDone && !signal.aborted) {
        call.isLeft = true
        this.#hanging++
      }
    }
  }

  async #slow(signal: AbortSignal): Promise<void> {
    const { callsPerMinute } = this.#settings
    if (callsPerMinute === undefined) return
    const now = performance.now()
    const begin = Math.max(now, this.#nextCall)
    this.#nextCall = begin + 60_000 / callsPerMinute
    if (begin > now) await wait(begin - now, undefined, { signal })
  }
}
