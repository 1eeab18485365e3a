import type { SourceItem } from '../contract/index.ts'
import { isIgnored } from './is-ignored.ts'

/**
 * Says which items are finished: size and version stood still over several of our own polls.
 * Our polls, never our clock against theirs: a server's time may be off by hours.
 */
export class StabilityWatch {
  readonly #polls: number
  #seen = new Map<string, { item: SourceItem; polls: number }>()

  /** @param polls how many polls in a row must show the item unchanged, the first one included */
  constructor(polls: number) {
    this.#polls = polls
  }

  /** Takes one listing, returns the items that are finished now. */
  observe(listing: readonly SourceItem[]): SourceItem[] {
    const seen = new Map<string, { item: SourceItem; polls: number }>()
    for (const item of listing) {
      if (isIgnored(item.key)) continue
      const before = this.#seen.get(item.key)
      const same = before?.item.size === item.size && before.item.version === item.version
      seen.set(item.key, { item, polls: same ? before.polls + 1 : 1 })
    }
    this.#seen = seen
    return [...seen.values()].filter((s) => s.polls >= this.#polls).map((s) => s.item)
  }

  /** An item that was taken starts anew when it is seen again. */
  forget(key: string): void {
    this.#seen.delete(key)
  }
}
