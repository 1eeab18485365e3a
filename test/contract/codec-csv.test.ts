import fc from 'fast-check'
import { test } from 'tap'
import csv from '../../connectors/codecs/csv/codec.ts'
import { encodeText } from '../../gateway/writeback/encode-text.ts'
import { cutAt, decode, field, layoutOf } from './codec-helpers.ts'

const layout = layoutOf('csv')
const read = (text: string | Buffer, over = layout) => decode(csv, [Buffer.from(text as string)], over)
const lines = async (text: string): Promise<[number, string][]> =>
  (await read(text)).rows.map((r) => [r.line, r.cells.join('|')])

type Ends = '\r\n' | '\n' | '\r'
interface Table {
  readonly rows: readonly (readonly string[])[]
  readonly delimiter: ';' | ',' | '\t' | '|'
  readonly end: Ends
  readonly quoteAll: boolean
  readonly blanks: readonly boolean[]
  readonly lastEnd: boolean
}

/** A writer by RFC 4180, kept apart from the reader: text and the line in which each row begins. */
const write = (table: Table): { text: string; starts: number[] } => {
  let [text, line] = ['', 1]
  const starts: number[] = []
  const all = [['A', 'B', 'C'], ...table.rows]
  for (const [i, row] of all.entries()) {
    const cells = row.map((cell) => {
      const must = table.quoteAll || cell.includes(table.delimiter) || /["\r\n]/.test(cell)
      return must ? `"${cell.replaceAll('"', '""')}"` : cell
    })
    if (i > 0) starts.push(line)
    const written = cells.join(table.delimiter)
    line += (written.match(/\r\n|\r|\n/g)?.length ?? 0) + 1
    const blank = table.blanks[i] === true
    if (blank) line += 1
    text += `${written}${i < all.length - 1 || table.lastEnd ? table.end : ''}${blank && i < all.length - 1 ? table.end : ''}`
  }
  return { text, starts }
}

const cell = fc.string({ unit: fc.constantFrom(...Array.from('ab1ü€"\'; ,|\t='), '\r\n', '\n', '\r'), maxLength: 8 })
const table: fc.Arbitrary<Table> = fc.record({
  // A row of blank cells only is no row, so one cell says something.
  rows: fc.array(
    fc.tuple(
      cell,
      cell.map((c) => `x${c}`),
      cell,
    ),
    { maxLength: 12 },
  ),
  delimiter: fc.constantFrom(';', ',', '\t', '|'),
  end: fc.constantFrom('\r\n', '\n', '\r'),
  quoteAll: fc.boolean(),
  blanks: fc.array(fc.boolean(), { maxLength: 12 }),
  lastEnd: fc.boolean(),
})

test('what a writer wrote is read again, cell by cell and line by line, however it arrives', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('utf-8', 'utf-8 with mark', 'windows-1252'),
      fc.array(fc.nat(), { maxLength: 6 }),
      async (made, encoding, places) => {
        const { text, starts } = write(made)
        const [label] = encoding.split(' ') as [string]
        const bytes = encoding === 'utf-8' ? Buffer.from(text) : encodeText(text, label)
        const over = layoutOf('csv', { delimiter: made.delimiter, encoding: label })
        const { rows, unreadable } = await decode(csv, cutAt(bytes, places), over)
        t.equal(unreadable, undefined)
        t.same(
          rows.map((r) => r.cells),
          made.rows,
        )
        t.same(
          rows.map((r) => r.line),
          starts,
        )
        t.same(
          rows.map((r) => r.fields),
          made.rows.map(([A = '', B = '', C = '']) => ({ A: A.trim(), B: B.trim(), C: C.trim() })),
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('a character cut in two by the network is one character', async (t) => {
  const bytes = Buffer.from('A;B;C\r\nü€𝄞;x;y\r\n')
  const { rows } = await decode(csv, cutAt(bytes, Array.from(bytes.keys())), layout)
  t.same(rows[0]?.cells, ['ü€𝄞', 'x', 'y'])
})

test('bytes that the encoding does not know make the file unreadable, nothing is guessed', async (t) => {
  const latin = Buffer.from('A;B;C\r\nM\xfcller;x;y\r\n', 'latin1')
  t.same(await read(latin), { rows: [], unreadable: 'INB-003' })
  t.equal((await read(Buffer.from('A;B;C\r\n€').subarray(0, -1))).unreadable, 'INB-003', 'cut off')
  const { rows } = await decode(csv, [latin], layoutOf('csv', { encoding: 'windows-1252' }))
  t.equal(rows[0]?.fields['A'], 'Müller')
})

test('a header that lacks a needed column, or names one twice, makes the file unreadable', async (t) => {
  t.equal((await read('B;C\r\n1;2\r\n')).unreadable, 'INB-002')
  t.equal((await read('A,B,C\r\n1,2,3\r\n')).unreadable, 'INB-002', 'another delimiter')
  t.equal((await read('A;B;A\r\n1;2;3\r\n')).unreadable, 'INB-004')
  t.equal((await read('A\r\n1\r\n')).unreadable, undefined, 'what is optional may be missing')
  const free = await read(' A ; ;extra; \r\n1;2;3;4\r\n')
  t.match(free, { unreadable: undefined, rows: [{ fields: { A: '1', extra: '3' } }] }, 'columns of no name, or unknown')
  t.same(await read('A;B;C\r\n'), { rows: [], unreadable: undefined }, 'a header alone holds no rows')
})

test('a row of too many or too few cells is a refused row, not a failed file', async (t) => {
  const { rows, unreadable } = await read('A;B;C\r\n1;2;3\r\n1;2\r\n1;2;3;4\r\n5;6;7\r\n')
  t.equal(unreadable, undefined)
  t.same(
    rows.map((r) => [r.line, r.problem?.code, r.problem?.value]),
    [
      [2, undefined, undefined],
      [3, 'INB-010', '2'],
      [4, 'INB-010', '4'],
      [5, undefined, undefined],
    ],
  )
  t.same(rows[2]?.cells, ['1', '2', '3', '4'], 'as it stood')
})

test('lines are counted as an editor counts them', async (t) => {
  t.same(await lines('\r\n\r\nA;B;C\r\n\r\n1;2;3\r\n\r\n\r\n4;5;6'), [
    [5, '1|2|3'],
    [8, '4|5|6'],
  ])
  t.same(await lines('"A";B;C\r\n1;"x\r\ny\nz";3\r\n4;5;6\r\n7;"\r\n";9\r\n"8";8;8'), [
    [2, '1|x\r\ny\nz|3'],
    [5, '4|5|6'],
    [6, '7|\r\n|9'],
    [8, '8|8|8'],
  ])
  t.same(await lines('A;B;C\r\n;;\r\n ; ;\r\n1;2;3\r\n'), [[4, '1|2|3']], 'rows of blank cells are no rows')
  t.same(await lines('A;B;C\r\n;"\r\n";\r\n1;2;3\r\n'), [[4, '1|2|3']], 'and their lines count')
})

test('line ends that change half-way never join two rows', async (t) => {
  t.same(await lines('A;B;C\r\n1;2;3\n4;5;6\r\n7;8;9\r0;0;0'), [
    [2, '1|2|3'],
    [3, '4|5|6'],
    [4, '7|8|9'],
    [5, '0|0|0'],
  ])
})

test('quotes inside a cell are text', async (t) => {
  t.same(await lines('A;B;C\r\n1;a 12" rim;3\r\n4;"say ""x""";6\r\n'), [
    [2, '1|a 12" rim|3'],
    [3, '4|say "x"|6'],
  ])
  t.equal((await read('A;B;C\r\n1;"never closed;3\r\n4;5;6\r\n')).unreadable, 'INB-005')
})

test('a line beyond all reason ends the reading instead of filling the memory', async (t) => {
  const long = 'x'.repeat(300 * 1024)
  t.equal((await read(`A;B;C\r\n1;2;3\r\n${long};2;3\r\n`)).unreadable, 'INB-005')
  t.equal((await read(`A;B;C\r\n${'x'.repeat(200 * 1024)};2;3\r\n`)).rows.length, 1)
  t.equal((await read(`${long}\r\n`)).unreadable, 'INB-005')
})

test('bytes of zero are characters like others here: the inbox refuses the row', async (t) => {
  const { rows } = await read('A;B;C\r\n1;\0;3\r\n4;5;6\r\n')
  t.same(
    rows.map((r) => r.cells),
    [
      ['1', '\0', '3'],
      ['4', '5', '6'],
    ],
  )
})

test('a column named like a part of every object is a column', async (t) => {
  const odd = { ...layout, fields: [field('A'), field('__proto__'), field('constructor')] }
  const { rows } = await read('A;__proto__;constructor\r\n1;2;3\r\n', odd)
  t.same(Object.entries(rows[0]?.fields ?? {}), [
    ['A', '1'],
    ['__proto__', '2'],
    ['constructor', '3'],
  ])
})
