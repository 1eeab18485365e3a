import fc from 'fast-check'
import { test } from 'tap'
import type { InputField, InputLayout } from '../../../gateway/contract/index.ts'
import { checkField } from '../../../gateway/inbox/check-field.ts'

const layoutOf = (decimal: ',' | '.'): InputLayout => ({
  format: 'csv',
  csv: { delimiter: ';', encoding: 'utf-8', decimal },
  fields: [],
  recordKey: [],
  vin: '',
})
const field = (type: InputField['type'], over: Partial<InputField> = {}): InputField => ({
  name: 'F',
  type,
  required: true,
  ...over,
})
const outcome = (value: string, f: InputField, decimal: ',' | '.' = ','): string => {
  const checked = checkField(value, f, layoutOf(decimal))
  return 'normal' in checked ? `= ${checked.normal}` : checked.code
}

/** value → `= normal form` or the code of the refusal. */
const table: readonly (readonly [InputField, Readonly<Record<string, string>>])[] = [
  [
    field('decimal'),
    {
      '2,45': '= 2.45',
      '2,450': '= 2.45',
      '02,450': '= 2.45',
      '+2,45': '= 2.45',
      '-2,45': '= -2.45',
      '2': '= 2',
      '2,0': '= 2',
      '0,5': '= 0.5',
      '000': '= 0',
      '-0': '= 0',
      '-0,00': '= 0',
      '-0,10': '= -0.1',
      '999999999999999,999999999': '= 999999999999999.999999999',
      '2.45': 'INB-021',
      '2.450,5': 'INB-021',
      '2 450': 'INB-021',
      '2\u00a0450': 'INB-021',
      ',5': 'INB-021',
      '5,': 'INB-021',
      '--5': 'INB-021',
      '1e3': 'INB-021',
      '2,45 t': 'INB-021',
      NaN: 'INB-021',
      '٣': 'INB-021',
      '1000000000000000': 'INB-021',
      '0,1234567890': 'INB-021',
    },
  ],
  [field('decimal', { fractionDigits: 2 }), { '2,45': '= 2.45', '2,450': 'INB-022', '2,4': '= 2.4' }],
  [
    field('integer'),
    {
      '007': '= 7',
      '+7': '= 7',
      '-7': '= -7',
      '-0': '= 0',
      '7,0': 'INB-027',
      '7.0': 'INB-027',
      '0x7': 'INB-027',
      '1 000': 'INB-027',
    },
  ],
  [
    field('date', { format: 'DD.MM.YYYY' }),
    {
      '18.11.2026': '= 2026-11-18',
      '29.02.2028': '= 2028-02-29',
      '29.02.2000': '= 2000-02-29',
      '29.02.2026': 'INB-023',
      '29.02.2100': 'INB-023',
      '31.04.2026': 'INB-023',
      '30.04.2026': '= 2026-04-30',
      '00.01.2026': 'INB-023',
      '01.13.2026': 'INB-023',
      '32.01.2026': 'INB-023',
      '1.1.2026': 'INB-023',
      '18-11-2026': 'INB-023',
      '18.11.26': 'INB-023',
      '18.11.2026 ': 'INB-023',
      '2026-11-18': 'INB-023',
      '١٨.11.2026': 'INB-023',
    },
  ],
  [field('date'), { '2026-11-18': '= 2026-11-18', '20261118': 'INB-023', '2026-11-18T00:00:00Z': 'INB-023' }],
  [field('date', { format: 'YYYYMMDD' }), { '20261118': '= 2026-11-18', '2026-1-1': 'INB-023' }],
  [
    field('vin'),
    {
      XEB35N2CCT0100001: '= XEB35N2CCT0100001',
      XEB35N2CCT010000: 'INB-025',
      XEB35N2CCT01000011: 'INB-025',
      xeb35n2cct0100001: 'INB-026',
      'XEB35N2CCT-100001': 'INB-026',
      XEB35N2CCT010000Ä: 'INB-026',
    },
  ],
  [field('code', { values: ['J', 'N'] }), { J: '= J', j: 'INB-028', X: 'INB-028', 'J,N': 'INB-028' }],
  [field('code'), { whatever: '= whatever' }],
  [
    field('text', { maxLength: 5 }),
    {
      'a\r\nb': '= a\r\nb',
      '12345': '= 12345',
      '123456': 'INB-024',
      'a\0b': 'INB-030',
      'a\x1fb': 'INB-030',
      '\ud800': 'INB-030',
      '\uffff': 'INB-030',
      '𝄞': '= 𝄞',
    },
  ],
]

test('a value is what its declared type says, or refused with a code of its own', async (t) => {
  for (const [f, cases] of table)
    for (const [value, expected] of Object.entries(cases))
      t.equal(outcome(value, f), expected, `${f.type} ${JSON.stringify(value)}`)
  t.equal(outcome('2.45', field('decimal'), '.'), '= 2.45')
  t.equal(outcome('2,45', field('decimal'), '.'), 'INB-021')
})

test('only what is required must be there', async (t) => {
  const types = ['text', 'vin', 'decimal', 'integer', 'date', 'code'] as const
  for (const type of types) {
    t.equal(outcome('', field(type)), 'INB-020', type)
    t.equal(outcome('', field(type, { required: false })), '= ', type)
  }
  t.equal(outcome('x'.repeat(4001), field('text')), 'INB-024')
})

test('two ways to write one number are one number, and two numbers never are', async () => {
  const written = fc.record({
    sign: fc.constantFrom('', '+', '-'),
    zeros: fc.constantFrom('', '0', '00'),
    whole: fc.nat({ max: 9999 }),
    fraction: fc.constantFrom('', ',0', ',5', ',50', ',05', ',4500', ',450000000'),
  })
  const valueOf = (w: { sign: string; whole: number; fraction: string }): number =>
    (w.sign === '-' ? -1 : 1) * Number(`${w.whole}${w.fraction.replace(',', '.')}`) + 0
  const textOf = (w: { sign: string; zeros: string; whole: number; fraction: string }): string =>
    `${w.sign}${w.zeros}${w.whole}${w.fraction}`
  fc.assert(
    fc.property(written, written, (a, b) => {
      const same = outcome(textOf(a), field('decimal')) === outcome(textOf(b), field('decimal'))
      return same === (valueOf(a) === valueOf(b))
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(written, (w) => outcome(textOf(w), field('decimal')) === `= ${valueOf(w)}`),
    { numRuns: 200 },
  )
})
