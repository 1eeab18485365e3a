import fc from 'fast-check'
import { test } from 'tap'
import json from '../../connectors/codecs/json/codec.ts'
import { decode, layoutOf } from './codec-helpers.ts'

const layout = layoutOf('json')
const read = (text: string | Buffer) => decode(json, [Buffer.from(text as string)], layout)
const fields = async (text: string) => (await read(text)).rows.map((r) => r.fields)

test('one object, an array and one object a line say the same', async (t) => {
  const two = [{ A: '1' }, { A: '2' }]
  t.same(await fields('{"A":"1"}'), [{ A: '1' }])
  t.same(await fields('[{"A":"1"},{"A":"2"}]'), two)
  t.same(await fields('[\n  {\n "A": "1"\n  },\n {"A":"2"}\n]\n'), two)
  t.same(await fields('{"A":"1"}\n{"A":"2"}\n'), two)
  t.same(await fields('\uFEFF{"A":"1"}\r\n\r\n{"A":"2"}'), two)
  t.same(await fields('[]'), [])
})

test('numbers keep their text: no digit is lost and none is added', async (t) => {
  const numbers = ['2.450', '0.1000000000000000055', '12345678901234567890', '-0', '1e3', '5']
  for (const number of numbers) t.same(await fields(`{"A":${number}}`), [{ A: number }], number)
  t.same(await fields('{"A":true,"B":null,"C":{"D":[1.50,"x",{"E":false}]}}'), [
    { A: 'true', B: '', C: { D: ['1.50', 'x', { E: 'false' }] } },
  ])
})

test('texts come back whatever they hold, and keys too', async (t) => {
  const odd = fc.string({ unit: fc.constantFrom(...Array.from('a1 "\\/{}[]:,\0\n\r\t\u2028ü€𝄞')) })
  await fc.assert(
    fc.asyncProperty(fc.dictionary(odd, odd), async (record) => {
      const [row] = await fields(JSON.stringify(record))
      return JSON.stringify(Object.entries(row ?? {})) === JSON.stringify(Object.entries(record))
    }),
    { numRuns: 50 },
  )
  t.same(Object.entries((await fields('{"__proto__":"x"}'))[0] ?? {}), [['__proto__', 'x']])
})

test('lines are those of the file where it has lines, else the number of the object', async (t) => {
  const linesOf = async (text: string) => (await read(text)).rows.map((r) => r.line)
  t.same(await linesOf('\n{"A":"1"}\n\n{"A":"2"}\n'), [2, 4])
  t.same(await linesOf('[\n\n{"A":"1"},\n\n{"A":"2"}]'), [1, 2])
})

test('a bad line is a refused row; the good ones go on', async (t) => {
  const { rows, unreadable } = await read('{"A":"1"}\n{"A":\n{"A":"3"}\n"text"\n[1]\nnull\n{"A":"7"}\n')
  t.equal(unreadable, undefined)
  t.same(
    rows.map((r) => [r.line, r.problem?.code]),
    [
      [1, undefined],
      [2, 'INB-008'],
      [3, undefined],
      [4, 'INB-011'],
      [5, 'INB-011'],
      [6, 'INB-011'],
      [7, undefined],
    ],
  )
  t.same(rows[1]?.cells, ['{"A":'], 'as it stood')
})

test('a broken document is no list of lines: nothing of it is taken', async (t) => {
  for (const broken of ['{"A":', '[{"A":"1"},\n{"A":"2"}\n', '{\n"A":"1"\n', '<xml/>', '{"A":"1"} x', 'A;B\n1;2\n'])
    t.same(await read(broken), { rows: [], unreadable: 'INB-008' }, broken)
})

test('bytes that are no UTF-8 make the file unreadable, nothing is guessed', async (t) => {
  t.same(await read(Buffer.from('{"A":"M\xfcller"}', 'latin1')), { rows: [], unreadable: 'INB-003' })
})

test('a record nested too deep is a refused row, however deep', async (t) => {
  const nested = (depth: number): string => `{"A":${'['.repeat(depth)}${']'.repeat(depth)}}`
  const { rows } = await read(`{"A":"1"}\n${nested(15)}\n${nested(17)}\n{"A":"4"}`)
  t.same(
    rows.map((r) => r.problem?.code),
    [undefined, undefined, 'INB-007', undefined],
  )
  t.equal((await read(nested(200_000))).unreadable, 'INB-008', 'deeper than the parser goes')
})

test('a body beyond the limit is not read to its end', async (t) => {
  let given = 0
  const piece = Buffer.alloc(1024 * 1024, ' ')
  const { Readable } = await import('node:stream')
  const endless = Readable.from(
    (function* () {
      for (; given < 100; given++) yield piece
    })(),
    { objectMode: false },
  )
  const run = async (): Promise<void> => {
    for await (const row of json.decode(endless, layout)) t.ok(row)
  }
  await t.rejects(run(), { code: 'INB-006' })
  t.ok(given < 40, `${given} MiB were asked for`)
})
