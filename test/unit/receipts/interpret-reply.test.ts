import fc from 'fast-check'
import { test } from 'tap'
import type { Reply } from '../../../gateway/contract/access-point.ts'
import type { IviReferenceId, Sha256 } from '../../../gateway/contract/ids.ts'
import { interpretReply, type Expected } from '../../../gateway/receipts/interpret-reply.ts'

const ours = '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1'
const hash = 'ab'.repeat(32)
const expected: Expected = {
  iviReferenceId: ours as IviReferenceId,
  sha256: hash as Sha256,
  operation: 'submit',
  idempotentByReference: false,
}
const message = { code: 'X-1', text: 'text', severity: 'error' as const }
const reply = (outcome: Reply['outcome'], more: Partial<Reply> = {}): Reply => ({
  outcome,
  reference: 'AP-1',
  iviReferenceId: ours,
  sha256: undefined,
  messages: [message],
  ...more,
})
const query = { ...expected, operation: 'query' as const }

for (const [title, given, against, next, outcome] of [
  ['accepted', reply('accepted'), expected, 'accepted', 'accepted'],
  [
    'accepted without naming the reference',
    reply('accepted', { iviReferenceId: undefined }),
    expected,
    'accepted',
    'accepted',
  ],
  [
    'accepted, reference in capitals',
    reply('accepted', { iviReferenceId: ours.toUpperCase() }),
    expected,
    'accepted',
    'accepted',
  ],
  [
    'accepted with warnings',
    reply('accepted_with_warnings'),
    expected,
    'accepted_with_warnings',
    'accepted_with_warnings',
  ],
  ['accepted, but holding other content', reply('accepted', { sha256: 'cd'.repeat(32) }), expected, 'hold', undefined],
  ['rejected', reply('rejected'), expected, 'rejected', 'rejected'],
  ['pending', reply('pending'), expected, 'awaiting_receipt', 'pending'],
  ['duplicate with our hash', reply('duplicate', { sha256: hash }), expected, 'accepted', 'accepted'],
  [
    'duplicate with our hash in capitals',
    reply('duplicate', { sha256: hash.toUpperCase() }),
    expected,
    'accepted',
    'accepted',
  ],
  ['duplicate with another hash', reply('duplicate', { sha256: 'cd'.repeat(32) }), expected, 'hold', undefined],
  ['duplicate without a hash', reply('duplicate'), expected, 'ask', undefined],
  [
    'duplicate without a hash, declared ours',
    reply('duplicate'),
    { ...expected, duplicate: 'ours' },
    'accepted',
    'accepted',
  ],
  [
    'duplicate with another hash, declared ours',
    reply('duplicate', { sha256: 'cd'.repeat(32) }),
    { ...expected, duplicate: 'ours' },
    'hold',
    undefined,
  ],
  ['duplicate without a hash, when asked', reply('duplicate'), query, 'accepted', 'accepted'],
  ['acceptance of another reference', reply('accepted', { iviReferenceId: 'other' }), expected, 'ask', undefined],
  ['rejection of another reference', reply('rejected', { iviReferenceId: 'other' }), expected, 'ask', undefined],
  [
    'duplicate of another reference',
    reply('duplicate', { iviReferenceId: 'other', sha256: hash }),
    expected,
    'ask',
    undefined,
  ],
  ['technical', reply('technical'), expected, 'ask', undefined],
  ['technical, idempotent', reply('technical'), { ...expected, idempotentByReference: true }, 'retry', undefined],
  ['technical, turned away unread', reply('technical'), { ...expected, isTurnedAway: true }, 'retry', undefined],
  ['technical, when asked', reply('technical'), { ...query, idempotentByReference: true }, 'ask', undefined],
  ['not found', reply('not_found'), query, 'ask', undefined],
  ['not found, a dropped file', reply('not_found'), { ...query, isAwaited: true }, 'awaiting_receipt', undefined],
  ['unreadable', reply('unreadable'), expected, 'ask', undefined],
] as const) {
  test(`${title}: ${next}`, async (t) => {
    const { receipt, ...rest } = interpretReply(given, against)
    t.equal(rest.next, next)
    t.not(rest.reason, '')
    t.same(receipt, outcome && { outcome, reference: 'AP-1', messages: [message] })
  })
}

test('no answer about another reference, and none with other content, ever ends as accepted', async (t) => {
  const outcome = fc.constantFrom<Reply['outcome']>(
    'accepted',
    'accepted_with_warnings',
    'pending',
    'rejected',
    'duplicate',
    'not_found',
    'technical',
    'unreadable',
  )
  const foreign = fc.record({
    outcome,
    id: fc.constantFrom(ours, 'other'),
    sha: fc.constantFrom(undefined, hash, 'cd'.repeat(32)),
    asked: fc.boolean(),
  })
  fc.assert(
    fc.property(foreign, ({ outcome, id, sha, asked }) => {
      fc.pre(id !== ours || (sha !== undefined && sha !== hash))
      const { next, receipt } = interpretReply(
        reply(outcome, { iviReferenceId: id, sha256: sha }),
        asked ? query : expected,
      )
      return receipt === undefined && (next === 'ask' || next === 'hold')
    }),
  )
  t.pass()
})
