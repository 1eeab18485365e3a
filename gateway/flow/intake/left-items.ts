import type { SourceItem } from '../../contract/index.ts'
import type { LeftItemRow } from '../../store/tables.ts'
import { remove, type Write } from '../../store/writes.ts'
import type { Tools } from '../tools.ts'

/** How long a file that is not listed any more is remembered: a share may be away for a while. */
const forgetAfterMs = 30 * 24 * 3_600_000

/** The files that were taken and stay where they lie, of a source with `settle: leave`. */
export class LeftItems {
  readonly #source: string
  readonly #tools: Tools
  #known: Map<string, LeftItemRow> | undefined
  #swept = 0

  constructor(source: string, tools: Tools) {
    this.#source = source
    this.#tools = tools
  }

  async #all(): Promise<Map<string, LeftItemRow>> {
    this.#known ??= new Map((await this.#tools.store.sources.left(this.#source)).map((row) => [row.key, row]))
    return this.#known
  }

  async get(key: string): Promise<LeftItemRow | undefined> {
    return (await this.#all()).get(key)
  }

  /** Whether exactly this was taken already. */
  async has(item: SourceItem): Promise<boolean> {
    const row = await this.get(item.key)
    return row?.version === item.version && row.size === item.size
  }

  /** To be called once the row is committed. */
  async add(row: LeftItemRow): Promise<void> {
    ;(await this.#all()).set(row.key, row)
  }

  /** Forgets, once a day, what is gone for long. */
  async sweep(listed: readonly SourceItem[]): Promise<void> {
    const now = this.#tools.clock().getTime()
    if (now - this.#swept < 24 * 3_600_000) return
    this.#swept = now
    const known = await this.#all()
    const there = new Set(listed.map((item) => item.key))
    const gone = [...known.values()].filter((r) => !there.has(r.key) && now - Date.parse(r.at) > forgetAfterMs)
    const writes: Write[] = gone.map(({ source, key }) => remove('left_item', { source, key }))
    if (writes.length > 0) await this.#tools.store.commit(writes)
    for (const { key } of gone) known.delete(key)
  }
}
