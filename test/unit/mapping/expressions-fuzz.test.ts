import fc from 'fast-check'
import { test } from 'tap'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import { add, compareNumbers, convert, div, mul, round, sub } from '../../../gateway/mapping/expressions/decimals.ts'
import { runSmall, smallMapper } from '../../support/small-mapper.ts'

const digits = fc.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.nat(6))
/** The number as it is written, with exactly so many decimals. */
const written = (value: bigint, scale: number): string => {
  const text = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  const number = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
  return value < 0n ? `-${number}` : number
}
/** The number in units of 10^-12, exact. */
const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const value = BigInt(whole + fraction.padEnd(12, '0'))
  return text.startsWith('-') ? -value : value
}

test('sums, differences and products are exact, and order is that of numbers', async () => {
  fc.assert(
    fc.property(digits, digits, ([a, s], [b, r]) => {
      const [x, y] = [written(a, s), written(b, r)]
      const [u, v] = [units(x), units(y)]
      return (
        units(add(x, y)) === u + v &&
        units(sub(x, y)) === u - v &&
        units(mul(x, y)) * 10n ** 12n === u * v &&
        compareNumbers(x, y) === (u < v ? -1n : u > v ? 1n : 0n)
      )
    }),
  )
})

test('a quotient is off by half a last digit at most, and units go there and back', async () => {
  fc.assert(
    fc.property(digits, digits, fc.bigInt({ min: 0n, max: 6n }), ([a, s], [b, r], n) => {
      fc.pre(b !== 0n)
      const [x, y] = [written(a, s), written(b, r)]
      const off = units(div(x, y, n)) * units(y) - units(x) * 10n ** 12n
      const half = 10n ** (12n - n) * (units(y) < 0n ? -units(y) : units(y))
      return (
        2n * (off < 0n ? -off : off) <= half &&
        round(x, 6n) === add(x, 0n) &&
        convert(convert(x, 't', 'kg'), 'kg', 't') === add(x, 0n)
      )
    }),
  )
})

const parts = [
  'record',
  '.',
  'mass',
  'axles',
  '(',
  ')',
  '"',
  '[',
  ']',
  '0',
  '?',
  ':',
  '+',
  'map',
  'has',
  ',',
  '==',
  '&&',
  ' ',
  'mul',
  '{',
  '}',
  '\\',
  '1.5',
  'out',
  'é',
]
test('no text makes the loader or a record fail otherwise than it says', async () => {
  const expression = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(expression, (text) => {
      let mapper
      try {
        mapper = smallMapper('', `facts: { x: { expr: ${JSON.stringify(text)} } }`)
      } catch (error) {
        return error instanceof GatewayError && error.kind === 'config'
      }
      const { findings } = runSmall(mapper, { mass: 'x', axles: [{ a: '1' }] })
      return findings.every((f) => f.code.startsWith('MAP-'))
    }),
    { numRuns: 300 },
  )
})
