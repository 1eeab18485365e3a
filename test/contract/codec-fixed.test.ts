import { test } from 'tap'
import fixed from '../../connectors/codecs/fixed/codec.ts'
import type { InputLayout } from '../../gateway/contract/index.ts'
import { cutAt, decode, field } from './codec-helpers.ts'

const layoutWith = (over: Partial<InputLayout['fixed']> = {}): InputLayout => ({
  format: 'fixed',
  fixed: { encoding: 'windows-1252', decimal: ',', ...over },
  fields: [
    field('VIN', { required: true, at: 1, length: 17 }),
    field('MASS', { at: 18, length: 8 }),
    field('NOTE', { at: 28, length: 5 }),
  ],
  recordKey: ['VIN'],
  vin: 'VIN',
})
const vin = 'WEXCAB00000000001'
const read = (text: string, over: Partial<InputLayout['fixed']> = {}) =>
  decode(fixed, [Buffer.from(text, 'latin1')], layoutWith(over))

test('each field is cut from its columns and trimmed, gaps between fields are left out', async (t) => {
  const { rows } = await read(`${vin}  2450,5xxMüsli\r\n${vin}       1\r\n`)
  t.same(
    rows.map((r) => [r.line, r.fields, r.problem?.code]),
    [
      [1, { VIN: vin, MASS: '2450,5', NOTE: 'Müsli' }, undefined],
      [2, { VIN: vin, MASS: '1', NOTE: '' }, undefined],
    ],
  )
})

test('heading and trailer lines that the layout names are no rows', async (t) => {
  const { rows } = await read(`HEAD 1\nHEAD 2\n${vin}\nTRL 000001\n`, { skipLines: 2, skip: ['TRL'] })
  t.same(
    rows.map((r) => r.line),
    [3],
  )
})

test('a line that is too long is refused, and costs the others nothing', async (t) => {
  const { rows } = await read(`${vin}  2450,5xxMüslix\n${vin}\n`)
  t.same(
    rows.map((r) => [r.line, r.problem?.code]),
    [
      [1, 'INB-032'],
      [2, undefined],
    ],
  )
})

test('a line that ends before a required field begins is refused', async (t) => {
  const layout = {
    ...layoutWith(),
    fields: [field('VIN', { at: 1, length: 17 }), field('X', { required: true, at: 30, length: 2 })],
  }
  const { rows } = await decode(fixed, [Buffer.from(`${vin}\n`)], layout)
  t.match(rows, [{ problem: { code: 'INB-032', field: 'X', message: /column 30/ } }])
})

test('columns are characters of the declared encoding, wherever the bytes are cut', async (t) => {
  const bytes = Buffer.from(`${vin}  2450,5xxMüsli\n`, 'utf8')
  const layout = layoutWith({ encoding: 'utf-8' })
  for (let at = 0; at < bytes.length; at++)
    t.match((await decode(fixed, cutAt(bytes, [at]), layout)).rows, [{ fields: { NOTE: 'Müsli' } }])
  const wide = Buffer.from(`\uFEFF${vin}  2450,5xxMüsli\n`, 'utf16le')
  t.match((await decode(fixed, [wide], layoutWith({ encoding: 'utf-16le' }))).rows, [{ fields: { VIN: vin } }])
})

test('a line without end is an unreadable file', async (t) => {
  t.match(await read('x'.repeat(1_100_000)), { unreadable: 'INB-031' })
})
