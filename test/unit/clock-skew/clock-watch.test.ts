import { test } from 'tap'
import { assertClock, httpDateOf } from '../../../gateway/clock-skew/clock-held.ts'
import { ClockWatch } from '../../../gateway/clock-skew/clock-watch.ts'
import type { TimeSample } from '../../../gateway/clock-skew/clock-watch.ts'

const start = Date.parse('2026-11-22T10:00:00Z')
const clocks = (seconds: number, setBy = 0) => ({ wall: start + (seconds + setBy) * 1000, steady: seconds * 1000 })
/** A peer whose clock differs from ours by so many seconds, asked at `at`, answering within `trip` seconds. */
const sample = (
  peer: string,
  skew: number,
  at = 0,
  trip = 0.2,
  kind: TimeSample['kind'] = 'http-date',
): TimeSample => ({
  peer,
  kind,
  time: start + Math.floor(at + trip / 2 + skew) * 1000,
  sent: clocks(at),
  received: clocks(at + trip),
})
const watch = (...samples: TimeSample[]): ClockWatch => {
  const made = new ClockWatch()
  for (const one of samples) made.note(one)
  return made
}

test('within 30 s nothing is held; above, signing waits and both times are said', async (t) => {
  t.match(watch(sample('rdw', 29)).verdict(clocks(1)), { isHeld: false, message: undefined })
  const verdict = watch(sample('rdw', 45)).verdict(clocks(1))
  t.equal(verdict.isHeld, true)
  t.match(
    verdict.message,
    /Our clock says 2026-11-22T10:00:01.000Z, rdw says 2026-11-22T10:00:4\d.\d{3}Z: 4\d s behind/,
  )
  t.match(watch(sample('rdw', -45)).verdict(clocks(1)), { isHeld: true, message: /s ahead/ })
  t.throws(() => assertClock(verdict), { code: 'CLK-001', kind: 'operational' })
  t.doesNotThrow(() => assertClock(watch().verdict(clocks(1))))
})

test('without samples, or with old ones only, nothing is known and nothing held', async (t) => {
  t.match(watch().verdict(clocks(0)), { isHeld: false, peers: [] })
  t.match(watch(sample('rdw', 45)).verdict(clocks(7 * 3600)), { isHeld: false, peers: [] })
})

test('setting our clock right ends the hold at once, setting it wrong begins one', async (t) => {
  const behind = watch(sample('rdw', 60))
  t.equal(behind.verdict(clocks(10)).isHeld, true)
  t.equal(behind.verdict(clocks(10, 60)).isHeld, false, 'set forward by a minute')
  const right = watch(sample('rdw', 0))
  t.equal(right.verdict(clocks(10)).isHeld, false)
  t.equal(right.verdict(clocks(10, -120)).isHeld, true, 'set back by two minutes')
})

test('one peer alone among others that agree with us has a wrong clock itself', async (t) => {
  const verdict = watch(sample('rdw', 300), sample('kba', 0), sample('vca', 1)).verdict(clocks(1))
  t.match(verdict, { isHeld: false, message: /rdw says .* Other clocks agree with ours/ })
  t.equal(watch(sample('rdw', 300), sample('kba', 0)).verdict(clocks(1)).isHeld, true, 'half of them')
  t.equal(watch(sample('rdw', 300), sample('kba', 290), sample('vca', 1)).verdict(clocks(1)).isHeld, true)
})

test('a time stamp decides', async (t) => {
  const stamp = sample('tsa', 40, 0, 0.2, 'time-stamp')
  t.equal(watch(stamp, sample('kba', 0), sample('vca', 0)).verdict(clocks(1)).isHeld, true)
  const good = sample('tsa', 0, 0, 0.2, 'time-stamp')
  t.equal(watch(good, sample('kba', 300), sample('vca', 300)).verdict(clocks(1)).isHeld, false)
})

test('a slow answer leaves room for its own delay, a very slow one says nothing', async (t) => {
  t.equal(watch(sample('rdw', 35, 0, 15)).verdict(clocks(20)).isHeld, false, '35 s ± 8')
  t.equal(watch(sample('rdw', 45, 0, 15)).verdict(clocks(20)).isHeld, true, '45 s ± 8')
  t.same(watch(sample('rdw', 500, 0, 25)).verdict(clocks(30)).peers, [])
  t.same(watch({ ...sample('rdw', 0), time: NaN }).verdict(clocks(1)).peers, [])
})

test('the newest sample of a peer counts', async (t) => {
  t.equal(watch(sample('rdw', 60), sample('rdw', 0, 5)).verdict(clocks(6)).isHeld, false)
})

test('HTTP dates', async (t) => {
  t.equal(httpDateOf('Sun, 22 Nov 2026 10:00:00 GMT'), start)
  for (const other of [undefined, '', '2026-11-22', 'Sun, 22 Nov 2026 10:00:00 CET', 'Sun, 99 Nov 2026 10:00:00 GMT'])
    t.equal(httpDateOf(other), undefined)
})
