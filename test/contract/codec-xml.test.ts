import { Readable } from 'node:stream'
import fc from 'fast-check'
import { test } from 'tap'
import xml from '../../connectors/codecs/xml/codec.ts'
import type { InputLayout } from '../../gateway/contract/index.ts'
import { cutAt, decode, field, layoutOf } from './codec-helpers.ts'

const layoutFor = (options: NonNullable<InputLayout['xml']> = {}): InputLayout => ({ ...layoutOf('xml'), xml: options })
const layout = layoutFor({ record: '/VEHICLES/VEHICLE' })
const read = (text: string | Buffer, over = layout) => decode(xml, [Buffer.from(text as string)], over)
const fields = async (record: string, over = layout) =>
  (await read(`<VEHICLES>${record}</VEHICLES>`, over)).rows.map((r) => r.fields)

const escape = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

test('records come back whatever they hold, however they arrive', async (t) => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('a1 "\'<>&]\n\r;ü€𝄞')), maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { maxLength: 8 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.constantFrom('utf-8', 'windows-1252', 'utf-16le'),
      async (records, places, encoding) => {
        const kept =
          encoding === 'windows-1252' ? (s: string) => s.replaceAll('𝄞', '').replaceAll('€', '') : (s: string) => s
        const body = records
          .map(
            ([a, b]) =>
              `<VEHICLE A="${escape(kept(a)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"><B>${escape(kept(b))}</B></VEHICLE>\n`,
          )
          .join('')
        const node = { 'utf-8': 'utf8', 'windows-1252': 'latin1', 'utf-16le': 'utf16le' }[encoding] as BufferEncoding
        const bytes = Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>\n<VEHICLES>\n${body}</VEHICLES>`, node)
        const over = layoutFor({ record: '/VEHICLES/VEHICLE', encoding })
        const { rows, unreadable } = await decode(xml, cutAt(bytes, places), over)
        t.equal(unreadable, undefined)
        t.same(
          rows.map((r) => r.fields),
          records.map(([a, b]) => ({ '@A': kept(a).trim(), B: kept(b).trim() })),
        )
      },
    ),
    { numRuns: 100 },
  )
})

test('children, attributes, text and lists become fields', async (t) => {
  t.same(await fields('<VEHICLE><A>1</A></VEHICLE><OTHER><A>2</A></OTHER><VEHICLE/>'), [{ A: '1' }, {}])
  t.same(await fields('<VEHICLE id="7">x<M unit="kg">5</M><D><E/></D><!-- y --></VEHICLE>'), [
    { '@id': '7', M: { '@unit': 'kg', '#text': '5' }, D: { E: '' }, '#text': 'x' },
  ])
  t.same(await fields('<VEHICLE><X><N>1</N></X><Y/><X><N>2</N></X></VEHICLE>'), [
    { X: [{ N: '1' }, { N: '2' }], Y: '' },
  ])
  t.same(await fields('<VEHICLE><T><![CDATA[<a> &amp; ]]>b</T></VEHICLE>'), [{ T: '<a> &amp; b' }])
  const one = '<VEHICLE><L><N>1</N></L><S><L><N>1</N></L></S></VEHICLE>'
  t.same(await fields(one), [{ L: { N: '1' }, S: { L: { N: '1' } } }])
  const lists = {
    ...layoutFor({ record: '/VEHICLES/VEHICLE', lists: ['S/L'] }),
    fields: [field('L', { type: 'list' })],
  }
  t.same(await fields(one, lists), [{ L: [{ N: '1' }], S: { L: [{ N: '1' }] } }], 'a list of one is a list')
  const spaced =
    '<v:VEHICLE xmlns:v="urn:v" xmlns="urn:w" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><A xsi:nil="true"/><v:B v:c="1"/></v:VEHICLE>'
  t.same(await fields(spaced), [{ A: '', B: { '@c': '1' } }], 'namespaces are passed over')
  t.same(Object.entries((await fields('<VEHICLE><__proto__>1</__proto__></VEHICLE>'))[0] ?? {}), [['__proto__', '1']])
})

test('the layout says where the records are', async (t) => {
  const deep = '<a><b><c>1</c></b><x><c>no</c></x><b><y/><c>2</c><c>3</c></b><c>no</c></a>'
  const at = async (record?: string) =>
    (await read(deep, layoutFor(record === undefined ? {} : { record }))).rows.map((r) => r.fields)
  t.same(await at('/a/b/c'), [{ '#text': '1' }, { '#text': '2' }, { '#text': '3' }])
  t.same(await at('/a/b'), [{ c: '1' }, { y: '', c: ['2', '3'] }])
  t.same((await at('/a')).length, 1, 'the root itself')
  t.same((await at()).length, 4, 'each child of the root')
  t.same(await read('<VEHICLES/>'), { rows: [], unreadable: undefined }, 'none today')
  t.same(await read('<ORDERS><VEHICLE/></ORDERS>'), { rows: [], unreadable: 'INB-019' })
  t.same(await read(deep, layoutFor({ record: '/a/z/c' })), { rows: [], unreadable: 'INB-019' })
})

test('a record is known by its number, even when all stand in one line', async (t) => {
  const { rows } = await read('<VEHICLES><VEHICLE/><VEHICLE/>\n\n<OTHER/><VEHICLE/></VEHICLES>')
  t.same(
    rows.map((r) => r.line),
    [1, 2, 3],
  )
})

test('what goes beyond a limit is told with its line', async (t) => {
  const head = '<?xml version="1.0"?>\r\n<VEHICLES>\r\n<VEHICLE\n a="1"\n>'
  const run = async (): Promise<void> => {
    const bytes = Readable.from([Buffer.from(`${head}${'<a/>'.repeat(10_001)}`)], { objectMode: false })
    for await (const row of xml.decode(bytes, layout)) t.ok(row)
  }
  await t.rejects(run(), { code: 'INB-018', message: /begins in line 3 / })
})

test('what is not plain XML makes the file unreadable, each with its reason', async (t) => {
  const of = async (text: string | Buffer) => (await read(text)).unreadable
  t.equal(await of('<!DOCTYPE a [<!ENTITY x "y">]><VEHICLES>&x;</VEHICLES>'), 'INB-017')
  t.equal(await of('<!DOCTYPE VEHICLES SYSTEM "file:///etc/passwd"><VEHICLES/>'), 'INB-017')
  t.equal(await of('<VEHICLES>&x;</VEHICLES>'), 'INB-017')
  for (const broken of [
    '<VEHICLES>',
    '<a></b>',
    '<a/><b/>',
    '<a b="1" b="2"/>',
    '<a>&</a>',
    '<n:a/>',
    'A;B',
    '{}',
    '<?xml version="1.1"?><a/>',
    '<a>\0</a>',
  ])
    t.equal(await of(broken), 'INB-016', broken)
  t.equal(await of(Buffer.from('<VEHICLES><VEHICLE>\xfc</VEHICLE></VEHICLES>', 'latin1')), 'INB-003')
  t.equal(await of(Buffer.from('<VEHICLES/>ü').subarray(0, -1)), 'INB-003', 'cut off inside a character')
  t.equal(await of('<?xml version="1.0" encoding="ISO-8859-1"?><VEHICLES/>'), 'INB-003', 'says something else')
  t.equal(await of('<?xml version="1.0" encoding="nonsense"?><VEHICLES/>'), 'INB-003')
  const partly = await read('<VEHICLES><VEHICLE><A>1</A></VEHICLE><VEHICLE><A></VEHICLE></VEHICLES>')
  t.match(partly, { rows: [{ fields: { A: '1' } }], unreadable: 'INB-016' }, 'rows before the fault are taken')
})

test('depth, names, attributes, elements and text have limits', async (t) => {
  const of = async (record: string) => (await read(`<VEHICLES><VEHICLE>${record}</VEHICLE></VEHICLES>`)).unreadable
  const nested = (depth: number) => '<d>'.repeat(depth) + '</d>'.repeat(depth)
  t.equal(await of(nested(60)), undefined)
  t.equal(await of(nested(70)), 'INB-018')
  t.equal(await of(`<${'n'.repeat(201)}/>`), 'INB-018')
  t.equal(await of(`<a ${'n'.repeat(201)}="1"/>`), 'INB-018')
  t.equal(await of(`<a ${Array.from({ length: 101 }, (_, i) => `n${i}="1"`).join(' ')}/>`), 'INB-018')
  t.equal(await of('<a/>'.repeat(10_001)), 'INB-018')
  t.equal(await of(`<a>${'x'.repeat(300_000)}</a>`), 'INB-018')
  t.equal(await of(`<a>${'<b/>x'.repeat(9_000)}</a>`), undefined)
})

/** Bytes as they are asked for, and how many were. */
const stream = (head: string, piece: string, count: number, tail: string) => {
  const given = { pieces: 0 }
  const block = Buffer.from(piece)
  const bytes = Readable.from(
    (function* () {
      yield Buffer.from(head)
      for (; given.pieces < count; given.pieces++) yield block
      yield Buffer.from(tail)
    })(),
    { objectMode: false },
  )
  return { bytes, given }
}

test('a text, comment, name or declaration without end does not fill the memory', async (t) => {
  const million = 'x'.repeat(1024 * 1024)
  for (const head of [
    '<VEHICLES><VEHICLE>',
    '<VEHICLES><!-- ',
    '<VEHICLES a="',
    '<VEHICLES><',
    '<!DOCTYPE a [',
    '<VEHICLES><![CDATA[',
    '<VEHICLES><?x ',
  ]) {
    const { bytes, given } = stream(head, million, 200, '')
    const run = async (): Promise<void> => {
      for await (const row of xml.decode(bytes, layout)) t.ok(row)
    }
    await t.rejects(run(), { name: 'UnreadableFile', code: /INB-01[678]/ }, head)
    t.ok(given.pieces < 8, `${head}: ${given.pieces} MiB were asked for`)
  }
})

test('a file of any size is read in the same memory', async (t) => {
  const record = `<VEHICLE><VIN>YEXAMPLE000000001</VIN><A>1</A>${'<AX><N>1</N><M>3500</M></AX>'.repeat(20)}</VEHICLE>\n`
  const count = 24
  const block = record.repeat(Math.ceil((1024 * 1024) / record.length))
  const perBlock = Math.ceil((1024 * 1024) / record.length)
  const { bytes } = stream('<VEHICLES>', block, count, '</VEHICLES>')
  let [rows, early, peak] = [0, 0, 0]
  for await (const row of xml.decode(bytes, layout)) {
    rows++
    if (row.fields['A'] !== '1') t.fail('a wrong row')
    if (rows % 10_000 !== 0) continue
    const { rss } = process.memoryUsage()
    if (early === 0) early = rss
    peak = Math.max(peak, rss)
  }
  t.equal(rows, count * perBlock)
  t.ok(peak - early < 160 * 1024 * 1024, `${Math.round((peak - early) / 1024 / 1024)} MiB more at the end`)
})
