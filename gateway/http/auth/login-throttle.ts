interface Tries {
  failed: number
  /** Milliseconds since the epoch. */
  lastAt: number
}

/**
 * What is slowed down: a name from one address, a name from wherever, an address whatever the name. The last two are
 * weak: behind a proxy many people share an address, and who fails on purpose must not lock somebody else out.
 */
type Kind = 'pair' | 'name' | 'address'
/** Failures before the first delay. */
const free: Readonly<Record<Kind, number>> = { pair: 5, name: 20, address: 20 }
const longestDelayMs: Readonly<Record<Kind, number>> = { pair: 15 * 60_000, name: 30_000, address: 60_000 }
/** After this long without a failure a name or address starts afresh. */
const forgottenAfterMs = 30 * 60_000
const maxEntries = 10_000

const keysOf = (name: string, address: string): readonly (readonly [Kind, string])[] => [
  ['pair', `pair ${address} ${name}`],
  ['name', `name ${name}`],
  ['address', `address ${address}`],
]

/**
 * Slows down guessing: after some failures each further one doubles the wait (`Kind`).
 * A try counts before the password is looked at, so that many at once gain nothing. Kept in memory, bounded.
 */
export class LoginThrottle {
  readonly #clock: () => Date
  readonly #tries = new Map<string, Tries>()
  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** Counts a try. Returns 0 when it may go on, else the milliseconds to wait. */
  begin(name: string, address: string): number {
    const keys = keysOf(name, address)
    const wait = Math.max(...keys.map(([kind, key]) => this.#wait(kind, key)))
    if (wait > 0) return wait
    for (const [, key] of keys) this.#count(key)
    return 0
  }

  /**
   * The password was right: the name starts afresh at this address, and what it failed there is taken off the name.
   * What others fail elsewhere stays counted. The address loses the one try that `begin` counted.
   */
  succeeded(name: string, address: string): void {
    const own = this.#tries.get(`pair ${address} ${name}`)?.failed ?? 1
    this.#tries.delete(`pair ${address} ${name}`)
    this.#forgive(`name ${name}`, own)
    this.#forgive(`address ${address}`, 1)
  }

  #forgive(key: string, tries: number): void {
    const entry = this.#tries.get(key)
    if (entry) entry.failed = Math.max(0, entry.failed - tries)
  }

  #wait(kind: Kind, key: string): number {
    const entry = this.#tries.get(key)
    if (!entry) return 0
    const now = this.#clock().getTime()
    if (now - entry.lastAt > forgottenAfterMs) {
      this.#tries.delete(key)
      return 0
    }
    const over = entry.failed - free[kind]
    if (over < 0) return 0
    const delay = Math.min(1000 * 2 ** Math.min(over, 20), longestDelayMs[kind])
    return Math.max(0, entry.lastAt + delay - now)
  }

  #count(key: string): void {
    const entry = this.#tries.get(key) ?? { failed: 0, lastAt: 0 }
    // Set anew so that the oldest stand first in the map and fall out first.
    this.#tries.delete(key)
    this.#tries.set(key, { failed: entry.failed + 1, lastAt: this.#clock().getTime() })
    const oldest = this.#tries.keys().next()
    if (this.#tries.size > maxEntries && !oldest.done) this.#tries.delete(oldest.value)
  }
}
