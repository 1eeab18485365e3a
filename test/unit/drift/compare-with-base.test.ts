import fc from 'fast-check'
import { test } from 'tap'
import { findDrift, type DriftInput } from '../../../gateway/drift/compare-with-base.ts'
import { approval, base, group, model, row } from './drift-sample.ts'

const coc = '/InitialVehicleInformation/CocDataGroup'
const drift = (input: Partial<DriftInput>) =>
  findDrift({ model: model(), base: base(), approval: approval(), ...input })
const codes = (input: Partial<DriftInput>): string[] => drift(input).findings.map((finding) => finding.code)

test('a vehicle that fits its base does not drift', (t) => {
  t.same(drift({}), { findings: [], outcome: 'fine', needsSignOff: false })
  t.same(drift({ base: undefined, approval: undefined }).findings, [])
  t.end()
})

const massOf = (mass: number) => model((c) => (group(c, 'MassGroup').MassInRunningOrder = String(mass)))

test('measured mass: 3 % of base and body is within, a kilogram more asks for a sign-off', (t) => {
  // 14 = 3000 kg and a body of 1000 kg: 3 % are 120 kg.
  t.same(codes({ model: massOf(4120) }), [])
  t.same(codes({ model: massOf(3880) }), [])
  const { findings, needsSignOff } = drift({ model: massOf(4121) })
  t.equal(needsSignOff, true)
  t.match(findings, [
    {
      code: 'DRF-MASS-001',
      layer: 'drift',
      severity: 'warning',
      path: `${coc}/MassGroup/MassInRunningOrder`,
      params: {
        measured: '4121',
        base: '3000',
        expected: '4000',
        deviation: '+3.025',
        tolerance: '3',
        article: '2021/535 Annex XIII Part 2 Section G 2.2',
      },
    },
  ])
  t.match(drift({ model: massOf(3879) }).findings[0]?.params, { deviation: '-3.025' })
  t.end()
})

test('the edge is exact for every mass', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 30_000 }), fc.integer({ min: 0, max: 9999 }), (bare, body) => {
      const expected = bare + body
      const most = Math.floor((expected * 103) / 100)
      const least = Math.ceil((expected * 97) / 100)
      const stage1 = base((c) => {
        group(c, 'MassGroup').MassInRunningOrderIncomplete = String(bare)
        delete group(c, 'MassGroup').MinimumMassCompleted
      })
      const asks = (mass: number): boolean =>
        codes({
          base: stage1,
          model: model((c) => (group(c, 'MassGroup').MassInRunningOrder = String(mass)), { bodyMass: String(body) }),
        }).includes('DRF-MASS-001')
      return !asks(most) && !asks(least) && asks(most + 1) && asks(least - 1)
    }),
    { numRuns: 200 },
  )
  t.end()
})

test('a body mass with decimals does not blur the edge', (t) => {
  // (3000 + 999.9) × 1.03 = 4119.897
  t.same(codes({ model: { ...massOf(4119), facts: { bodyMass: '999.9' } } }), [])
  t.same(codes({ model: { ...massOf(4120), facts: { bodyMass: '999.9' } } }), ['DRF-MASS-001'])
  t.end()
})

test('special-purpose vehicles have 5 %, configuration can be stricter but not laxer', (t) => {
  const special = (mass: number) =>
    model((c) => {
      group(c, 'MassGroup').MassInRunningOrder = String(mass)
      row(c, 'BodyworkTable', 1).SpecialPurposeDesignation = 'SH'
    })
  t.same(codes({ model: special(3800) }), [])
  t.same(codes({ model: special(3799) }), ['DRF-MASS-001'])
  const limits = [{ field: 'MassInRunningOrder' as const, categories: ['N'], percent: 1.25, refuseAbove: 2.5 }]
  t.same(codes({ model: massOf(4050), limits }), [])
  t.same(codes({ model: massOf(4051), limits }), ['DRF-MASS-001'])
  t.same(codes({ model: massOf(4100), limits }), ['DRF-MASS-001'])
  t.match(drift({ model: massOf(4101), limits }), { findings: [{ code: 'DRF-MASS-004' }], outcome: 'refused' })
  t.same(codes({ model: massOf(4120), limits: [{ ...limits[0]!, categories: ['M'] }] }), [], 'of other categories')
  t.end()
})

