import fc from 'fast-check'
import { test } from 'tap'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { csvLines } from '../../../gateway/support/csv-lines.ts'
import { encodeText } from '../../../gateway/writeback/encode-text.ts'
import { decode, layoutOf } from '../../contract/codec-helpers.ts'

const cellOf = (text: string | number): string => csvLines([[text]], ';').slice(0, -2)

test('a cell that a spreadsheet would run becomes text', async (t) => {
  for (const formula of ['=1+1', '+49', '-5', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x";"y")']) {
    const cell = cellOf(formula)
    t.ok(cell.replace(/^"/, '').startsWith("'"), JSON.stringify(cell))
  }
  t.equal(cellOf('=HYPERLINK("http://x";"y")'), '"\'=HYPERLINK(""http://x"";""y"")"', 'neutral inside its quotes')
  t.equal(cellOf('\r=1'), '"\'\r=1"')
  for (const plain of ['5', 'a=b', "'", '', 'ü', 'x-1']) t.equal(cellOf(plain), plain)
  t.equal(cellOf(-5), '-5', 'a number of ours is no formula')
})

test('what is written can be read again by the same dialect', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('a1üß€"\'; ,=+-@\t'), '\r\n'), maxLength: 8 })
  const rows = fc.array(fc.tuple(fc.constant('k'), cell, cell), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom(';', ','),
      fc.constantFrom('utf-8', 'windows-1252'),
      async (made, delimiter, encoding) => {
        const bytes = encodeText(csvLines([['A', 'B', 'C'], ...made], delimiter), encoding)
        const read = await decode(csv, [bytes], layoutOf('csv', { delimiter, encoding }))
        const harmless = made.map((row) => row.map((c) => (/^[=+\-@\t\r]/.test(c) ? `'${c}` : c)))
        return JSON.stringify(read.rows.map((r) => r.cells)) === JSON.stringify(harmless)
      },
    ),
    { numRuns: 100 },
  )
})

test('text goes back in the encoding it came in', async (t) => {
  t.same([...encodeText('äöüß€', 'windows-1252')], [0xe4, 0xf6, 0xfc, 0xdf, 0x80])
  t.same([...encodeText('€', 'iso-8859-15')], [0xa4])
  t.equal(encodeText('„Ł𝄞”', 'windows-1252').toString('latin1'), '\x84??\x94', 'one mark for what the encoding lacks')
  t.same(encodeText('ä', 'UTF8'), Buffer.from('\uFEFFä'), 'Excel needs the mark')
  t.equal(new TextDecoder('utf-16le').decode(encodeText('ä€', 'utf-16le')), 'ä€')
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
  for (const label of ['windows-1252', 'windows-1250', 'iso-8859-2', 'ibm866'])
    t.same(encodeText(new TextDecoder(label).decode(all), label), all, label)
})
