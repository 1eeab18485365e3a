import type { Sha256 } from '../../contract/ids.ts'
import type { ListFacts } from './list-facts.ts'
import { isPinned } from './lotl-signers.ts'
import type { LotlSigner } from './lotl-signers.ts'
import { isListOfLists } from './trusted-list.ts'

/** The signature of a list at the time of its issue. How old the list has become is another question. */
export type Standing = 'valid' | 'invalid' | 'absent' | 'untrusted'

export interface Judged {
  readonly facts: ListFacts
  readonly signature: Standing
  /** In one sentence, where it is not valid. */
  readonly why: string | undefined
}

/** What can be said without knowing who may sign it; undefined when only that is open. */
const ownFault = ({ signature, issued }: ListFacts): Omit<Judged, 'facts'> | undefined => {
  if (signature.state === 'absent') return { signature: 'absent', why: 'The list is not signed.' }
  if (signature.state === 'broken')
    return { signature: 'invalid', why: `The signature does not hold: ${signature.why}.` }
  const { subject, validFrom, validTo } = signature.signer
  if (issued >= validFrom && issued <= validTo) return undefined
  return { signature: 'invalid', why: `${subject} was not valid when the list was issued (${issued}).` }
}

const valid = { signature: 'valid', why: undefined } as const
const untrusted = (why: string): Omit<Judged, 'facts'> => ({ signature: 'untrusted', why })
const signerOf = ({ signature }: ListFacts): { sha256: Sha256 | ''; subject: string } =>
  signature.state === 'holds' ? signature.signer : { sha256: '', subject: '' }

/** A list of lists names its own next signers; those of the newest trusted one count besides what is pinned. */
const announcedBy = ({ pointers, territory }: ListFacts): readonly Sha256[] =>
  pointers.filter((p) => p.territory === territory && isListOfLists(p)).flatMap(({ signers }) => signers)

const judgeLotls = (lotls: readonly ListFacts[], pinned: readonly LotlSigner[]): Judged[] => {
  const announced = new Map<string, readonly Sha256[]>()
  return lotls
    .toSorted((a, b) => a.sequence - b.sequence || (a.issued < b.issued ? -1 : 1))
    .map((facts) => {
      const fault = ownFault(facts)
      if (fault) return { facts, ...fault }
      const { sha256, subject } = signerOf(facts)
      const isAnnounced = sha256 !== '' && announced.get(facts.territory)?.includes(sha256)
      if (!isAnnounced && !isPinned(pinned, sha256, facts.issued))
        return {
          facts,
          ...untrusted(
            `Its signer ${subject} (SHA-256 ${sha256}) is neither pinned for its day nor named by a trusted list of lists before it.`,
          ),
        }
      const own = announcedBy(facts)
      if (own.length > 0) announced.set(facts.territory, own)
      return { facts, ...valid }
    })
}

const judgeNational = (facts: ListFacts, lotl: ListFacts | undefined): Omit<Judged, 'facts'> => {
  const fault = ownFault(facts)
  if (fault) return fault
  if (!lotl) return untrusted('There is no trusted list of lists that names its signers. Import that too.')
  const pointers = lotl.pointers.filter((p) => p.territory === facts.territory && !isListOfLists(p))
  const { sha256, subject } = signerOf(facts)
  if (pointers.some(({ signers }) => sha256 !== '' && signers.includes(sha256))) return valid
  return untrusted(
    pointers.length === 0
      ? `The list of lists (sequence ${lotl.sequence}) names no list of ${facts.territory}.`
      : `Its signer ${subject} is none of those that the list of lists (sequence ${lotl.sequence}) names for ${facts.territory}.`,
  )
}

/** The newest of lists whose signature is valid. */
const newest = (judged: readonly Judged[]): ListFacts | undefined =>
  judged
    .filter(({ signature }) => signature === 'valid')
    .map(({ facts }) => facts)
    .sort((a, b) => b.sequence - a.sequence || (a.issued < b.issued ? 1 : -1))[0]

/**
 * Judges the signatures of all lists there are, in any order. A list of lists must be signed by a pinned certificate, or by one that
 * a trusted list of lists with a lower sequence number names as its own (a pivot); a national list by one that the newest
 * trusted list of lists names for its territory (Implementing Decision 2015/1505, Article 4; TS 119 615, 4.1 to 4.3).
 */
export const judgeLists = (lists: readonly ListFacts[], pinned: readonly LotlSigner[]): Judged[] => {
  const lotls = judgeLotls(lists.filter(isListOfLists), pinned)
  const lotl = newest(lotls)
  const others = lists.filter((facts) => !isListOfLists(facts))
  return [...lotls, ...others.map((facts) => ({ facts, ...judgeNational(facts, lotl) }))]
}

const rank: Readonly<Record<Standing, number>> = { valid: 0, untrusted: 1, invalid: 2, absent: 3 }

/** Of every territory the one that counts: a valid one before all others, then the newest. The list of lists comes first. */
export const currentLists = (judged: readonly Judged[]): Judged[] => {
  const best = new Map<string, Judged>()
  const order = [...judged].sort(
    (a, b) =>
      rank[a.signature] - rank[b.signature] ||
      b.facts.sequence - a.facts.sequence ||
      (a.facts.issued < b.facts.issued ? 1 : -1),
  )
  for (const one of order) {
    const key = `${isListOfLists(one.facts) ? '0' : '1'} ${one.facts.territory}`
    if (!best.has(key)) best.set(key, one)
  }
  return [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** Whether a newer list should be there by now. A closed list has no next one. */
export const isStale = ({ nextUpdate }: Pick<ListFacts, 'nextUpdate'>, now: Date): boolean =>
  nextUpdate !== null && now.getTime() > Date.parse(nextUpdate)
