export interface BackOffSettings {
  readonly firstMs: number
  readonly factor: number
  readonly capMs: number
  /** Share of a delay that chance may take away, 0 to 1, so that many documents do not come back at the same moment. */
  readonly jitter: number
}

/** Three minutes, doubled up to one hour. */
export const defaultBackOff: BackOffSettings = { firstMs: 180_000, factor: 2, capMs: 3_600_000, jitter: 0.2 }
/** The sandbox is quick: one second, at most ten. */
export const sandboxBackOff: BackOffSettings = { firstMs: 1_000, factor: 2, capMs: 10_000, jitter: 0.1 }

/**
 * Milliseconds to wait after the given attempt failed.
 * @param attempt 1 for the first attempt; smaller or odd values count as 1.
 * @param random in [0, 1), handed in so that this stays a pure function.
 */
export const backOffDelay = (attempt: number, random: number, settings: BackOffSettings = defaultBackOff): number => {
  const n = Number.isFinite(attempt) ? Math.max(1, Math.floor(attempt)) : 1
  const whole = Math.min(settings.capMs, settings.firstMs * settings.factor ** Math.min(n - 1, 64))
  return Math.round(whole * (1 - settings.jitter * Math.min(Math.max(random, 0), 1)))
}
