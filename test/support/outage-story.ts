import type { EcocId } from '../../gateway/contract/index.ts'
import { DeliveryBench, startAt } from './delivery-bench.ts'

interface Assertions {
  teardown(done: () => Promise<void>): void
  equal(found: unknown, wanted: unknown, what: string): unknown
  ok(found: unknown, what: string): unknown
  same(found: unknown, wanted: unknown, what: string): unknown
}

/**
 * An outage on a simulated clock. A tenth of the vehicles has two stages, which are queued the wrong way round. Asserts what
 * issue 6 promises of it. @returns milliseconds of real time that draining took
 */
export const provesOutage = async (
  t: Assertions,
  { queued, hours }: { queued: number; hours: number },
): Promise<number> => {
  const bench = await DeliveryBench.make(t)
  const back = startAt + hours * 3_600_000
  const point = bench.accessPoint('nap', { act: ({ at }) => (at < back ? 'unreachable' : 'answer') })
  const other = bench.accessPoint('other')
  const ids: EcocId[] = []
  const twoStages = new Map<string, EcocId[]>()
  for (let i = 0; ids.length < queued; i++) {
    const first = await bench.signed({ access_point: 'nap', stage: i % 10 === 0 ? 3 : 2 })
    ids.push(first.id)
    if (i % 10 !== 0 || ids.length >= queued) continue
    // Due later, and yet it must go first.
    const before = await bench.signed({ access_point: 'nap', vin: first.vin, stage: 2 }, bench.now + 3_600_000)
    ids.push(before.id)
    twoStages.set(first.vin, [before.id, first.id])
  }
  const elsewhere = await bench.signed({ access_point: 'other' })

  await bench.run(back - 1)
  t.equal(point.accepted.size, 0, 'nothing was accepted during the outage')
  t.equal((await bench.ecoc(elsewhere.id)).state, 'accepted', 'another access point is not held up')
  t.equal(other.calls.length, 1, 'and was called once')
  const probes = point.calls.map((c) => c.at)
  const closest = probes.slice(10).map((at, i) => at - (probes[i + 9] ?? 0))
  t.ok(Math.min(...closest) >= 60_000, 'while open, probes are a minute apart')
  t.ok(probes.length <= hours * 60 + 10, `one probe a minute: ${probes.length} calls in ${hours} h`)
  t.ok(probes.length >= hours * 60 * 0.9, 'and it is probed all the time')

  const begun = performance.now()
  await bench.run(back + 6 * 3_600_000)
  const took = performance.now() - begun
  t.equal(point.accepted.size, queued, 'all were accepted afterwards')
  t.ok(
    [...point.accepted.values()].every((a) => a.count === 1),
    'each once',
  )
  const states = await bench.store.ecocs.countByState()
  t.same(states, { accepted: queued + 1 }, 'and the register says so')
  const order = new Map([...point.accepted.keys()].map((reference, i) => [reference, i]))
  const inOrder = await Promise.all(
    [...twoStages.values()].map(async (pair) => {
      const rows = await Promise.all(pair.map((id) => bench.ecoc(id)))
      const [a = -1, b = -1] = rows.map((r) => order.get(r.ivi_reference_id ?? ''))
      return a < b
    }),
  )
  t.ok(inOrder.length > 0 && inOrder.every(Boolean), 'of each vehicle the earlier stage went first')

  const said = bench.log.filter((line) => line['accessPoint'] === 'nap').map((line) => line['msg'])
  const words = ['access point cannot be reached: it is only probed now', 'access point can be reached again']
  t.same(said, words, 'one log line per change of state')
  const events = await bench.store.events.of('nap')
  t.same(
    events.map((e) => e.type),
    ['access_point.unreachable', 'access_point.reachable'],
    'and one event',
  )
  return took
}
