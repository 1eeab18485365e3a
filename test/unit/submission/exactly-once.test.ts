import fc from 'fast-check'
import { test } from 'tap'
import { deliver, queryFaults, submitFaults, type Settings } from './delivery-model.ts'

const fault = fc.record({
  submit: fc.constantFrom(...submitFaults),
  query: fc.constantFrom(...queryFaults),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})
const faults = fc.array(fault, { maxLength: 25 })
const minutes = (n: number) => n * 60_000
const idempotent: Settings = { canQuery: true, delivery: { idempotentByReference: true, maxProcessingMs: minutes(15) } }
const plain: Settings = { canQuery: true, delivery: { idempotentByReference: false, maxProcessingMs: minutes(15) } }

for (const [name, settings] of [
  ['an access point that eliminates duplicates', idempotent],
  ['one of those that cannot be asked', { ...idempotent, canQuery: false }],
  ['one that processes what it gets as often as it gets it', plain],
  ['one of those that takes a day', { ...plain, delivery: { ...plain.delivery, maxProcessingMs: minutes(24 * 60) } }],
] as const) {
  test(`whatever goes wrong, exactly one acceptance at ${name}`, async (t) => {
    fc.assert(
      fc.property(faults, (sequence) => {
        const result = deliver(settings, sequence)
        return result.end === 'accepted' && result.count === 1
      }),
      { numRuns: 3_000, seed: 20260101 },
    )
    t.pass('held for 3,000 sequences of faults')
  })
}

test('at an access point that neither eliminates duplicates nor can be asked, a doubt goes to a person', async (t) => {
  fc.assert(
    fc.property(faults, (sequence) => {
      const result = deliver({ ...plain, canQuery: false }, sequence)
      return result.count <= 1 && (result.end === 'person' || result.end === 'accepted')
    }),
    { numRuns: 3_000, seed: 20260102 },
  )
  t.equal(deliver({ ...plain, canQuery: false }, [{ submit: 'cut-after', query: 'none', share: 0 }]).end, 'person')
})

test('the model catches rules that are too bold', async (t) => {
  const tooBold = (decide: Settings['decide']) => () =>
    fc.assert(
      fc.property(faults, (sequence) => deliver({ ...plain, ...(decide ? { decide } : {}) }, sequence).count <= 1),
      { numRuns: 3_000, seed: 20260103 },
    )
  t.throws(tooBold(() => ({ next: 'resend', reason: 'a time-out is a failure' })))
  t.throws(
    tooBold(({ notFoundAt, now }) =>
      notFoundAt.length > 0
        ? { next: 'resend', reason: 'not found once' }
        : { next: 'query', notBefore: now, reason: 'ask' },
    ),
  )
})
