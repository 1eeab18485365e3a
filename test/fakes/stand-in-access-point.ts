/**
 * An access point inside the test's own process: for what takes days on a simulated clock, or thousands of calls. It has no
 * wire; what it answers is decided by the test. It keeps what it accepted by reference, as real ones do.
 */
import { z } from 'zod'
import {
  type AccessPoint,
  type DeliveryProfile,
  type RawReply,
  type Reply,
  SendError,
} from '../../gateway/contract/index.ts'
import { sha256 } from '../../gateway/support/hash.ts'

/** One call that came, in the order in which they came. */
export interface StandInCall {
  readonly at: number
  readonly operation: 'submit' | 'query' | 'cancel'
  readonly reference: string
  readonly messageId: string
  readonly vin: string
  readonly envelopeSha256: string
  readonly documentSha256: string
}

/** What it does with a call: answers, answers so, or fails as the wire would. */
export type StandInAct =
  | 'answer'
  | 'unreachable'
  | 'cut-before'
  | 'cut-after'
  | {
      readonly reply: Partial<Reply> & Pick<Reply, 'outcome'>
      readonly accepts?: boolean
      readonly raw?: Partial<RawReply>
    }

interface Body {
  readonly reference: string
  readonly messageId: string
  readonly vin: string
  readonly document: string
}

const profile: DeliveryProfile = {
  idempotentByReference: true,
  maxProcessingMs: 15 * 60_000,
  versionAfterRejection: 'same',
  timeoutMs: 60_000,
  channel: 'call',
  reusesEnvelope: true,
  maxBytes: 1_000_000,
  duplicate: 'ask',
}

const raw = (reply: Reply, more: Partial<RawReply> = {}): RawReply => ({
  status: 200,
  contentType: 'application/json',
  bytes: Buffer.from(JSON.stringify(reply)),
  ...more,
})

export interface StandInOptions {
  readonly clock: () => Date
  readonly delivery?: Partial<DeliveryProfile>
  readonly without?: readonly ('query' | 'cancel')[]
  /** Decides on a call. */
  readonly act?: (call: StandInCall) => StandInAct
}

export class StandInAccessPoint {
  readonly calls: StandInCall[] = []
  /** Reference → what it holds and how often that was processed. */
  readonly accepted = new Map<string, { vin: string; sha256: string; count: number }>()
  act: (call: StandInCall) => StandInAct
  readonly connector: AccessPoint
  #envelopes = 0

  constructor({ clock, delivery = {}, without = [], act = () => 'answer' }: StandInOptions) {
    this.act = act
    const all = { ...profile, ...delivery }
    const say = (reference: string, outcome: Reply['outcome'], more: Partial<Reply> = {}): Reply => ({
      ...{ outcome, reference: undefined, iviReferenceId: reference, sha256: undefined, messages: [] },
      ...more,
    })
    const take = (call: Omit<StandInCall, 'at'>, own: () => Reply): Promise<RawReply> => {
      const noted = { ...call, at: clock().getTime() }
      this.calls.push(noted)
      const act = this.act(noted)
      if (act === 'unreachable') return Promise.reject(new SendError('ECONNREFUSED', false))
      if (act === 'cut-before') return Promise.reject(new SendError('cut', true))
      if (typeof act === 'object') {
        if (act.accepts) own()
        return Promise.resolve(raw(say(call.reference, act.reply.outcome, act.reply), act.raw))
      }
      const reply = own()
      return act === 'cut-after' ? Promise.reject(new SendError('cut', true)) : Promise.resolve(raw(reply))
    }
    const submitted = (reference: string, vin: string, hash: string): Reply => {
      const known = this.accepted.get(reference)
      if (known && all.idempotentByReference) return say(reference, 'duplicate', { sha256: known.sha256 })
      this.accepted.set(reference, { vin, sha256: hash, count: (known?.count ?? 0) + 1 })
      return say(reference, 'accepted', { sha256: hash })
    }
    const ask = (operation: 'query' | 'cancel', reference: string, messageId: string): Promise<RawReply> => {
      const found = this.accepted.get(reference)
      const call = { operation, reference, messageId, vin: found?.vin ?? '', envelopeSha256: '', documentSha256: '' }
      return take(call, () => {
        const held = this.accepted.get(reference)
        if (!held) return say(reference, 'not_found')
        if (operation === 'cancel') this.accepted.delete(reference)
        return say(reference, 'accepted', operation === 'query' ? { sha256: held.sha256 } : {})
      })
    }
    this.connector = {
      name: 'stand-in',
      title: 'Stand-in',
      config: z.unknown(),
      delivery: () => all,
      test: () => Promise.resolve([]),
      // Each envelope is another one, as where it carries a time: only a stored one is the same again.
      envelope: (_, document, messageId, { vin }) => {
        const body = { reference: document.iviReferenceId, messageId, vin, document: document.bytes.toString('base64') }
        const bytes = Buffer.from(JSON.stringify({ ...body, made: ++this.#envelopes }))
        return { bytes, contentType: 'application/json', headers: {} }
      },
      send: (_, envelope) => {
        const { reference, messageId, vin, document } = JSON.parse(envelope.bytes.toString()) as Body
        const hash = sha256(Buffer.from(document, 'base64'))
        const hashes = { envelopeSha256: sha256(envelope.bytes), documentSha256: hash }
        return take({ operation: 'submit', reference, messageId, vin, ...hashes }, () =>
          submitted(reference, vin, hash),
        )
      },
      parse: (_, reply) => JSON.parse(reply.bytes.toString()) as Reply,
      ...(without.includes('query') ? {} : { query: (_, reference, id) => ask('query', reference, id) }),
      ...(without.includes('cancel') ? {} : { cancel: (_, reference, id) => ask('cancel', reference, id) }),
    }
  }

  /** The calls of one operation. */
  of(operation: StandInCall['operation']): StandInCall[] {
    return this.calls.filter((c) => c.operation === operation)
  }
}
