import { setTimeout as pause } from 'node:timers/promises'
import type { Signer } from '../contract/signer.ts'
import type { Certificate } from '../trust/certificate.ts'
import { readCertificate } from '../trust/certificate.ts'
import type { RevocationService } from '../trust/revocation-service.ts'
import { gatherEvidence } from './signing-evidence.ts'
import type { SigningEvidence } from './signing-evidence.ts'

/** Whole evidence is looked at again after five minutes, which costs nothing while the service has its answers; else after one. */
const wholeMs = 300_000
const openMs = 60_000

interface Kept {
  readonly evidence: SigningEvidence
  readonly until: number
}

const same = (a: SigningEvidence, b: SigningEvidence): boolean =>
  JSON.stringify({ ...a, gatheredAt: '' }) === JSON.stringify({ ...b, gatheredAt: '' })

/** What proves who signed, of each signer as of now: gathered beside the signatures, which hardly ever wait for it. */
export class EvidenceBook {
  readonly #anchors: readonly Certificate[]
  readonly #revocation: RevocationService
  readonly #kept = new WeakMap<Signer, Kept>()
  readonly #running = new WeakMap<Signer, Promise<SigningEvidence>>()

  /** @param anchors roots that seals lead to */
  constructor(anchors: readonly Certificate[], revocation: RevocationService) {
    this.#anchors = anchors
    this.#revocation = revocation
  }

  /**
   * The evidence of a signer. The same object comes again while nothing new was learned.
   * @param patienceMs how long to wait for trust services; then what is known is given, or that nothing is
   */
  async of(signer: Signer, now: Date, patienceMs: number): Promise<SigningEvidence> {
    const kept = this.#kept.get(signer)
    if (kept && kept.until > now.getTime()) return kept.evidence
    const running = this.#running.get(signer) ?? this.#gather(signer, now)
    const waiting = new AbortController()
    const late = pause(patienceMs, undefined, { signal: waiting.signal })
    late.catch(() => undefined)
    try {
      return (await Promise.race([running, late])) ?? kept?.evidence ?? nothing(signer, now, patienceMs)
    } finally {
      waiting.abort()
    }
  }

  #gather(signer: Signer, now: Date): Promise<SigningEvidence> {
    const running = this.#look(signer, now).finally(() => this.#running.delete(signer))
    this.#running.set(signer, running)
    // Nobody may be waiting any more when it fails; who asks next is told.
    running.catch(() => undefined)
    return running
  }

  async #look(signer: Signer, now: Date): Promise<SigningEvidence> {
    const found = await gatherEvidence(signer, { anchors: this.#anchors, revocation: this.#revocation, now })
    const before = this.#kept.get(signer)?.evidence
    const evidence = before && same(before, found) ? before : found
    const isWhole = !evidence.isOpen && evidence.revoked.length === 0
    this.#kept.set(signer, { evidence, until: now.getTime() + (isWhole ? wholeMs : openMs) })
    return evidence
  }
}

const nothing = ({ chain }: Signer, now: Date, ms: number): SigningEvidence => ({
  gatheredAt: now.toISOString(),
  certificates: chain.map((der) => der.toString('base64')),
  revocation: [],
  missing: chain.slice(0, 1).map((der) => `${readCertificate(der).subject}: nobody answered within ${ms} ms.`),
  isOpen: true,
  revoked: [],
})
