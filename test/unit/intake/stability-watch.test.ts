import fc from 'fast-check'
import { test } from 'tap'
import type { SourceItem } from '../../../gateway/contract/index.ts'
import { StabilityWatch } from '../../../gateway/intake/stability-watch.ts'

const item = (key: string, size: number, version = String(size)): SourceItem => ({ key, size, version })
const keys = (items: readonly SourceItem[]): string[] => items.map((i) => i.key)

test('a file is finished when it stood still over the polls asked for', async (t) => {
  const watch = new StabilityWatch(3)
  t.same(watch.observe([item('a.csv', 10)]), [])
  t.same(watch.observe([item('a.csv', 10)]), [])
  t.same(keys(watch.observe([item('a.csv', 10), item('b.csv', 1)])), ['a.csv'])
  t.same(keys(watch.observe([item('a.csv', 10), item('b.csv', 1)])), ['a.csv'], 'offered until it is taken')
  watch.forget('a.csv')
  t.same(keys(watch.observe([item('a.csv', 10), item('b.csv', 1)])), ['b.csv'])
})

test('one poll is enough where the source says so', async (t) => {
  t.same(keys(new StabilityWatch(1).observe([item('a.csv', 10)])), ['a.csv'])
})

test('an overwritten file of the same size, or one that was gone in between, begins anew', async (t) => {
  const watch = new StabilityWatch(2)
  watch.observe([item('a.csv', 10, 'v1'), item('b.csv', 5)])
  t.same(watch.observe([item('a.csv', 10, 'v2')]), [])
  t.same(keys(watch.observe([item('a.csv', 10, 'v2'), item('b.csv', 5)])), ['a.csv'])
})

test('how the server tells the time does not matter: its times may run backwards or stand in the future', async (t) => {
  const watch = new StabilityWatch(2)
  watch.observe([item('a.csv', 10, '2099-01-01')])
  t.same(watch.observe([item('a.csv', 20, '1970-01-01')]), [])
  t.same(keys(watch.observe([item('a.csv', 20, '1970-01-01')])), ['a.csv'])
})

test('a file that still grows or is written anew is never taken early', async () => {
  const sizes = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), sizes, (polls, history) => {
      const watch = new StabilityWatch(polls)
      let still = 0
      return history.every((size, i) => {
        still = size === history[i - 1] ? still + 1 : 1
        return watch.observe([item('a.csv', size)]).length === (still >= polls ? 1 : 0)
      })
    }),
  )
})
