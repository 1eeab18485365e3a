import fc from 'fast-check'
import { test } from 'tap'
import { localDateTime, localDay } from '../../../gateway/support/local-time.ts'
import { continueAfter, newId } from '../../../gateway/support/new-id.ts'
import { fromMicro, toMicro } from '../../../gateway/support/decimal.ts'
import { Waker } from '../../../gateway/support/waker.ts'

test('ids sort by the time they were made, whatever the clock does', async (t) => {
  const start = Date.now()
  const steps = Array.from({ length: 20_000 }, (_, i) =>
    newId(i % 7 === 0 ? start - 5000 : start + Math.floor(i / 6000)),
  )
  t.equal(new Set(steps).size, steps.length)
  t.ok(
    steps.every((id, i) => i === 0 || id > (steps[i - 1] ?? '')),
    'also more than 4096 in a millisecond',
  )
  t.ok(
    steps.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    'RFC 9562',
  )
})

test('ids go on after those that are stored, though the clock was set back', async (t) => {
  const future = newId(Date.now() + 3_600_000)
  const stored = `${future.slice(0, 14)}7fff${future.slice(18)}`
  continueAfter('no id of ours')
  continueAfter(stored)
  const next = newId()
  t.ok(next > stored, `${next} > ${stored}`)
  continueAfter('00000000-0000-7000-8000-000000000000')
  t.ok(newId() > next, 'an older one changes nothing')
})

test('a calendar day is the plant’s day', async (t) => {
  const late = new Date('2026-12-31T23:30:00.007Z')
  t.equal(localDay(late, 'UTC'), '2026-12-31')
  t.equal(localDay(late, 'Europe/Berlin'), '2027-01-01')
  t.equal(localDay(late, 'America/New_York'), '2026-12-31')
  t.match(localDateTime(late, 'UTC'), /^2026-12-31T23:30:00\.007(Z|\+00:00)$/)
  t.equal(localDateTime(late, 'Europe/Berlin'), '2027-01-01T00:30:00.007+01:00')
  t.equal(localDateTime(new Date('2026-07-05T07:55:21.351Z'), 'Europe/Amsterdam'), '2026-07-05T09:55:21.351+02:00')
  t.equal(localDateTime(late, 'America/New_York'), '2026-12-31T18:30:00.007-05:00')
  t.equal(localDateTime(late, 'Asia/Kolkata'), '2027-01-01T05:00:00.007+05:30')
})

test('a local time names the same instant, in every hour of the year', async (t) => {
  const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Europe/London', 'America/St_Johns', 'Australia/Lord_Howe')
  fc.assert(fc.property(instants, zones, (ms, zone) => Date.parse(localDateTime(new Date(ms), zone)) === ms))
  const clocksBack = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].map((s) =>
    localDateTime(new Date(s), 'Europe/Berlin'),
  )
  t.same(clocksBack, ['2026-10-25T02:30:00.000+02:00', '2026-10-25T02:30:00.000+01:00'])
})

test('decimals are exact to the sixth place', async (t) => {
  const micro = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
  fc.assert(fc.property(micro, (m) => toMicro(fromMicro(m)) === m || m === 0))
  t.equal(toMicro('0.1'), 100_000)
  t.equal(toMicro(' +73.0 '), 73_000_000)
  t.equal(fromMicro(73_500_000), '73.5')
  for (const text of ['', '1e3', '1,5', '1.1234567', '1234567890', '.5', '--1', 'x'])
    t.equal(toMicro(text), undefined, text)
})

test('a sleeper is woken early, and a wake before the sleep is not lost', async (t) => {
  const waker = new Waker()
  const begun = performance.now()
  waker.wake()
  await waker.sleep(10_000)
  setTimeout(() => waker.wake(), 5)
  await waker.sleep(10_000)
  t.ok(performance.now() - begun < 5000)
  await waker.sleep(1)
})
