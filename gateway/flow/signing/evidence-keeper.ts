import type { EcocId, Sha256 } from '../../contract/index.ts'
import type { SigningEvidence } from '../../signature/signing-evidence.ts'
import type { Store } from '../../store/store.ts'
import { upsert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Clock } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'

/** Settings that tell of evidence: what is still to be had since when, and what completed it. */
export const openEvidence = 'evidence open '
export const completedEvidence = 'evidence completed '

/** In the content of an eCoC: its evidence by hash, as hundreds of documents share one. */
interface EvidenceReference {
  readonly evidence: Sha256
}
export const evidenceContent = (hash: Sha256): Buffer =>
  Buffer.from(JSON.stringify({ evidence: hash } satisfies EvidenceReference))

/** Keeps evidence once, whoever signs with it; what is missing of it is asked for later. */
export class EvidenceKeeper {
  readonly #store: Pick<Store, 'commit' | 'reports'>
  readonly #clock: Clock
  readonly #kept = new WeakMap<SigningEvidence, Promise<Sha256>>()

  constructor(store: Pick<Store, 'commit' | 'reports'>, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** @returns the hash under which it is kept */
  keep(evidence: SigningEvidence): Promise<Sha256> {
    const known = this.#kept.get(evidence)
    if (known) return known
    const keeping = this.#write(evidence).catch((error: unknown) => {
      this.#kept.delete(evidence)
      throw error
    })
    this.#kept.set(evidence, keeping)
    return keeping
  }

  async #write(evidence: SigningEvidence): Promise<Sha256> {
    const bytes = Buffer.from(JSON.stringify(evidence))
    const hash = sha256(bytes)
    const at = instant(this.#clock())
    await this.#store.commit([
      this.#store.reports.write('evidence of a signer', 'application/json', bytes, at),
      ...(evidence.isOpen ? [upsert('setting', { key: openEvidence + hash, value: at })] : []),
    ])
    return hash
  }
}

/** What proves who signed an eCoC, as completed since; undefined where it was signed before evidence was kept. */
export const evidenceOfEcoc = async (
  ecoc: EcocId,
  store: Pick<Store, 'contents' | 'reports' | 'settings'>,
): Promise<{ readonly sha256: Sha256; readonly evidence: SigningEvidence } | undefined> => {
  const content = await store.contents.get(ecoc, 'evidence')
  if (!content) return undefined
  const { evidence } = JSON.parse(content.bytes.toString()) as EvidenceReference
  const hash = ((await store.settings.get(completedEvidence + evidence)) ?? evidence) as Sha256
  const kept = await store.reports.get(hash)
  return kept && { sha256: hash, evidence: JSON.parse(kept.bytes.toString()) as SigningEvidence }
}
