import { test } from 'tap'
import type { EcocState, InboxRecord, SpoolId } from '../../../gateway/contract/index.ts'
import { states } from '../../../gateway/contract/index.ts'
import { decideRecord, type Earlier } from '../../../gateway/flow/intake/decide-record.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { at, makeEcoc } from '../../contract/store-rows.ts'

const spool = { id: 'spool-1' as SpoolId, source: 'drop', mapper: 'sage-x3' }
const recordOf = (content: string, vin = 'XEB35N2CCT0100001'): InboxRecord => ({
  line: 2,
  recordKey: 'key' as InboxRecord['recordKey'],
  vin: vin as InboxRecord['vin'],
  fields: {},
  contentSha256: sha256(content),
})
const signedStates: readonly EcocState[] = [
  'signed',
  'dispatching',
  'outcome_unknown',
  'awaiting_receipt',
  'accepted',
  'accepted_with_warnings',
  'reopened',
]
const earlierIn = (state: EcocState, over: Partial<EcocRow> = {}): Earlier => {
  const signed = signedStates.includes(state) || state === 'rejected'
  const { row } = makeEcoc({ state, signed_sha256: signed ? sha256('signed') : null, ...over })
  return { ...row, content_sha256: sha256('old') }
}
const decide = (content: string, earlier?: Earlier, versionAfterRejection: 'same' | 'next' = 'next') => {
  const context = {
    spool,
    at: at(5),
    firstStage: 'base',
    versionAfterRejection,
    accessPoint: null,
    mode: 'live',
  } as const
  const decision = decideRecord(recordOf(content), earlier, context)
  const made = decision.writes.find((w) => w.op === 'insert' && w.table === 'ecoc')
  const ecoc = made?.op === 'insert' ? (made.row as unknown as EcocRow) : undefined
  const kind = decision.known
    ? 'known'
    : ecoc === undefined
      ? 'replaced'
      : ecoc.proposal_of !== null
        ? `proposal of ${ecoc.proposal_of === earlier?.id ? 'it' : ecoc.proposal_of}`
        : `new version ${ecoc.version}`
  return { ...decision, kind, made: ecoc }
}

/** What a changed record means for an eCoC in each state (architecture, rule 5). */
const changed: Record<EcocState, string> = {
  received: 'replaced',
  mapped: 'replaced',
  checked: 'replaced',
  held: 'replaced',
  awaiting_signoff: 'replaced',
  signed: 'proposal of it',
  dispatching: 'proposal of it',
  outcome_unknown: 'proposal of it',
  awaiting_receipt: 'proposal of it',
  accepted: 'proposal of it',
  accepted_with_warnings: 'proposal of it',
  rejected: 'new version 2',
  compared: 'replaced',
  superseded: 'new version 1',
  reopened: 'proposal of it',
  dead_letter: 'replaced',
  cancelled: 'new version 1',
}

test('a record that nobody knows begins at version 1', async (t) => {
  const { kind, known, made, writes } = decide('new')
  t.equal(kind, 'new version 1')
  t.equal(known, false)
  t.match(made, { state: 'received', source: 'drop', signed_sha256: null, manufacturer: null })
  t.same(
    writes.map((w) => (w.op === 'event' ? w.event.type : `${w.op} ${w.table}`)),
    ['insert record', 'insert ecoc', 'upsert job', 'record.received'],
  )
})

test('a changed record means one thing in every state', async (t) => {
  for (const state of states) t.equal(decide('new', earlierIn(state)).kind, changed[state], state)
})

test('a record that came before is known, and nothing is written, unless all that came of it is closed', async (t) => {
  for (const state of states) {
    const earlier = earlierIn(state)
    const { kind, writes, ecoc } = decide('old', earlier)
    if (state === 'superseded' || state === 'cancelled') t.match(kind, /^new/, state)
    else if (state === 'dead_letter') t.equal(kind, 'replaced', 'taken up again')
    else t.same([kind, writes, ecoc], ['known', [], earlier.id], state)
  }
})

test('nothing signed is ever replaced, whatever state it came to rest in', async (t) => {
  for (const state of states) {
    const { kind } = decide('new', earlierIn(state, { signed_sha256: sha256('signed') }))
    t.not(kind, 'replaced', state)
  }
  t.equal(decide('new', earlierIn('held', { signed_sha256: sha256('s') })).kind, 'proposal of it')
  t.equal(decide('old', earlierIn('dead_letter', { signed_sha256: sha256('s') })).kind, 'known')
})

test('a replacement takes its whole content from the new record, and voids what was signed off', async (t) => {
  const earlier = earlierIn('awaiting_signoff', { manufacturer: 'X', document_sha256: sha256('d'), version: 3 })
  const { writes, ecoc } = decide('new', earlier)
  t.equal(ecoc, earlier.id)
  const [update] = writes.filter((w) => w.op === 'update' && w.table === 'ecoc')
  t.match(update, {
    expect: 1,
    where: { id: earlier.id, record_id: earlier.record_id, state: 'awaiting_signoff' },
    set: { state: 'received', manufacturer: null, document_sha256: null, vin: 'XEB35N2CCT0100001' },
  })
  t.equal(writes.filter((w) => w.op === 'update' && w.table === 'sign_off').length, 2)
})

test('after a rejection the version is what the access point declares', async (t) => {
  t.equal(decide('new', earlierIn('rejected', { version: 4 }), 'next').kind, 'new version 5')
  t.equal(decide('new', earlierIn('rejected', { version: 4 }), 'same').kind, 'new version 4')
  const superseded = decide('new', earlierIn('rejected')).writes.find((w) => w.op === 'update')
  t.match(superseded, { op: 'update', table: 'ecoc', set: { state: 'superseded' }, expect: 1 })
})

test('beside a cancelled correction no version begins again at 1', async (t) => {
  t.equal(decide('new', earlierIn('cancelled', { version: 2 })).kind, 'new version 2')
})

test('a change after a change stays a proposal of the one that was sent', async (t) => {
  t.equal(decide('new', earlierIn('signed', { proposal_of: 'first' as EcocRow['id'] })).kind, 'proposal of first')
})

test('other data under a confirmed correction is a proposal again: a person confirmed what was shown', async (t) => {
  const original = 'the-accepted-one' as EcocRow['id']
  for (const state of ['received', 'held', 'awaiting_signoff'] as const) {
    const { writes, kind } = decide('new', earlierIn(state, { replaces: original, version: 2 }))
    t.equal(kind, 'replaced')
    const change = writes.find((w) => w.op === 'update' && w.table === 'ecoc')
    t.match(change, { set: { proposal_of: original, replaces: null, state: 'received' } })
  }
  t.equal(decide('new', earlierIn('rejected', { replaces: original, version: 2 })).kind, `proposal of ${original}`)
})

test('a record of what the earlier process delivered is known when it comes again', async (t) => {
  const delivered = earlierIn('cancelled', { reason_code: 'FLO-012' })
  t.match(decide('old', delivered), { kind: 'known', ecoc: delivered.id })
  t.equal(decide('new', delivered).kind, 'new version 1')
  t.equal(decide('old', earlierIn('cancelled', { reason_code: 'FLO-009' })).kind, 'new version 1')
})
