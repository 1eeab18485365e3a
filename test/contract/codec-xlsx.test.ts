import fc from 'fast-check'
import { test } from 'tap'
import xlsx from '../../connectors/codecs/xlsx/codec.ts'
import { makeWorkbook, makeZip, textRows, workbookParts, type WorkbookOptions } from '../support/make-xlsx.ts'
import { cutAt, decode, layoutOf } from './codec-helpers.ts'

const layout = layoutOf('xlsx')
const read = (bytes: Buffer, over = layout) => decode(xlsx, [bytes], over)
const head =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>A</t></is></c><c r="B1" t="inlineStr"><is><t>B</t></is></c></row>'
const sheet = (cells: string, options: WorkbookOptions = {}) =>
  makeWorkbook(`${head}<row r="2">${cells}</row>`, options)
/** The value of A2. */
const value = async (cell: string, options: WorkbookOptions = {}): Promise<unknown> =>
  (await read(sheet(cell, options))).rows[0]?.fields['A']

test('texts come back whatever they hold, packed or stored, however they arrive', async (t) => {
  const cell = fc
    .string({ unit: fc.constantFrom(...Array.from('ab1 ü€𝄞<&>"\'\n\t_;')), maxLength: 10 })
    .map((s) => `x${s}x`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 10 }),
      fc.record({ stored: fc.boolean(), zip64: fc.boolean() }),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (rows, options, places) => {
        const bytes = makeWorkbook(textRows([['A', 'B', 'C'], ...rows]), options)
        const { rows: found, unreadable } = await decode(xlsx, cutAt(bytes, places), layout)
        t.equal(unreadable, undefined)
        t.same(
          found.map((r) => [r.line, r.cells]),
          rows.map((r, i) => [i + 2, r]),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('numbers are decimal text without the noise of floating point', async (t) => {
  const cases: Record<string, string> = {
    '2.4500000000000002': '2.45',
    '0.30000000000000004': '0.3',
    '2945': '2945',
    '2.945': '2.945',
    '-0.5': '-0.5',
    '-0': '0',
    '1E-3': '0.001',
    '1.5E+3': '1500',
    '123456789012345': '123456789012345',
    '9.9999999999999999E9': '10000000000',
    '1E+300': '1E+300',
    '0.000': '0',
  }
  for (const [raw, text] of Object.entries(cases)) t.equal(await value(`<c r="A2"><v>${raw}</v></c>`), text, raw)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.nat(6), async (digits, scale) => {
      const exact = digits / 10 ** scale
      return Number(await value(`<c r="A2"><v>${exact}</v></c>`)) === exact
    }),
    { numRuns: 50 },
  )
})

test('dates follow number format and date system, and are ISO text', async (t) => {
  const formats = [
    'dd/mm/yyyy',
    'yyyy-mm-dd hh:mm',
    'hh:mm:ss',
    '[h]:mm',
    '#,##0.00" d"',
    'mmm',
    '[Red]General',
    'm/d/yy;@',
  ]
  const at = (style: number, raw: string, is1904 = false) =>
    value(`<c r="A2" s="${style}"><v>${raw}</v></c>`, { formats, is1904 })
  t.equal(await at(1, '46208'), '2026-07-05')
  t.equal(await at(1, '46208.99'), '2026-07-05', 'a day is shown as a day')
  t.equal(await at(1, '44746', true), '2026-07-05')
  t.equal(await at(2, '46208.5729166667'), '2026-07-05T13:45:00')
  t.equal(await at(2, '46208.999999999'), '2026-07-06T00:00:00', 'rounded to the second')
  t.equal(await at(3, '0.25'), '06:00:00')
  t.equal(await at(4, '1.5'), '1.5', 'a duration')
  t.equal(await at(5, '46208'), '46208', 'quoted letters')
  t.equal(await at(6, '46208'), '2026-07-05')
  t.equal(await at(7, '46208'), '46208')
  t.equal(await at(8, '46208'), '2026-07-05')
  t.equal(await at(1, '1'), '1900-01-01')
  t.equal(await at(1, '59'), '1900-02-28')
  t.equal(await at(1, '61'), '1900-03-01')
  for (const none of ['60', '0', '-3', '2958466', '99999999']) t.equal(await at(1, none), none, `${none} is no date`)
  t.equal(await at(1, '2958465'), '9999-12-31')
  t.equal(await value('<c r="A2" t="d"><v>2026-07-05T00:00:00</v></c>'), '2026-07-05')
})

test('cells are what was saved in them: a formula is never calculated', async (t) => {
  t.equal(await value('<c r="A2"><f>1+1</f><v>7</v></c>'), '7')
  t.equal(await value('<c r="A2" t="str"><f>"a"</f><v>=cmd</v></c>'), '=cmd')
  t.equal(await value('<c r="A2" t="b"><v>1</v></c>'), 'true')
  t.equal(await value('<c r="A2" t="s"><v>1</v></c>', { strings: ['no', 'a_x000D_b', 'no'] }), 'a\rb')
  const rich = '<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c>'
  t.equal(await value(rich), 'ab')
  const faults = await read(
    makeWorkbook(
      `${head}<row r="2"><c r="A2"><f>1+1</f></c></row><row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="B3"><v>1</v></c></row><row r="5"><c r="B5" t="e"><f>x</f><v>#REF!</v></c></row><row r="6"><c r="C6"><v>1</v></c></row><row r="7"><c r="A7"><v>1</v></c></row>`,
    ),
  )
  t.same(
    faults.rows.map((r) => [r.line, r.problem?.code, r.problem?.field, r.problem?.value]),
    [
      [2, 'INB-042', 'A', ''],
      [3, undefined, undefined, undefined],
      [5, 'INB-041', 'B', '#REF!'],
      [6, 'INB-010', '', '1'],
      [7, undefined, undefined, undefined],
    ],
  )
})

test('sheet and header row are those of the layout', async (t) => {
  const sheets = {
    Notes: textRows([['x']]),
    'Data & more': textRows([['Export of today'], [], ['A', 'B'], ['1', '2']]),
  }
  const bytes = makeWorkbook('', { sheets })
  const over = (chosen: object) => ({ ...layout, xlsx: chosen })
  t.match((await read(bytes, over({ sheet: 'Data & more', headerRow: 3 }))).rows, [
    { line: 4, fields: { A: '1', B: '2' } },
  ])
  t.equal((await read(bytes, over({ sheet: 'Data & more' }))).unreadable, 'INB-002')
  t.equal((await read(bytes, over({ sheet: 'data' }))).unreadable, 'INB-015')
  t.equal((await read(makeWorkbook(textRows([['A', 'B', 'A']])))).unreadable, 'INB-004')
  t.equal((await read(makeWorkbook(''))).unreadable, 'INB-001')
  const odd =
    (
      await read(
        makeWorkbook(
          textRows([
            ['A', '__proto__'],
            ['1', '2'],
          ]),
        ),
      )
    ).rows[0]?.fields ?? {}
  t.same(Object.entries(odd)[1], ['__proto__', '2'])
})

test('what is no workbook of this kind is refused with its own reason', async (t) => {
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  t.equal((await read(compound)).unreadable, 'INB-013', '.xls, or .xlsx with a password')
  t.equal((await read(makeZip([['a.txt', 'x']]))).unreadable, 'INB-012')
  t.equal((await read(makeZip([['a.txt', 'x']], { flags: 1 }))).unreadable, 'INB-013', 'encrypted archive')
  t.equal((await read(Buffer.from('A;B\r\n1;2\r\n'))).unreadable, 'INB-012')
  const whole = sheet('<c r="A2"><v>1</v></c>')
  t.equal((await read(whole.subarray(0, -30))).unreadable, 'INB-012', 'cut off')
  const twice = workbookParts(textRows([['A'], ['1']]))
  t.equal((await read(makeZip([...twice, twice.at(-1)!]))).unreadable, 'INB-012', 'a part twice')
  t.equal((await read(sheet('<c r="A2" t="s"><v>9</v></c>'))).unreadable, 'INB-012', 'no such text')
  t.equal((await read(sheet('<c r="B2"><v>9</v></c><c r="A2"><v>9</v></c>'))).unreadable, 'INB-012', 'out of order')
  t.equal((await read(makeWorkbook(`${head}<row r="1"/>`))).unreadable, 'INB-012')
  t.equal((await read(sheet('<c r="XFE2"><v>1</v></c>'))).unreadable, 'INB-012', 'beyond the last column')
  const rowsBefore = await read(makeWorkbook(`${head}<row r="2"><c r="A2"><v>1</v></c></row><row r="2"></row>`))
  t.match(rowsBefore, { rows: [{ line: 2 }], unreadable: 'INB-012' }, 'rows before the fault are taken')
})

test('XML inside is read strictly', async (t) => {
  const dtd = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
  const parts = workbookParts(textRows([['A']])).map(([n, c]): [string, string | Buffer] =>
    n === 'xl/sharedStrings.xml' ? [n, dtd] : [n, c],
  )
  t.equal((await read(makeZip(parts))).unreadable, 'INB-017')
  t.equal((await read(sheet('<c r="A2"><v>&xxe;</v></c>'))).unreadable, 'INB-017')
  t.equal((await read(sheet('<c r="A2"><v>1</c>'))).unreadable, 'INB-016')
  t.equal((await read(sheet(`<c r="A2" t="str"><v>${'x'.repeat(40_000)}</v></c>`))).unreadable, 'INB-014')
})

test('bombs are refused before they grow', async (t) => {
  const before = process.memoryUsage().rss
  const zeros = Buffer.alloc(130 * 1024 * 1024, ' ')
  const claims = (size: number | undefined) =>
    makeZip(
      workbookParts(textRows([['A']])).map(([n, c]): [string, string | Buffer] =>
        n === 'xl/sharedStrings.xml' ? [n, zeros] : [n, c],
      ),
      size === undefined ? {} : { lie: { name: 'xl/sharedStrings.xml', size } },
    )
  t.equal((await read(claims(undefined))).unreadable, 'INB-014', 'honest about its size')
  t.equal((await read(claims(1000))).unreadable, 'INB-012', 'lies about its size')
  t.ok(process.memoryUsage().rss - before < 450 * 1024 * 1024, 'only what the test itself made')
  const many = Array.from({ length: 6000 }, (_, i): [string, string] => [`p${i}`, ''])
  t.equal((await read(makeZip(many))).unreadable, 'INB-014')
  const damaged = sheet('<c r="A2"><v>1</v></c>', { stored: true })
  damaged[damaged.indexOf('<v>1<') + 3] = 0x32
  t.equal((await read(damaged)).unreadable, 'INB-012', 'checksum')
})

test('whatever bytes change in a workbook, it is rows or an unreadable file', async (t) => {
  const good = sheet('<c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c>', { strings: ['x'], zip64: true })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(good.length)),
      async (changes, cut) => {
        const bytes = Buffer.from(good)
        for (const [at, byte] of changes) bytes[at] = byte
        const { rows, unreadable } = await read(cut === null ? bytes : bytes.subarray(0, cut))
        return unreadable !== undefined || rows.length <= 1
      },
    ),
    { numRuns: 300 },
  )
  t.pass()
})
