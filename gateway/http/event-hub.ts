import { states, type EcocState } from '../contract/index.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'

/** An eCoC was made or changed; `state` is missing where the change left it as it was. */
export interface EcocChange {
  readonly id: string
  readonly state?: EcocState
}

/** More changes than this that a client has not fetched: it reloads instead. */
const maxWaiting = 500

const isState = (value: unknown): value is EcocState => states.includes(value as EcocState)

const changeOf = (write: Write): EcocChange | undefined => {
  if (write.op === 'event' || write.op === 'delete' || write.table !== 'ecoc') return undefined
  const [id, state] = write.op === 'update' ? [write.where.id, write.set.state] : [write.row.id, write.row.state]
  if (typeof id !== 'string') return undefined
  return isState(state) ? { id, state } : { id }
}

/** What one client has yet to be told. Changes of the same eCoC become one, so it never holds more than it must. */
export class Subscription {
  readonly #waiting = new Map<string, EcocChange>()
  #overflown = false
  #wake: (() => void) | undefined

  add(change: EcocChange): void {
    const earlier = this.#waiting.get(change.id)
    this.#waiting.set(change.id, { ...earlier, ...change })
    if (this.#waiting.size > maxWaiting) {
      this.#waiting.clear()
      this.#overflown = true
    }
    this.#wake?.()
  }

  /** What happened since the last call; `reset` says that some of it was let go. */
  take(): { reset: boolean; changes: EcocChange[] } {
    const taken = { reset: this.#overflown, changes: [...this.#waiting.values()] }
    this.#waiting.clear()
    this.#overflown = false
    return taken
  }

  /** Resolves when something waits, at the latest after so many milliseconds or when the signal comes. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#waiting.size > 0 || this.#overflown || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#wake = undefined
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      this.#wake = done
    })
  }
}

/** Hands changes of eCoCs from the store to all who listen. One listener at the store, however many clients. */
export class EventHub {
  readonly #clients = new Set<Subscription>()
  readonly #maxClients: number

  constructor(store: Store, maxClients: number) {
    this.#maxClients = maxClients
    store.onCommit((writes) => {
      if (this.#clients.size === 0) return
      for (const write of writes) {
        const change = changeOf(write)
        if (change) for (const client of this.#clients) client.add(change)
      }
    })
  }

  /** A new client, or undefined when there are too many. */
  open(): Subscription | undefined {
    if (this.#clients.size >= this.#maxClients) return undefined
    const client = new Subscription()
    this.#clients.add(client)
    return client
  }

  close(client: Subscription): void {
    this.#clients.delete(client)
  }

  get size(): number {
    return this.#clients.size
  }
}
