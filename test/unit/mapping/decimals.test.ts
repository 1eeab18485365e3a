import fc from 'fast-check'
import { test } from 'tap'
import {
  compare,
  divideRounded,
  formatDecimal,
  multiply,
  parseDecimal,
  roundTo,
  trimFraction,
} from '../../../gateway/mapping/decimal.ts'
import { makeNumberReader } from '../../../gateway/mapping/numbers.ts'
import { makeConversion } from '../../../gateway/mapping/units.ts'

const tonnesToKilograms = makeNumberReader({ mark: ',', unit: { from: 't', to: 'kg' }, round: undefined, digits: 0 })

test('tonnes with a decimal comma become whole kilograms exactly', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), fc.nat(3), (kg, zeros) => {
      const text = `${Math.floor(kg / 1000)},${String(kg % 1000).padStart(3, '0')}${'0'.repeat(zeros)}`
      return tonnesToKilograms(text) === String(kg)
    }),
  )
  t.equal(tonnesToKilograms('2,945'), '2945')
  t.equal(tonnesToKilograms('+2,9'), '2900')
  t.equal(tonnesToKilograms('-0,001'), '-1')
  t.equal(tonnesToKilograms('-0,000'), '0', 'there is no -0')
  t.equal(tonnesToKilograms('0002'), '2000')
})

test('digits the element cannot hold are refused unless rounding is declared', async (t) => {
  t.match(tonnesToKilograms('2,9455'), { code: 'MAP-105', message: /2945\.5/ })
  const read = (round: 'half-up' | 'half-even' | 'up' | 'down', text: string) =>
    makeNumberReader({ mark: ',', unit: { from: 't', to: 'kg' }, round, digits: 0 })(text)
  t.equal(read('half-up', '2,9445'), '2945')
  t.equal(read('half-up', '-2,9445'), '-2945')
  t.equal(read('half-even', '2,9445'), '2944')
  t.equal(read('half-even', '2,9455'), '2946')
  t.equal(read('up', '2,9440001'), '2945')
  t.equal(read('down', '2,9449999'), '2944')
  t.equal(read('half-up', '2,94449999'), '2944', 'never rounded twice')
})

test('only plain decimals with the declared mark are numbers', async (t) => {
  for (const text of [
    '2.945',
    '1.234,5',
    '1 234',
    '',
    ',5',
    '5,',
    '1e3',
    '0x10',
    'NaN',
    '--1',
    '²',
    '1,2,3',
    '9'.repeat(31),
  ])
    t.match(tonnesToKilograms(text), { code: 'MAP-102' }, JSON.stringify(text))
  t.equal(
    makeNumberReader({ mark: '.', unit: undefined, round: undefined, digits: 2 })('3.70'),
    '3.70',
    'digits stay as they stand',
  )
  t.match(makeNumberReader({ mark: '.', unit: undefined, round: undefined, digits: 2 })('3,70'), { code: 'MAP-102' })
})

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(9))
  .map(([digits, scale]) => ({ digits, scale }))

test('reading what was written gives the same number', async () => {
  fc.assert(
    fc.property(decimal, (d) => compare(parseDecimal(formatDecimal(d), '.') ?? { digits: -1n, scale: 0 }, d) === 0),
  )
  fc.assert(fc.property(decimal, (d) => compare(trimFraction(d), d) === 0))
})

test('there and back between units loses nothing where the factor is a power of ten', async () => {
  for (const [from, to] of [
    ['t', 'kg'],
    ['m', 'mm'],
    ['cm', 'mm'],
    ['kW', 'W'],
    ['l', 'cm3'],
    ['bar', 'kPa'],
  ] as const) {
    const [there, back] = [makeConversion(from, to), makeConversion(to, from)]
    fc.assert(
      fc.property(decimal, (d) => compare(back(there(d)), d) === 0),
      { numRuns: 50 },
    )
  }
})

test('a conversion without an exact factor is right to 40 digits', async (t) => {
  const back = makeConversion('lb', 'kg')(makeConversion('kg', 'lb')({ digits: 1n, scale: 0 }))
  t.equal(formatDecimal(roundTo(back, 30, 'half-up')), `1.${'0'.repeat(30)}`)
  t.equal(formatDecimal(makeConversion('in', 'mm')({ digits: 16n, scale: 0 })), '406.4')
})

test('rounding stays within one unit and within half a unit', async () => {
  const step = { digits: 1n, scale: 0 }
  const minus = (a: { digits: bigint; scale: number }, b: { digits: bigint; scale: number }) => ({
    digits: a.digits * 10n ** BigInt(b.scale) - b.digits * 10n ** BigInt(a.scale),
    scale: a.scale + b.scale,
  })
  const size = (d: { digits: bigint; scale: number }) => ({ ...d, digits: d.digits < 0n ? -d.digits : d.digits })
  fc.assert(
    fc.property(decimal, fc.constantFrom('half-up', 'half-even', 'up', 'down'), (d, rounding) => {
      const off = size(minus(roundTo(d, 0, rounding), d))
      return rounding.startsWith('half')
        ? compare(multiply(off, { digits: 2n, scale: 0 }), step) <= 0
        : compare(off, step) < 0
    }),
  )
  fc.assert(fc.property(decimal, (d) => compare(divideRounded(d, step, d.scale, 'down'), d) === 0))
})
