import { currentLists, judgeLists } from '../trust/lists/judge-lists.ts'
import type { Judged } from '../trust/lists/judge-lists.ts'
import type { ListFacts } from '../trust/lists/list-facts.ts'
import type { LotlSigner } from '../trust/lists/lotl-signers.ts'
import { isListOfLists } from '../trust/lists/trusted-list.ts'

export interface ListPlan {
  /** All lists, the new ones among them, each with what its signature is worth. */
  readonly judged: readonly Judged[]
  readonly keep: readonly ListFacts[]
  readonly drop: readonly ListFacts[]
  /** New lists that are older than the trusted one that is here. */
  readonly older: ReadonlySet<string>
}

const sameList = (a: ListFacts, b: ListFacts): boolean =>
  a.territory === b.territory && isListOfLists(a) === isListOfLists(b)

/**
 * Older lists of lists without which the newest would not be trusted: each names the signers of the next. The others have done
 * their work.
 */
const neededLinks = (judged: readonly Judged[], pinned: readonly LotlSigner[]): ReadonlySet<string> => {
  const valid = judged.filter(({ signature, facts }) => signature === 'valid' && isListOfLists(facts))
  const newest = currentLists(valid).map(({ facts }) => facts.sha256)
  const isEnough = (lists: readonly ListFacts[]): boolean => {
    const trusted = judgeLists(lists, pinned).filter(({ signature }) => signature === 'valid')
    return newest.every((sha256) => trusted.some(({ facts }) => facts.sha256 === sha256))
  }
  let needed = valid.map(({ facts }) => facts)
  for (const { facts } of valid) {
    const without = needed.filter((one) => one !== facts)
    if (isEnough(without)) needed = without
  }
  return new Set(needed.map(({ sha256 }) => sha256))
}

/**
 * What to keep when lists come in. Of each territory the newest trusted list stays, and with it whatever is newer and not trusted
 * (yet): a list whose list of lists is still missing becomes valid when that comes. What is broken or unsigned is kept only
 * to be shown, while there is nothing better. An older list of lists stays while it is a link from a pinned signer to the newest one.
 */
export const planLists = (
  stored: readonly ListFacts[],
  incoming: readonly ListFacts[],
  pinned: readonly LotlSigner[],
): ListPlan => {
  const known = new Map([...stored, ...incoming].map((facts) => [facts.sha256, facts]))
  const judged = judgeLists([...known.values()], pinned)
  const current = currentLists(judged)
  const best = (facts: ListFacts): Judged | undefined => current.find((one) => sameList(one.facts, facts))
  const links = neededLinks(judged, pinned)
  const isKept = (one: Judged): boolean => {
    const top = best(one.facts)
    if (!top || top.facts.sha256 === one.facts.sha256) return true
    const isNewer = one.facts.sequence > top.facts.sequence
    return links.has(one.facts.sha256) || (one.signature === 'untrusted' && isNewer)
  }
  const kept = new Set(judged.filter(isKept).map(({ facts }) => facts.sha256))
  const isOlder = (facts: ListFacts): boolean => {
    const top = best(facts)
    return top?.signature === 'valid' && !isListOfLists(facts) && facts.sequence < top.facts.sequence
  }
  const before = new Set(stored.map(({ sha256 }) => sha256))
  return {
    judged,
    keep: [...known.values()].filter(({ sha256 }) => kept.has(sha256) && !before.has(sha256)),
    drop: stored.filter(({ sha256 }) => !kept.has(sha256)),
    older: new Set(incoming.filter(isOlder).map(({ sha256 }) => sha256)),
  }
}
