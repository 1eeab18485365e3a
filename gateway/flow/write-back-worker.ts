import { Waker } from '../support/waker.ts'
import type { Tools } from './tools.ts'
import { WriteBackLane } from './write-back-lane.ts'

const longestSleepMs = 5_000

/** Writes answers beside the records they answer, each source by itself: one that is slow or dead holds up no other. */
export class WriteBackWorker {
  readonly #tools: Tools
  readonly #isDown: (source: string) => boolean
  readonly #waker = new Waker()
  readonly #lanes = new Map<string, WriteBackLane>()
  #running: Promise<void> | undefined
  #stopped = false

  /** @param isDown whether a source is known to be dead: nothing is written there meanwhile */
  constructor(tools: Tools, isDown: (source: string) => boolean = () => false) {
    this.#tools = tools
    this.#isDown = isDown
  }

  start(): void {
    for (const name of this.#tools.sources.keys()) this.#lane(name)
    const off = this.#tools.store.onCommit((writes) => {
      for (const w of writes) {
        if (w.op === 'upsert' && w.table === 'write_back') this.#lanes.get(String(w.row.source))?.wake()
        if (w.op === 'update' && w.table === 'write_back' && w.set.state === 'pending') this.#wakeAll()
      }
    })
    this.#running = this.#watchOthers().finally(off)
  }

  /** Ends after the answers that are due have been written once more. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#waker.wake()
    await this.#running
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()))
  }

  #wakeAll(): void {
    for (const lane of this.#lanes.values()) lane.wake()
  }

  #lane(source: string): void {
    if (this.#lanes.has(source)) return
    const lane = new WriteBackLane(source, this.#tools, () => this.#isDown(source))
    this.#lanes.set(source, lane)
    lane.start()
  }

  /** Answers for sources that are not configured any more say so, too. */
  async #watchOthers(): Promise<void> {
    while (!this.#stopped) {
      try {
        for (const source of await this.#tools.store.writeBacks.pendingSources()) this.#lane(source)
      } catch (error) {
        this.#tools.log.error({ err: error }, 'waiting answers could not be looked up')
      }
      await this.#waker.sleep(longestSleepMs)
    }
  }
}