test('without the mass of the body only a vehicle lighter than its base is seen', (t) => {
  const facts = {}
  t.same(codes({ model: { ...massOf(4500), facts } }), ['DRF-MASS-003'])
  t.equal(drift({ model: { ...massOf(4500), facts } }).needsSignOff, false)
  t.ok(codes({ model: { ...massOf(2999), facts } }).includes('DRF-MASS-002'))
  t.end()
})

test('a fact that cannot be read is an error, not a passed comparison', (t) => {
  const { findings } = drift({ model: model(() => undefined, { bodyMass: '1,000', axleLoad1: 'heavy' }) })
  t.match(findings, [
    { code: 'DRF-FACT-001', severity: 'error', params: { name: 'bodyMass' } },
    { code: 'DRF-FACT-001', params: { name: 'axleLoad1' } },
    { code: 'DRF-MASS-003' },
  ])
  t.end()
})

const wheelbase = (mm: string) => model((c) => (group(c, 'DimensionGroup').Wheelbase = mm))

test('a wheelbase has no tolerance: in the approval range a person decides, outside nobody', (t) => {
  const [inside] = drift({ model: wheelbase('4001') }).findings
  t.match(inside, {
    code: 'DRF-WB-001',
    severity: 'warning',
    params: { measured: '4001', base: '4000', deviation: '+0.025', tolerance: '0' },
  })
  t.same(codes({ model: wheelbase('4400') }), ['DRF-WB-001'])
  t.same(codes({ model: wheelbase('4401') }), ['DRF-WB-002'])
  t.same(codes({ model: wheelbase('3599') }), ['DRF-WB-002'])
  t.equal(drift({ model: wheelbase('3599') }).findings[0]?.severity, 'error')
  t.same(codes({ model: wheelbase('4001'), approval: undefined }), ['DRF-WB-001'])
  t.end()
})

test('another number of axles needs an approval that carries it, and then a person', (t) => {
  const three = model((c) => (group(c, 'GeneralConstructionGroup').NumberOfAxles = '3'))
  t.match(drift({ model: three }).findings, [{ code: 'DRF-AXLE-002', severity: 'error' }])
  const carried = approval({ GeneralConstructionGroup: { NumberOfAxles: '3' } })
  t.match(drift({ model: three, approval: carried }).findings, [{ code: 'DRF-AXLE-001', severity: 'warning' }])
  t.end()
})

test('permissible masses have no tolerance', (t) => {
  const laden = (kg: string) => model((c) => (group(c, 'MassGroup').TechnicallyPermissibleMaximumLadenMass = kg))
  t.match(drift({ model: laden('7499') }).findings, [{ code: 'DRF-PERM-001', severity: 'warning' }])
  t.match(drift({ model: laden('7501') }).findings, [{ code: 'DRF-PERM-003', severity: 'error' }])
  const carrying = (kg: string) => approval({ MassGroup: { TechnicallyPermissibleMaximumLadenMass: kg } })
  t.match(drift({ model: laden('7501'), approval: carrying('7501') }).findings, [{ code: 'DRF-PERM-002' }])
  t.same(codes({ model: laden('7502'), approval: carrying('7501') }), ['DRF-PERM-003'])

  const axle = model((c) => (row(c, 'AxleTable', 2).TechnicallyPermissibleMassAxle = '5001'))
  t.match(drift({ model: axle }).findings, [
    { code: 'DRF-PERM-003', path: `${coc}/AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle` },
  ])
  const axleGroup = model((c) => (row(c, 'AxleGroupTable', 1).TechnicallyPermissibleMassAxleGroup = '7000'))
  t.match(drift({ model: axleGroup }).findings, [
    { code: 'DRF-PERM-001', path: `${coc}/AxleGroupTable/AxleGroupGroup[1]/TechnicallyPermissibleMassAxleGroup` },
  ])
  const combination = model((c) => {
    const body = group(row(c, 'TowingBrakedTypeTrailTable', 1), 'BodyworkTypeTable')
    body.BodyworkTypeGroup = [{ TechnicallyPermissibleMaximumCombinationMass: '12000' }]
  })
  t.match(drift({ model: combination }).findings, [
    {
      code: 'DRF-PERM-003',
      path: `${coc}/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[1]/BodyworkTypeTable/BodyworkTypeGroup[1]/TechnicallyPermissibleMaximumCombinationMass`,
    },
  ])
  t.end()
})

