import fc from 'fast-check'
import { test } from 'tap'
import { findDrift } from '../../../gateway/drift/compare-with-base.ts'
import { deriveMasses } from '../../../gateway/drift/weighing.ts'
import { base, group, model } from './drift-sample.ts'

const vehicle = { isTowed: false, isElectric: false }
const kg = (millionths: number | undefined) => (millionths ?? Number.NaN) / 1_000_000

test('13 follows from a weighing: 90 % of the fuel, a driver of 75 kg, no optional equipment', async (t) => {
  const derive = (weighing: object, kind = vehicle) => deriveMasses({ grossMass: '3000', ...weighing }, kind)
  t.equal(kg(derive({ fuelLevel: '90' })?.runningOrder), 3075, 'nobody in it')
  t.equal(kg(derive({ fuelLevel: '90', driverMass: '98.5' })?.runningOrder), 2976.5, 'whoever sat in it')
  t.equal(kg(derive({ fuelLevel: '40', fuelMassFull: '60' })?.runningOrder), 3105, 'half of 60 kg is missing')
  t.equal(kg(derive({ fuelLevel: '100', fuelMassFull: '60' })?.runningOrder), 3075, 'more than 90 % is as it is')
  const optional = derive({ fuelLevel: '90', optionalMass: '120' })
  t.same([kg(optional?.runningOrder), kg(optional?.actual)], [2955, 3075])
  t.equal(kg(derive({}, { isTowed: true, isElectric: false })?.runningOrder), 3000, 'a trailer has neither')
  t.equal(kg(derive({ fuelLevel: '5' }, { isTowed: false, isElectric: true })?.runningOrder), 3075)
  t.equal(derive({ fuelLevel: '40' })?.isDerivable, false)
  t.equal(deriveMasses({ grossMass: '3,000' }, vehicle), undefined)
})

test('filling up by calculation is exact and never takes fuel away', async (t) => {
  const isExact = (level: number, full: number): boolean => {
    const masses = deriveMasses({ grossMass: '3000', fuelLevel: `${level}`, fuelMassFull: `${full}` }, vehicle)
    return kg(masses?.fuelAdded) === Math.max(0, (90 - level) * full) / 100
  }
  const percent = fc.integer({ min: 0, max: 100 })
  t.doesNotThrow(() => fc.assert(fc.property(percent, fc.integer({ min: 1, max: 900 }), isExact)))
})

const facts = {
  weighedMass: '3925',
  fuelLevel: '95',
  ticket: '',
  weighingTicket: 'T-17',
  scale: 'S1',
  calibratedUntil: '2027-01-31',
  weighedOn: '2026-07-06',
}
const drift = (more: Record<string, string>, change = () => undefined) =>
  findDrift({ model: model(change, { ...facts, ...more }), base: base(), approval: undefined, today: '2026-07-07' })
const codes = (more: Record<string, string>) => drift(more).findings.map(({ code }) => code)

test('a weighing within 3 % of the declared mass is fine, a kilogram more is for a person', async (t) => {
  // 13 is declared with 4000 kg: 120 kg are 3 %.
  t.same(codes({}), [])
  t.same(codes({ weighedMass: '4045' }), [])
  t.match(drift({ weighedMass: '4046' }), {
    outcome: 'sign-off',
    findings: [
      {
        code: 'DRF-WEIGH-001',
        params: {
          measured: '4121',
          expected: '4000',
          gross: '4046',
          driverAdded: '75',
          ticket: 'T-17',
          scale: 'S1',
          deviation: '+3.025',
          tolerance: '3',
          unit: 'kg',
        },
      },
    ],
  })
  const limits = [{ field: 'MassInRunningOrder' as const, percent: 1, refuseAbove: 2 }]
  const strict = findDrift({
    model: model(() => undefined, { ...facts, weighedMass: '4046' }),
    base: base(),
    approval: undefined,
    limits,
  })
  t.match(strict, { outcome: 'refused', findings: [{ code: 'DRF-WEIGH-006' }] })
})

test('a weighing recorded apart is taken instead of the facts', async (t) => {
  const weighing = { grossMass: '4046', fuelLevel: '95', calibratedUntil: '2027-01-31', weighedOn: '2026-07-06' }
  const found = findDrift({ model: model(), base: base(), approval: undefined, weighing })
  t.match(found.findings, [{ code: 'DRF-WEIGH-001' }])
})

test('a scale whose calibration is over is for a person', async (t) => {
  t.same(codes({ calibratedUntil: '2026-07-06' }), [], 'its last day is a good one')
  t.match(drift({ calibratedUntil: '2026-07-05' }).findings, [
    {
      code: 'DRF-WEIGH-004',
      severity: 'warning',
      params: { until: '2026-07-05', weighedOn: '2026-07-06', scale: 'S1' },
    },
  ])
  t.same(codes({ calibratedUntil: '2026-07-06', weighedOn: '' }), ['DRF-WEIGH-004'], 'without a day it is today')
  t.match(drift({ calibratedUntil: '' }), { outcome: 'fine', findings: [{ code: 'DRF-WEIGH-005', severity: 'info' }] })
})

test('a tank that is not full and not known is no weighing', async (t) => {
  t.match(drift({ fuelLevel: '40' }), { outcome: 'refused', findings: [{ code: 'DRF-WEIGH-003' }] })
  t.same(codes({ fuelLevel: '40', fuelMassFull: '60' }), [])
  t.same(codes({ fuelLevel: '' }), ['DRF-WEIGH-002'])
  t.ok(codes({ fuelLevel: '140' }).includes('DRF-FACT-001'))
  t.ok(codes({ weighedMass: 'heavy' }).includes('DRF-FACT-001'))
})

test('what the scale shows counts for the legal limit, whatever the document says', async (t) => {
  const light = () => undefined
  const found = drift({ weighedMass: '7426' }, light)
  t.ok(found.findings.some(({ code, severity }) => code === 'DRF-LEGAL-001' && severity === 'error'))
  t.equal(found.outcome, 'refused')
  const fits = drift({ weighedMass: '7425' }, light)
  t.notOk(fits.findings.some(({ code }) => code === 'DRF-LEGAL-001'))
})

test('stage 1 weighs its incomplete vehicle against 14', async (t) => {
  const chassis = model(
    (coc) => {
      coc.StageOfCompletion = 'I'
      group(coc, 'MassGroup').MassInRunningOrderIncomplete = '3000'
    },
    { ...facts, weighedMass: '2925' },
  )
  t.same(findDrift({ model: chassis, base: undefined, approval: undefined }).findings, [])
  const heavy = { ...chassis, facts: { ...chassis.facts, weighedMass: '3100' } }
  t.match(findDrift({ model: heavy, base: undefined, approval: undefined }).findings, [{ code: 'DRF-WEIGH-001' }])
})
