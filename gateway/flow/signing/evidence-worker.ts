import type { Sha256 } from '../../contract/index.ts'
import { completeEvidence } from '../../signature/signing-evidence.ts'
import type { SigningEvidence } from '../../signature/signing-evidence.ts'
import { event, remove, upsert } from '../../store/writes.ts'
import type { Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import type { Tools } from '../tools.ts'
import { completedEvidence, openEvidence } from './evidence-keeper.ts'

const everyMs = 60_000
const perRound = 20
/** Afterwards nobody answers any more, or the certificate has ended. */
const giveUpMs = 30 * 86_400_000

type WorkerTools = Pick<Tools, 'store' | 'clock' | 'log' | 'revocation'>

/** Asks again for revocation evidence that could not be had when documents were signed, while the gateway runs. */
export class EvidenceWorker {
  readonly #tools: WorkerTools
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isBusy = false
  #after = ''

  constructor(tools: WorkerTools) {
    this.#tools = tools
  }

  start(): void {
    this.#timer = setInterval(() => this.#round(), everyMs)
    this.#timer.unref()
  }

  /** Returns when the round under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  /** One round over what is open; a long list goes on where the last round ended. */
  async look(): Promise<void> {
    const { settings } = this.#tools.store
    const rows = await settings.withPrefix(openEvidence, this.#after, perRound)
    for (const { key, value } of rows) await this.#complete(key.slice(openEvidence.length) as Sha256, value)
    this.#after = rows.length === perRound ? (rows.at(-1)?.key ?? '') : ''
  }

  #round(): void {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#looking = this.look()
      .catch((error: unknown) => this.#tools.log.error({ err: error }, 'gathering evidence failed'))
      .finally(() => {
        this.#isBusy = false
      })
  }

  async #complete(hash: Sha256, since: string): Promise<void> {
    const { store, clock, revocation } = this.#tools
    const now = clock()
    const kept = await store.reports.get(hash)
    const close = remove('setting', { key: openEvidence + hash })
    if (!kept) return store.commit([close])
    const evidence = JSON.parse(kept.bytes.toString()) as SigningEvidence
    const more = await completeEvidence(evidence, { revocation, now })
    if (!more.isOpen || more.revoked.length > 0) return this.#done(hash, more, close)
    if (now.getTime() - Date.parse(since) < giveUpMs) return
    const detail = { evidence: hash, missing: more.missing }
    await store.commit([
      close,
      event({ at: instant(now), actor: 'gateway', type: 'evidence.given-up', subject: hash, detail }),
    ])
  }

  async #done(hash: Sha256, more: SigningEvidence, close: Write): Promise<void> {
    const { store, clock, log } = this.#tools
    const at = instant(clock())
    const bytes = Buffer.from(JSON.stringify(more))
    const completed = sha256(bytes)
    const { revoked, missing } = more
    const type = revoked.length > 0 ? 'evidence.revoked' : 'evidence.completed'
    const detail = { completes: hash, missing, revoked }
    await store.commit([
      close,
      store.reports.write('evidence of a signer', 'application/json', bytes, at),
      upsert('setting', { key: completedEvidence + hash, value: completed }),
      event({ at, actor: 'gateway', type, subject: completed, detail }),
    ])
    if (revoked.length > 0) log.error({ revoked }, 'documents were signed with a certificate that is revoked')
    else log.info({ evidence: completed }, 'evidence of signatures was completed')
  }
}
