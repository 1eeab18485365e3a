import fc from 'fast-check'
import { test } from 'tap'
import { eachOf, inTurns, median, pairedRatio, percentile } from '../../bench/measure.ts'
import { type CpuProfile, timeByStage } from '../../bench/profile-stages.ts'
import { figure, table } from '../../bench/table.ts'

test('medians and percentiles are values of the sample, in whatever order it comes', (t) => {
  t.equal(median([3, 1, 2]), 2)
  t.equal(median([4, 1, 2, 3]), 2.5)
  t.equal(percentile([5, 1, 4, 2, 3], 0.5), 3)
  t.equal(percentile([1, 2, 3], 0.99), 3)
  t.ok(Number.isNaN(median([])) && Number.isNaN(percentile([], 0.5)))
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const value = percentile(values, share)
        const below = values.filter((other) => other <= value).length
        return values.includes(value) && below >= share * values.length
      },
    ),
  )
  t.end()
})

test('works take turns, and the warm-up is not counted', async (t) => {
  const ran: string[] = []
  const costs = await inTurns({ a: () => void ran.push('a'), b: () => void ran.push('b') }, 2)
  t.same(ran, ['a', 'b', 'a', 'b', 'a', 'b'])
  t.equal(costs.a.length, 2)
  t.equal(costs.b.length, 2)
})

test('a ratio is taken within each turn, so a slow moment of the machine cancels out', (t) => {
  t.equal(pairedRatio([2, 20, 200], [1, 10, 100]), 2)
  t.end()
})

test('every item is worked on once, and never more at once than allowed', async (t) => {
  let underWay = 0
  let most = 0
  const done: number[] = []
  await eachOf([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++underWay)
    await new Promise((resolve) => setImmediate(resolve))
    underWay--
    done.push(item)
  })
  t.equal(most, 3)
  t.same(
    done.toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7],
  )
})

const frame = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url },
  children,
})
const profile: CpuProfile = {
  nodes: [
    frame(1, '(root)', '', [2, 5, 6, 7, 9]),
    frame(2, 'run', 'file:///x/gateway/flow/steps/checks-step.ts', [3]),
    frame(3, 'check', 'file:///x/gateway/checks/schema-check.ts', [4]),
    frame(4, 'parse', 'wasm://wasm/1'),
    frame(5, '(garbage collector)', ''),
    frame(6, '(idle)', ''),
    frame(7, 'commit', 'file:///x/gateway/flow/fail.ts', [8]),
    frame(8, 'exec', 'file:///x/node_modules/better-sqlite3/lib/methods/wrappers.js'),
    frame(9, 'onread', 'node:internal/stream_base_commons'),
  ],
  startTime: 1_000,
  samples: [4, 5, 6, 8, 9, 3],
  timeDeltas: [100, 10, 1_000, 20, 30, 40],
}

test('sampled time belongs to the innermost stage, and waiting to nobody', (t) => {
  t.same(timeByStage(profile, 0, 10_000), { checks: 140, gc: 10, flow: 20, network: 30 })
  t.same(timeByStage(profile, 1_105, 1_115), { gc: 10 }, 'only between the two moments')
  t.end()
})

test('figures are short, and columns line up', (t) => {
  t.equal(figure(0.123456, 'ms'), '0.123 ms')
  t.equal(figure(12345.6, '/s'), '12,346 /s')
  t.equal(figure(NaN), '–')
  const [head, , first, second] = table([
    { what: 'a', ours: '1', peer: '2', note: '' },
    { what: 'long name', ours: '10,000 /s', peer: '', note: 'x' },
  ]).split('\n')
  t.equal(head?.indexOf('ours'), 'long name'.length + 2 + '10,000 /s'.length - 'ours'.length)
  t.ok(first?.startsWith('a  ') && second?.endsWith('x'))
  t.end()
})
