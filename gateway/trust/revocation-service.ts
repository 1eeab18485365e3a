import { randomBytes } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import { askCrl } from './crl.ts'
import { askOcsp, ocspRequest } from './ocsp.ts'
import { crlUrls, ocspUrls } from './revocation-pointers.ts'
import { unknown } from './revocation.ts'
import type { Revocation, RevocationEvidence, RevocationQuestion } from './revocation.ts'
import type { TrustFetch } from './trust-fetch.ts'

const maxOcspBytes = 256 * 1024
const maxCrlBytes = 20 * 1024 * 1024
/**
 * An answer is asked for again after an hour, as CAs publish early when something was revoked, and holds on to its nextUpdate
 * where nobody answers then; a failure after a minute.
 */
const goodForMs = 3_600_000
const badForMs = 60_000
const maxKept = 1_000
const maxLists = 20

/** Judges by statements in hand only: a decided one wins, a revocation before a good one. */
export const askEvidence = (evidence: readonly RevocationEvidence[], question: RevocationQuestion): Revocation => {
  const answers = evidence.map(({ kind, der }) => (kind === 'ocsp' ? askOcsp(der, question) : askCrl(der, question)))
  const best = answers.find((a) => a.status === 'revoked') ?? answers.find((a) => a.status === 'good')
  return best ?? answers[0] ?? unknown('Nothing about its revocation is at hand.')
}

/** Asks trust services whether certificates were revoked, and remembers what they said. */
export interface RevocationService {
  /** OCSP first, then the revocation list, as the certificate names them. Never throws: what could not be found out is unknown. */
  ask(question: RevocationQuestion): Promise<Revocation>
}

export interface RevocationServiceOptions {
  /** Undefined: nothing is asked for, only the lists given are used. */
  readonly fetch?: TrustFetch | undefined
  /** Revocation lists (DER) of a site without a way out. */
  readonly lists?: readonly Buffer[]
}

interface Kept<T> {
  readonly value: T
  readonly until: number
}

/** Until when an answer holds by its own account. */
const heldUntil = (answer: Revocation, now: Date): number =>
  answer.status === 'unknown' ? 0 : (answer.nextUpdate?.getTime() ?? now.getTime() + goodForMs)

/** A small cache by time; the oldest goes when it is full. */
const keeper = <T>(max: number) => {
  const kept = new Map<string, Kept<T>>()
  return {
    get: (key: string, now: Date): T | undefined => {
      const found = kept.get(key)
      return found && found.until > now.getTime() ? found.value : undefined
    },
    set: (key: string, value: T, until: number): void => {
      kept.delete(key)
      kept.set(key, { value, until })
      const [oldest] = kept.keys()
      if (kept.size > max && oldest !== undefined) kept.delete(oldest)
    },
  }
}

const reasonOf = (error: unknown): Revocation => {
  if (error instanceof GatewayError) return unknown(error.message)
  throw error
}

/**
 * Makes the service. Answers and lists are kept for an hour, but not past their nextUpdate; failures for a minute; the same question
 * asked twice at once goes out once.
 * Ask only about certificates whose path is trusted: their addresses come from the certificate.
 */
export const makeRevocationService = ({ fetch, lists = [] }: RevocationServiceOptions): RevocationService => {
  const answers = keeper<Revocation>(maxKept)
  const held = keeper<Revocation>(maxKept)
  const crls = keeper<Buffer>(maxLists)
  const underWay = new Map<string, Promise<Revocation>>()
  const given = lists.map((der): RevocationEvidence => ({ kind: 'crl', der }))

  const overOcsp = async (url: string, question: RevocationQuestion, get: TrustFetch): Promise<Revocation> => {
    const nonce = randomBytes(16)
    const bytes = ocspRequest(question.certificate, question.issuer, nonce)
    const body = { type: 'application/ocsp-request', bytes }
    return askOcsp(await get({ url, body, maxBytes: maxOcspBytes }), question, nonce)
  }
  const overCrl = async (url: string, question: RevocationQuestion, get: TrustFetch): Promise<Revocation> => {
    const kept = crls.get(url, question.now)
    const der = kept ?? (await get({ url, maxBytes: maxCrlBytes }))
    const answer = askCrl(der, question)
    if (!kept && answer.status !== 'unknown') crls.set(url, der, question.now.getTime() + goodForMs)
    return answer
  }

  const askAll = async (question: RevocationQuestion): Promise<Revocation> => {
    const inHand = askEvidence(given, question)
    if (inHand.status !== 'unknown') return inHand
    const { certificate } = question
    try {
      const ways = [
        ...ocspUrls(certificate).map((url) => ({ url, ask: overOcsp })),
        ...crlUrls(certificate).map((url) => ({ url, ask: overCrl })),
      ]
      if (ways.length === 0) return unknown('The certificate names neither an OCSP responder nor a revocation list.')
      if (!fetch) return unknown('Trust services are not asked.')
      const whys: string[] = []
      for (const { url, ask } of ways) {
        const answer = await ask(url, question, fetch).catch(reasonOf)
        if (answer.status !== 'unknown') return answer
        whys.push(answer.why)
      }
      return unknown(whys.join(' '))
    } catch (error) {
      return reasonOf(error)
    }
  }

  return {
    ask: async (question) => {
      const { certificate, issuer, at, now } = question
      // An answer about the present serves for a minute's worth of questions about it; the past is always judged anew.
      const isNow = Math.abs(now.getTime() - at.getTime()) < badForMs
      const key = `${certificate.sha256} ${issuer.sha256} ${isNow ? 'now' : at.toISOString()}`
      const kept = answers.get(key, now)
      if (kept) return kept
      const running = underWay.get(key) ?? askAll(question).finally(() => underWay.delete(key))
      underWay.set(key, running)
      const told = await running
      const until = heldUntil(told, now)
      if (until > now.getTime()) held.set(key, told, until)
      // Nobody answers now: what was said before holds as long as it says itself, and is asked for again soon.
      const answer = told.status === 'unknown' ? (held.get(key, now) ?? told) : told
      const asked =
        told.status === 'unknown' ? badForMs : Math.max(badForMs, Math.min(goodForMs, until - now.getTime()))
      answers.set(key, answer, now.getTime() + asked)
      return answer
    },
  }
}
