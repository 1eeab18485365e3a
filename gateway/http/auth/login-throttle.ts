interface Tries {
  failed: number
  /** Milliseconds since the epoch. */
  lastAt: number
}

/** Failures before the first delay. Behind a proxy many people share an address, so it is given more. */
const free = { name: 5, address: 20 }
const longestDelayMs = { name: 15 * 60_000, address: 60_000 }
/** After this long without a failure a name or address starts afresh. */
const forgottenAfterMs = 30 * 60_000
const maxEntries = 10_000

/**
 * Slows down guessing, per name and per address: after some failures each further one doubles the wait.
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
    const waits = [this.#wait('name', name), this.#wait('address', address)]
    const wait = Math.max(...waits)
    if (wait > 0) return wait
    this.#count(`name ${name}`)
    this.#count(`address ${address}`)
    return 0
  }

  /** The password was right: the name starts afresh, and the address loses the one try that `begin` counted. */
  succeeded(name: string, address: string): void {
    this.#tries.delete(`name ${name}`)
    const entry = this.#tries.get(`address ${address}`)
    if (entry) entry.failed -= 1
  }

  #wait(kind: 'name' | 'address', value: string): number {
    const key = `${kind} ${value}`
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
