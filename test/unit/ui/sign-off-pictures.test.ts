import { test } from 'tap'
import { loadColumns } from '../../../ui/common/axle-picture.ts'
import { sizeText } from '../../../ui/common/file-content.ts'
import { signedPercent, trendPicture } from '../../../ui/common/trend-picture.ts'
import { weighingFrom } from '../../../ui/common/weighing.ts'

const axle = (n: string, load: string | null, permissible: string | null, basePermissible = permissible) => ({
  ...{ axle: n, load, distribution: null, permissible, basePermissible },
})
const masses = { actual: '5811', runningOrder: '5736', permissible: '7490', basePermissible: '7490' }

test('each axle fills its limit, all on one scale, and the whole vehicle on its own', async (t) => {
  const [one, two, whole, ...rest] = loadColumns([axle('1', '3200', '3100'), axle('2', '2600', '5200', '5600')], masses)
  t.match(one, { axle: '1', used: 103, isOver: true, baseLimit: undefined })
  t.match(two, { axle: '2', used: 50, isOver: false, baseLimit: 5600, baseShare: 1 })
  t.equal(two?.limitShare, 5200 / 5600)
  t.match(whole, { axle: undefined, used: 78, limitShare: 1 })
  t.same(rest, [])
})

test('what is not known is not drawn as nothing', async (t) => {
  const known = { ...axle('1', null, '3100'), distribution: '2790' }
  t.match(loadColumns([known], masses)[0], { load: 2790 }, 'the distribution stands in for a missing weighing')
  t.match(loadColumns([axle('1', null, null)], masses)[0], { load: undefined, used: undefined, isOver: false })
  const none = { actual: null, runningOrder: null, permissible: null, basePermissible: null }
  t.same(loadColumns([], none), [])
})

test('a trend keeps zero in the picture, and small noise small', async (t) => {
  const values = [0.1, 0.2, 0.1].map((deviation) => ({ deviation }))
  const calm = trendPicture(values, { mean: 0.13, recentMean: 0.13 })
  t.ok(calm.high - calm.low >= 2)
  t.ok(calm.zero > 0 && calm.zero < 1)
  t.same(
    calm.points.map(({ x }) => x),
    [0, 0.5, 1],
  )
  const wild = trendPicture([{ deviation: -4 }, { deviation: 6 }], { mean: 1, recentMean: 6 })
  t.match(wild, { low: -4, high: 6, recent: 0, zero: 0.6 })
  t.equal(trendPicture([{ deviation: 1 }], { mean: 1, recentMean: 1 }).points[0]?.x, 0.5)
  t.equal(signedPercent(1.234, 'de'), '+1,23 %')
  t.equal(signedPercent(0, 'en-GB'), '0 %')
})

test('a weighing is sent as the API takes it', async (t) => {
  t.same(weighingFrom({ vin: ' xeb35n2cct0100064', grossMass: '5 811,5', fuelLevel: '', ticket: ' W-1,2 ' }), {
    ...{ vin: 'XEB35N2CCT0100064', grossMass: '5811.5', ticket: 'W-1,2' },
  })
})

test('sizes are told as people read them', async (t) => {
  t.equal(sizeText(10, 'en-GB'), '1 kB')
  t.equal(sizeText(20_971_520, 'de'), '21 MB')
})
