import type { EcocId, EcocState, InboxRecord, SpoolId } from '../../../gateway/contract/index.ts'
import { supersede } from '../../../gateway/flow/supersede.ts'
import { createActions } from '../../../gateway/flow/actions/create-actions.ts'
import { decideRecord } from '../../../gateway/flow/intake/decide-record.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { remove, update } from '../../../gateway/store/writes.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { at } from '../../contract/store-rows.ts'
import type { FlowBench } from './flow-tools.ts'

const identity = { manufacturer: 'Example Bodies', stage: 2, profile: 'EU', environment: 'sandbox' }
const closed: ReadonlySet<EcocState> = new Set(['superseded', 'cancelled'])
const open = (e: EcocRow): boolean => !closed.has(e.state)

/** Where the stages take an eCoC from a state. `held` as a proposal is where a person decides. */
const onward: Partial<Record<EcocState, readonly EcocState[]>> = {
  received: ['mapped', 'held', 'dead_letter'],
  mapped: ['checked', 'held', 'dead_letter'],
  checked: ['awaiting_signoff', 'signed', 'dead_letter'],
  awaiting_signoff: ['checked', 'held'],
  held: ['received'],
  signed: ['dispatching', 'held'],
  dispatching: ['accepted', 'rejected', 'outcome_unknown', 'awaiting_receipt', 'dead_letter'],
  awaiting_receipt: ['accepted_with_warnings', 'rejected'],
  outcome_unknown: ['accepted', 'rejected', 'signed'],
}

/** One vehicle in a real store, moved at random; it remembers what an access point got to see. */
export class RecordModel {
  readonly #bench: FlowBench
  readonly #versionAfterRejection: 'same' | 'next'
  readonly #sent = new Map<EcocId, number>()
  readonly #signedOf = new Map<EcocId, string>()
  /** Only after a rejection may an access point see the same version again. */
  readonly #rejected = new Set<EcocId>()

  readonly #vin: InboxRecord['vin']

  /** @param vin of a vehicle that nobody knows in this store yet */
  constructor(bench: FlowBench, vin: string, versionAfterRejection: 'same' | 'next') {
    this.#bench = bench
    this.#vin = vin as InboxRecord['vin']
    this.#versionAfterRejection = versionAfterRejection
  }

  rows(): Promise<EcocRow[]> {
    return this.#bench.store.ecocs.list({ vin: this.#vin, limit: 500 })
  }

  /** A record comes in; says what is wrong with how it was taken. */
  async come(content: string): Promise<string[]> {
    const { store } = this.#bench
    const recordKey = `${this.#vin}/2` as InboxRecord['recordKey']
    const earlier = await store.ecocs.latestByKey('sage-x3', recordKey, 'live')
    const line = { line: 2, recordKey, vin: this.#vin, fields: {} }
    const decision = decideRecord({ ...line, contentSha256: sha256(content) }, earlier, {
      spool: { id: 'spool' as SpoolId, source: 'drop', mapper: 'sage-x3' },
      at: at(0),
      firstStage: 'base',
      versionAfterRejection: this.#versionAfterRejection,
      accessPoint: null,
      mode: 'live',
    })
    await store.commit(decision.writes)
    const same = earlier?.content_sha256 === sha256(content) && open(earlier)
    const takenUp = earlier?.state === 'dead_letter' && earlier.signed_sha256 === null
    const faults: string[] = []
    if (decision.known !== (same && !takenUp))
      faults.push(`known is ${decision.known} after ${earlier?.state ?? 'nothing'}`)
    if (decision.known && decision.ecoc !== earlier?.id) faults.push('a known row names another eCoC')
    return faults
  }

  /** The stages take an eCoC one step on, as far as the store lets them. */
  async move(pick: number, choice: number): Promise<void> {
    const movable = (await this.rows()).filter((e) => onward[e.state])
    const ecoc = movable[pick % (movable.length || 1)]
    if (ecoc) await this.#step(ecoc, choice)
  }

  /** The newest goes all the way without anything in between. */
  async deliver(): Promise<void> {
    for (const choice of [0, 0, 1, 0, 0]) {
      const [newest] = await this.rows()
      if (newest?.proposal_of === null) await this.#step(newest, choice)
    }
  }

  async #step(ecoc: EcocRow, choice: number): Promise<void> {
    const ways = onward[ecoc.state]
    if (!ways) return
    // A proposal is compared and then rests: held for a person, or cancelled when nothing differs.
    const proposal = ecoc.proposal_of !== null
    const to = proposal ? (choice % 2 === 0 ? 'held' : 'cancelled') : ways[choice % ways.length]
    if (!to) return
    const made = to === 'mapped' ? identity : to === 'signed' ? { signed_sha256: sha256(ecoc.id) } : {}
    try {
      const taken = to === 'accepted' ? await supersede(ecoc, 'gateway', this.#bench.tools) : []
      await this.#bench.store.commit([
        update('ecoc', { id: ecoc.id, state: ecoc.state }, { state: to, ...made }, 1),
        // What was accepted has no work left, as the flow ends it.
        ...(to === 'accepted' ? [remove('job', { ecoc_id: ecoc.id })] : []),
        ...taken,
      ])
    } catch (error) {
      if (!(error as Error).message.includes('ecoc.vin, ecoc.manufacturer')) throw error
      await this.#bench.store.commit([update('ecoc', { id: ecoc.id }, { state: 'held', reason_code: 'FLO-004' }, 1)])
      return
    }
    if (to === 'signed') this.#signedOf.set(ecoc.id, ecoc.record_id)
    if (to === 'rejected') this.#rejected.add(ecoc.id)
    if (to === 'dispatching') this.#sent.set(ecoc.id, ecoc.version)
  }

  /** A person acts; what a state does not allow is refused and changes nothing. */
  async act(verb: 'cancel' | 'correct' | 'reopen' | 'replay', pick: number): Promise<void> {
    const rows = await this.rows()
    const ecoc = rows[pick % (rows.length || 1)]
    if (!ecoc) return
    const actions = createActions(this.#bench.tools, new Map(), 'base')
    const act = {
      cancel: () => actions.cancel(ecoc.id, 'x', 'quality'),
      correct: () => actions.correct(ecoc.id, 'quality'),
      reopen: () => actions.reopen(ecoc.id, 'x', 'quality'),
      replay: () => actions.replay(ecoc.id, 'quality'),
    }
    await act[verb]().catch((error: unknown) => {
      if (!['ACT-409', 'ACT-411'].includes((error as { code?: string }).code ?? '')) throw error
    })
  }

  /** What must never be, whatever came. */
  async faults(): Promise<string[]> {
    const rows = await this.rows()
    const faults: string[] = []
    const ways = rows.filter((e) => open(e) && e.proposal_of === null)
    for (const version of new Set(ways.map((e) => e.version))) {
      const twins = ways.filter((e) => e.version === version)
      if (twins.length > 1) faults.push(`${twins.length} open eCoCs of version ${version}`)
    }
    if (rows.filter((e) => e.proposal_of !== null && open(e)).length > 1) faults.push('two proposals at once')
    for (const [id, record] of this.#signedOf) {
      const now = rows.find((e) => e.id === id)
      if (now?.record_id !== record || now.signed_sha256 !== sha256(id)) faults.push('what was signed was replaced')
    }
    for (const [id, version] of this.#sent)
      for (const [other, its] of this.#sent)
        if (id < other && version === its && !this.#rejected.has(id)) faults.push(`version ${version} was sent twice`)
    return faults
  }
}
