import { test } from 'tap'
import { createAccessPointControl } from '../../../gateway/flow/delivery/access-point-control.ts'
import { DeliveryWatch } from '../../../gateway/flow/delivery/delivery-watch.ts'
import { retryAfterMs } from '../../../gateway/submission/gate.ts'
import { maintenanceEnd } from '../../../gateway/submission/maintenance.ts'
import { DeliveryBench, startAt } from '../../support/delivery-bench.ts'

const minute = 60_000
const hour = 60 * minute

test('a throttle: never more calls within any minute than allowed, and all get through', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('nap', {}, { maxPerMinute: 10 })
  for (let i = 0; i < 35; i++) await bench.signed({ access_point: 'nap' })
  await bench.runFor(hour)
  t.equal(point.accepted.size, 35)
  const at = point.calls.map((c) => c.at)
  t.ok(
    at.every((time) => at.filter((other) => other > time - minute && other <= time).length <= 10),
    'in any minute',
  )
  t.equal(Math.floor(((at.at(-1) ?? 0) - startAt) / minute), 3, 'no slower than it must be')
})

test('a pause holds back, says so, ends by itself, and touches no other access point', async (t) => {
  const bench = await DeliveryBench.make(t)
  const [point, other] = [bench.accessPoint('nap'), bench.accessPoint('other')]
  const control = createAccessPointControl(bench.tools)
  const until = new Date(startAt + 2 * hour)
  await control.pause('nap', { reason: 'their release', until }, 'Alex')
  await bench.signed({ access_point: 'nap' })
  await bench.signed({ access_point: 'other' })
  await bench.runFor(hour)
  t.same([point.calls.length, other.calls.length], [0, 1])
  const [nap] = await control.list()
  t.match(nap, {
    state: 'paused',
    until: until.toISOString(),
    queued: 1,
    pause: { reason: 'their release', by: 'Alex' },
  })
  await bench.runFor(hour + minute)
  t.equal(point.calls[0]?.at, until.getTime(), 'it goes on at once')
  await new DeliveryWatch(bench.tools).look()
  t.same(
    (await bench.store.events.of('nap')).map((e) => [e.type, e.actor]),
    [
      ['access_point.paused', 'Alex'],
      ['access_point.resumed', 'gateway'],
    ],
  )
  await t.rejects(control.resume('nap', 'Alex'), { code: 'SUB-103' })
  await t.rejects(control.pause('gone', { reason: 'x', until }, 'Alex'), { code: 'SUB-101' })
  await t.rejects(control.pause('nap', { reason: 'x', until: new Date(startAt) }, 'Alex'), { code: 'SUB-102' })
})

test('maintenance: nothing is called in its hours, in the time zone it is declared in', async (t) => {
  const bench = await DeliveryBench.make(t)
  // The story begins on Wednesday at 09:00 in Amsterdam.
  const maintenance = [{ days: ['wed' as const], from: '08:30', to: '10:15' }]
  const point = bench.accessPoint('nap', {}, { maintenance })
  await bench.signed({ access_point: 'nap' })
  await bench.runFor(3 * hour)
  t.equal(point.calls[0]?.at, startAt + hour + 15 * minute)
})

test('the end of a maintenance window, over midnight and on its days only', async (t) => {
  const night = { days: ['fri' as const], from: '22:00', to: '02:00', timeZone: 'Europe/Amsterdam' }
  const at = (text: string): number => Date.parse(text)
  const end = (text: string): string | undefined => {
    const found = maintenanceEnd([night], at(text))
    return found === undefined ? undefined : new Date(found).toISOString()
  }
  t.equal(end('2026-11-20T20:59:00Z'), undefined, 'Friday, a minute before')
  t.equal(end('2026-11-20T21:00:30Z'), '2026-11-21T01:00:00.000Z', 'Friday at 22:00')
  t.equal(end('2026-11-21T00:59:00Z'), '2026-11-21T01:00:00.000Z', 'Saturday night')
  t.equal(end('2026-11-21T01:00:00Z'), undefined, 'its end')
  t.equal(end('2026-11-21T21:30:00Z'), undefined, 'not on Saturday evening')
  t.equal(
    maintenanceEnd([{ ...night, days: [], from: '00:00', to: '24:00' }], at('2026-11-21T12:00:00Z')),
    at('2026-11-21T23:00:00Z'),
  )
})

test('Retry-After is kept to by everything that goes there', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('nap')
  point.act = ({ at }) =>
    at < startAt + minute ? { reply: { outcome: 'technical' }, raw: { status: 503, retryAfter: '1800' } } : 'answer'
  await bench.signed({ access_point: 'nap' })
  await bench.runFor(minute)
  await bench.signed({ access_point: 'nap' })
  await bench.runFor(6 * hour)
  t.equal(point.accepted.size, 2)
  t.equal(point.calls.length, 3)
  t.equal(point.calls[1]?.at, startAt + 30 * minute, 'the second vehicle waits as well')
  t.equal(retryAfterMs('Wed, 18 Nov 2026 08:10:00 GMT', startAt), 10 * minute)
  for (const nothing of ['soon', '-5', '', undefined, 'Wed, 18 Nov 2020 08:10:00 GMT'])
    t.equal(retryAfterMs(nothing, startAt), undefined)
  t.equal(retryAfterMs('999999999', startAt), 24 * hour, 'a day at most')
})

test('what is late is told once before and once after its deadline', async (t) => {
  const bench = await DeliveryBench.make(t)
  const watch = new DeliveryWatch(bench.tools)
  bench.accessPoint('nap', { act: () => 'unreachable' })
  const row = await bench.signed({ access_point: 'nap' })
  const tree = { InitialVehicleInformation: [{}] }
  const model = Buffer.from(JSON.stringify({ vin: row.vin, tree, facts: {} }))
  await bench.store.commit([bench.store.contents.write(row.id, 'model', model, row.created_at)])
  const told = async (): Promise<string[]> => {
    await watch.look()
    await watch.look()
    const types = (await bench.store.events.of(row.id)).map((e) => e.type)
    return types.filter((type) => type.startsWith('ecoc.deadline'))
  }
  bench.now += hour
  t.same(await told(), [])
  bench.now = startAt + 5 * 24 * hour
  t.same(await told(), ['ecoc.deadline_near'])
  bench.now = startAt + 7 * 24 * hour
  t.same(await told(), ['ecoc.deadline_near', 'ecoc.deadline_missed'])
})