test('a table left out leaves the base in force, a row left out of a given table does not', (t) => {
  t.same(codes({ model: model((c) => delete c.AxleGroupTable) }), [])
  const short = model((c) => ((group(c, 'AxleTable').AxleGroup as unknown[]).length = 1))
  t.same(codes({ model: short }), ['DRF-PERM-004'])
  t.end()
})

test('measured dimensions may be 3 % off what the approval declares', (t) => {
  const length = (mm: string) => model((c) => (group(c, 'DimensionGroup').Length = mm))
  const declares = approval({ DimensionGroup: { Length: '7000' } })
  t.same(codes({ model: length('7210'), approval: declares }), [])
  t.match(drift({ model: length('7211'), approval: declares }).findings, [
    { code: 'DRF-DIM-001', severity: 'warning', params: { declared: '7000', deviation: '+3.015', tolerance: '3' } },
  ])
  const range = approval({}, { lengthMin: '6000', lengthMax: '6900' })
  t.same(codes({ model: length('7107'), approval: range }), [])
  t.same(codes({ model: length('7108'), approval: range }), ['DRF-DIM-001'])
  t.same(codes({ model: length('5819'), approval: range }), ['DRF-DIM-001'])
  t.same(codes({ model: length('6500'), approval: range }), [])
  t.end()
})

test('the limits of the base for completion are kept', (t) => {
  const dimension = (name: string, mm: string) => model((c) => (group(c, 'DimensionGroup')[name] = mm))
  for (const [name, limit] of [
    ['Length', 8000],
    ['Width', 2550],
    ['Height', 3500],
    ['RearOverhang', 2000],
  ] as const) {
    t.same(codes({ model: dimension(name, String(limit)) }), [], name)
    const { findings, needsSignOff } = drift({ model: dimension(name, String(limit + 1)) })
    t.match(findings, [{ code: 'DRF-LIM-001', severity: 'error', path: `${coc}/DimensionGroup/${name}` }])
    t.equal(needsSignOff, false)
  }
  t.same(codes({ model: { ...massOf(3200), facts: { bodyMass: '200' } } }), [])
  t.same(codes({ model: { ...massOf(3199), facts: { bodyMass: '200' } } }), ['DRF-LIM-002'])
  const share = (n: number, kg: string) => model((c) => (row(c, 'AxleTable', n).DistributionMassRunningOrderAxle = kg))
  t.same(codes({ model: share(1, '1800') }), [], '15.1 rules where it is given')
  t.match(drift({ model: share(1, '1799') }).findings, [{ code: 'DRF-LIM-003', severity: 'error' }])
  t.match(drift({ model: share(2, '999') }).findings, [{ code: 'DRF-LIM-004', severity: 'warning' }])
  const actual = (kg: string) => model((c) => (group(c, 'MassGroup').ActualMass = kg))
  t.same(codes({ model: actual('5000') }), [])
  t.match(drift({ model: actual('5001') }).findings, [{ code: 'DRF-LIM-005', params: { base: '5000' } }])
  t.match(drift({ model: actual('3499') }).findings, [{ code: 'DRF-LIM-005', params: { base: '3500' } }])
  t.end()
})

test('a broken legal limit is an error that asks nobody', (t) => {
  const heavy = model((c) => (group(c, 'MassGroup').ActualMass = '7501'))
  const wide = base((c) => delete c.AllowedParameterValuesMultistageGroup)
  t.match(drift({ model: heavy, base: wide }), {
    findings: [{ code: 'DRF-LEGAL-001', severity: 'error', params: { measured: '7501', limit: '7500' } }],
    needsSignOff: false,
  })
  t.same(codes({ model: model(() => undefined, { axleLoad2: '5000' }) }), [])
  t.match(drift({ model: model(() => undefined, { axleLoad2: '5000.5' }) }).findings, [
    { code: 'DRF-LEGAL-002', severity: 'error', params: { axle: '2', measured: '5000.5', limit: '5000' } },
  ])
  const lean = model((c) => delete c.AxleTable, { axleLoad1: '3001' })
  t.same(codes({ model: lean }), ['DRF-LEGAL-002'], 'the limit of the base holds where the document gives none')
  t.end()
})
