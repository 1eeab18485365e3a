import { test } from 'tap'
import { resolveUnknown } from '../../../gateway/submission/resolve-unknown.ts'

const plain = { idempotentByReference: false, maxProcessingMs: 900_000 }
const base = { delivery: plain, canQuery: true, lastDispatchedAt: 1_000_000, notFoundAt: [], now: 1_100_000 }

test('an access point that eliminates duplicates gets it again at once', async (t) => {
  t.match(resolveUnknown({ ...base, delivery: { ...plain, idempotentByReference: true }, canQuery: false }), {
    next: 'resend',
  })
})

test('one that cannot be asked: a person decides', async (t) => {
  t.match(resolveUnknown({ ...base, canQuery: false }), { next: 'person' })
})

test('asked at once, then once more after the longest processing time', async (t) => {
  t.match(resolveUnknown(base), { next: 'query', notBefore: 1_100_000 })
  t.match(resolveUnknown({ ...base, notFoundAt: [1_050_000] }), { next: 'query', notBefore: 1_950_000 })
})

test('sent again only after two answers far enough apart', async (t) => {
  t.match(resolveUnknown({ ...base, notFoundAt: [1_950_000, 1_050_000] }), { next: 'resend' }, 'in any order')
  t.match(resolveUnknown({ ...base, notFoundAt: [1_050_000, 1_949_999] }), { next: 'query' }, 'a millisecond too early')
})

test('answers from before the last submission do not count', async (t) => {
  t.match(resolveUnknown({ ...base, notFoundAt: [10, 950_000, 1_000_001] }), { next: 'query', notBefore: 1_900_001 })
})

test('one answer is not two, even where processing takes no time', async (t) => {
  const delivery = { ...plain, maxProcessingMs: 0 }
  t.match(resolveUnknown({ ...base, delivery, notFoundAt: [1_050_000] }), { next: 'query' })
  t.match(resolveUnknown({ ...base, delivery, notFoundAt: [1_050_000, 1_050_001] }), { next: 'resend' })
})
