import { test } from 'tap'
import { checkOrder, compareStamps } from '../../../gateway/intake/order-of-rows.ts'
import { advance, beginAt, type EarlierMark, remember } from '../../../gateway/intake/watermark.ts'

const min = 60_000
const start = Date.parse('2026-11-22T10:00:00Z')
const at = (minutes: number): Date => new Date(start + minutes * min)
const row = (stamp: string, key = '1') => ({ stamp, key })

test('stamps are compared as what they are, and not at all where only the source can tell', async (t) => {
  t.ok((compareStamps('9', '10') ?? 0) < 0, 'numbers')
  t.ok((compareStamps('2026-11-22 10:00:00.000001', '2026-11-22 10:00:00.000002') ?? 0) < 0, 'finer than a millisecond')
  t.ok((compareStamps('2026-11-22T10:00:00+02:00', '2026-11-22T09:00:00Z') ?? 0) < 0, 'zones')
  t.equal(compareStamps('2026-11-22', '2026-11-22'), 0)
  t.equal(compareStamps('0x0A', '0x0B'), undefined)
})

test('reading begins again where it stood one overlap ago', async (t) => {
  let earlier: readonly EarlierMark[] = []
  const overlap = 30 * min
  t.equal(beginAt(undefined, earlier, overlap, at(0)), undefined)
  t.same(beginAt(row('5'), [], overlap, at(0)), row('5'), 'nothing is known yet')
  for (const [minute, stamp] of [
    [0, 'a'],
    [10, 'b'],
    [40, 'c'],
    [50, 'd'],
  ] as const)
    earlier = remember(row(stamp), earlier, overlap, at(minute))
  t.same(beginAt(row('d'), earlier, overlap, at(50)), row('b'), '20 minutes past, it stood at b')
  t.same(beginAt(row('d'), earlier, overlap, at(500)), row('d'))
  t.same(beginAt(row('d'), earlier, 0, at(50)), row('d'), 'no overlap wanted')
  t.equal(remember(row('d'), earlier, overlap, at(600)).length, 1, 'what is too old is forgotten')
  for (let i = 0; i < 5000; i++) earlier = remember(row(`e${i}`), earlier, overlap, at(60 + i / 100))
  t.ok(earlier.length < 130, 'and it never grows')
})

test('the mark never goes back, nor past a stamp of the future', async (t) => {
  t.same(advance(undefined, [row('1'), row('2')], at(0)), row('2'))
  t.same(advance(row('5'), [row('2'), row('3')], at(0)), row('5'))
  t.same(advance(row('5'), [], at(0)), row('5'))
  const page = [row('2026-11-22T09:00:00Z'), row('2099-01-01T00:00:00Z')]
  t.same(advance(undefined, page, at(0)), page[0])
})

test('a page in no order, or the same again, is refused', async (t) => {
  t.throws(() => checkOrder([row('2'), row('1')], undefined, 10), { code: 'SRC-021' })
  t.throws(() => checkOrder([row('1'), row('2')], row('2'), 2), { code: 'SRC-021' })
  t.doesNotThrow(() => checkOrder([row('1'), row('2')], row('2'), 3), 'a short page ends all the same')
  t.doesNotThrow(() => checkOrder([row('2', '1'), row('2', '2')], row('2', '0'), 2))
})
