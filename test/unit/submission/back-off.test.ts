import fc from 'fast-check'
import { test } from 'tap'
import { backOffDelay, sandboxBackOff } from '../../../gateway/submission/back-off.ts'

test('three minutes, doubled up to an hour', async (t) => {
  const minutes = [1, 2, 3, 4, 5, 6, 50, 1e9].map((attempt) => backOffDelay(attempt, 0) / 60_000)
  t.same(minutes, [3, 6, 12, 24, 48, 60, 60, 60])
})

test('the sandbox waits one second at first and ten at most', async (t) => {
  t.same(
    [1, 2, 3, 4, 5, 6].map((n) => backOffDelay(n, 0, sandboxBackOff)),
    [1_000, 2_000, 4_000, 8_000, 10_000, 10_000],
  )
})

test('chance only shortens, and by no more than its share', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: -3, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const [whole, delay] = [backOffDelay(attempt, 0), backOffDelay(attempt, random)]
      return delay <= whole && delay >= Math.floor(whole * 0.8)
    }),
  )
  t.not(backOffDelay(3, 0.9), backOffDelay(3, 0.1))
})
