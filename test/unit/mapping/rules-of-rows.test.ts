import fc from 'fast-check'
import { test } from 'tap'
import type { RecordFields } from '../../../gateway/contract/flow.ts'
import { loadMapper } from '../../../gateway/mapping/load-mapper.ts'
import { mapRecord } from '../../../gateway/mapping/map-record.ts'
import { splitByShares } from '../../../gateway/mapping/sources/distribute.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'

const head = `
name: small
version: "1"
title: a small mapper
ivi: "2.0"
input:
  format: json
  recordKey: [vin]
  vin: vin
  fields:
    vin: { type: vin }
    total: { type: decimal, required: false }
    wheelbase: { type: decimal, required: false }
    a: { type: decimal, required: false }
    b: { type: decimal, required: false }
    c: { type: decimal, required: false }
    colour: { type: code, required: false }
    axles: { type: list, required: false }
    chassis: { type: object, required: false }
base: none
map:
  VehicleIdentificationNumber: { field: vin }
`
const vin = 'EXZCHASS5NL000001'
const run = (map: string, fields: RecordFields, settings = {}) =>
  mapRecord(loadMapper(head + map, 'small.yaml'), {
    fields: { vin, ...fields },
    approval: undefined,
    base: undefined,
    settings,
  })
const axles = (n: number) => Array.from({ length: n }, () => ({ limit: '1000' }))

test('a mass split by shares sums to it, and no part is a whole unit off', async () => {
  const shares = fc.array(fc.tuple(fc.nat(10_000_000), fc.nat(6)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.nat(999_999), shares, (total, parts) => {
      fc.pre(parts.some(([d]) => d > 0))
      const weights = parts.map(([d, scale]) => ({ digits: BigInt(d), scale }))
      const split = splitByShares(BigInt(total), weights)
      const exact = weights.map((w) => w.digits * 10n ** BigInt(6 - w.scale))
      const sum = exact.reduce((a, b) => a + b, 0n)
      return (
        split.reduce((a, b) => a + b, 0n) === BigInt(total) &&
        split.every((part, i) => {
          const off = part * sum - BigInt(total) * exact[i]!
          return off < sum && off > -sum
        })
      )
    }),
  )
})

const distribution = `
  MassInRunningOrder: { field: total }
  AxleGroup: { each: { list: axles, number: AxleNumber, row: { TechnicallyPermissibleMassAxle: { field: limit } } } }
  AxleGroup[*]/DistributionMassRunningOrderAxle: { distribute: { total: MassInRunningOrder, shares: [a, b] } }
  AxleGroup[*]/AxleSpacing: { spacing: Wheelbase }
  Wheelbase: { field: wheelbase }
`
test('rules read other targets wherever those stand in the file', async (t) => {
  const { model, findings } = run(distribution, { total: '1001', a: '1', b: '1', wheelbase: '3500', axles: axles(2) })
  t.strictSame(findings, [])
  const rows = rowsOf(model!.tree, 'AxleGroup')
  t.strictSame(
    rows.map((r) => [r['AxleNumber'], r['DistributionMassRunningOrderAxle'], r['AxleSpacing']]),
    [
      ['1', '501', '3500'],
      ['2', '500', undefined],
    ],
  )
  t.match(model!.provenance, {
    '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[1]/AxleSpacing': 'rule:spacing',
    '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/DistributionMassRunningOrderAxle':
      'rule:distribute',
    '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle':
      'record:axles[2].limit',
  })
})

test('a distribution that cannot be made is a finding, not a guess', async (t) => {
  const codes = (fields: RecordFields) =>
    run(distribution, { total: '1000', axles: axles(2), a: '1', b: '1', ...fields }).findings.map((f) => f.code)
  t.strictSame(codes({ axles: axles(3) }), ['MAP-113'])
  t.strictSame(codes({ a: '0', b: '0' }), ['MAP-113'])
  t.strictSame(codes({ a: '-1' }), ['MAP-102'])
  t.strictSame(codes({ b: '' }), ['MAP-102'])
  t.strictSame(codes({ axles: 'none' }), ['MAP-109', 'MAP-113'])
})

test('with three axles the spacing is not the wheelbase', async (t) => {
  const { model } = run(
    `
  Wheelbase: { field: wheelbase }
  AxleGroup: { each: { list: axles, number: AxleNumber, row: {} } }
  AxleGroup[*]/AxleSpacing: { spacing: Wheelbase }
`,
    { wheelbase: '5000', axles: axles(3) },
  )
  t.strictSame(rowsOf(model!.tree, 'AxleGroup'), [{ AxleNumber: '1' }, { AxleNumber: '2' }, { AxleNumber: '3' }])
})

test('fields of one record become rows', async (t) => {
  const { model } = run(
    `
  AxleGroup: { each: { list: axles, number: AxleNumber, row: { TechnicallyPermissibleMassAxle: { field: limit } } } }
  AxleGroup[*]/AxleTrack: { rows: [{ field: a }, { field: b }] }
  AxleGroup[*]/LiftAxleIndicator: { constant: N }
`,
    { a: '1500', axles: axles(2) },
  )
  t.strictSame(
    rowsOf(model!.tree, 'AxleGroup').map((r) => [r['AxleTrack'], r['LiftAxleIndicator']]),
    [
      ['1500', 'N'],
      [undefined, 'N'],
    ],
  )
})

test('code tables, defaults, settings and nested fields', async (t) => {
  const map = `
  ColourGroup[1]/Colour: { field: colour, codes: { RED: "3", BLUE: "5" }, default: "1" }
  Wheelbase: { field: chassis.wheelbase, optional: true }
  SigningAuthorityGroup[1]/SignerName: { setting: signerName }
`
  const good = run(map, { colour: 'RED', chassis: { wheelbase: '3400' } }, { signerName: 'Example Signer' })
  t.equal(valueAt(good.model!.tree, 'Colour'), '3')
  t.equal(valueAt(good.model!.tree, 'Wheelbase'), '3400')
  t.equal(
    good.model!.provenance[
      '/InitialVehicleInformation/CocDataGroup/SigningAuthorityTable/SigningAuthorityGroup[1]/SignerName'
    ],
    'setting:signerName',
  )
  t.equal(valueAt(run(map, {}, { signerName: 'x' }).model!.tree, 'Colour'), '1')
  t.strictSame(
    run(map, { colour: 'PINK' }).findings.map((f) => [f.code, f.path]),
    [
      ['MAP-104', 'colour'],
      ['MAP-112', 'signerName'],
    ],
  )
  t.strictSame(
    run(map, { chassis: { wheelbase: '12345678' } }, { signerName: 'x' }).findings.map((f) => f.code),
    ['MAP-106'],
  )
})

test('names of the prototype are no fields and no elements', async (t) => {
  const map = '  Wheelbase: { field: chassis.constructor, optional: true }\n'
  t.strictSame(run(map, { chassis: {} }).findings, [])
  t.equal(run(map, JSON.parse('{"__proto__": {"chassis": {"constructor": "1"}}}')).model?.tree['Wheelbase'], undefined)
})
