import { test } from 'tap'
import { driftValues, trendOf } from '../../../gateway/drift/trend.ts'
import { seededRandom } from '../../support/ivi-mutations.ts'
import { approval, base, group, model } from './drift-sample.ts'

test('the drift of a vehicle is told whatever the tolerance is', async (t) => {
  const built = model(
    (coc) => {
      group(coc, 'MassGroup').MassInRunningOrder = '4040'
      group(coc, 'DimensionGroup').Length = '6965'
    },
    { weighedMass: '3905', fuelLevel: '95' },
  )
  const declares = approval({ DimensionGroup: { Length: '7000' } })
  t.strictSame(driftValues({ model: built, base: base(), approval: declares }), [
    { field: 'MassInRunningOrder', deviation: 1 },
    { field: 'weighing', deviation: -1.486 },
    { field: 'Length', deviation: -0.5 },
  ])
  t.strictSame(driftValues({ model: model(() => undefined, { bodyMass: '' }), base: base(), approval: undefined }), [])
})

/** Deviations around a mean, evenly spread by one percentage point to each side. */
const around = (mean: number, count: number, seed: number): number[] => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => mean + 2 * random() - 1)
}

test('mean and spread are those of the last hundred', async (t) => {
  const trend = trendOf([...Array<number>(50).fill(90), ...Array<number>(50).fill(1), ...Array<number>(50).fill(3)])
  t.equal(trend.count, 100)
  t.equal(trend.mean, 2)
  t.ok(Math.abs(trend.spread - 1.005) < 0.001)
  t.match(trendOf([]), { count: 0, mean: 0, spread: 0, shift: 0, alert: false })
  t.match(trendOf([2]), { count: 1, mean: 2, spread: 0, alert: false })
})

test('a scale that goes out of calibration shows within ten vehicles', async (t) => {
  for (let seed = 1; seed <= 50; seed++) {
    const shifted = trendOf([...around(0.2, 90, seed), ...around(1.7, 10, seed + 1000)])
    t.ok(shifted.alert, `seed ${seed}: shift ${shifted.shift}`)
    t.ok(shifted.shift > 0.9 && shifted.shift < 2.1)
  }
})

test('a steady scale gives no alert, and neither do too few vehicles', async (t) => {
  const alerts = Array.from({ length: 200 }, (_, seed) => trendOf(around(0.2, 100, seed + 1)).alert).filter(Boolean)
  t.ok(alerts.length <= 3, `${alerts.length} of 200`)
  t.notOk(
    trendOf([...Array<number>(9).fill(0), ...Array<number>(10).fill(5)]).alert,
    'nine are not enough to say what is usual',
  )
  t.ok(trendOf([...Array<number>(10).fill(0), ...Array<number>(10).fill(5)]).alert)
  t.notOk(trendOf([...Array<number>(50).fill(0), ...Array<number>(10).fill(0.4)]).alert, 'less than the least shift')
  t.ok(trendOf([...Array<number>(50).fill(0), ...Array<number>(5).fill(-0.4)], { recent: 5, leastShift: 0.3 }).alert)
})
