import { GatewayError } from '../../contract/index.ts'

/** `starting` until it was looked at once, `failing` when the last look failed, `down` when that is told. */
export type SourceState = 'starting' | 'ok' | 'failing' | 'down'

/** A second failure in a row is told: one alone is a hiccup, and within three polls it must show. */
const failuresToTell = 2
/** Longest pause between looks at a dead source, in polls: it is to be seen within two that it is back. */
const longestPauses = 2

/** Whether a source answers, since when, and what to say about it: once when it is gone, once when it is back. */
export class SourceHealth {
  state: SourceState = 'starting'
  since: Date | undefined
  lastListedAt: Date | undefined
  lastProblem: string | undefined
  /** When the look that is under way began. */
  lookBegan: Date | undefined
  #failures = 0
  #retryAfterMs = 0

  /** @returns whether it was told that the source is gone, so that it is to be told that it is back */
  succeeded(now: Date): boolean {
    const wasDown = this.state === 'down'
    if (this.state !== 'ok') this.since = now
    this.state = 'ok'
    this.lastListedAt = now
    this.lastProblem = undefined
    this.#failures = 0
    this.#retryAfterMs = 0
    return wasDown
  }

  /** @returns whether it is to be told now that the source is gone */
  failed(error: Error, now: Date): boolean {
    this.#failures++
    this.lastProblem = error.message
    const seconds = error instanceof GatewayError ? error.params.retryAfterS : undefined
    this.#retryAfterMs = typeof seconds === 'number' ? Math.min(seconds, 24 * 3600) * 1000 : 0
    // Not answering at all has taken three polls already.
    const isTold = this.#failures >= failuresToTell || (error instanceof GatewayError && error.code === 'SRC-015')
    if (this.state !== 'down' && this.state !== 'failing') this.since = now
    if (this.state === 'down' || !isTold) {
      if (this.state !== 'down') this.state = 'failing'
      return false
    }
    this.state = 'down'
    return true
  }

  /** Milliseconds until the next look at a source that failed, by its own pace and what it asked for. */
  pause(pollMs: number): number {
    return Math.max(this.#retryAfterMs, pollMs * Math.min(this.#failures, longestPauses))
  }
}
