import { test } from 'tap'
import ndjson from '../../connectors/codecs/ndjson/codec.ts'
import { decode, layoutOf } from './codec-helpers.ts'

const read = (text: string) => decode(ndjson, [Buffer.from(text)], layoutOf('ndjson'))

test('one object a line; numbers keep their text', async (t) => {
  const { rows } = await read('{"A":2.450}\r\n\n{"A":12345678901234567890}')
  t.same(
    rows.map((r) => [r.line, r.fields]),
    [
      [1, { A: '2.450' }],
      [3, { A: '12345678901234567890' }],
    ],
  )
})

test('a bad line is a bad row and nothing more', async (t) => {
  const { rows } = await read('{"A":1}\n{"A":\n[1]\n{"A":2}\n')
  t.same(
    rows.map((r) => r.problem?.code),
    [undefined, 'INB-008', 'INB-011', undefined],
  )
})

test('a line that is nested too deep or never ends is refused', async (t) => {
  t.match((await read(`${'{"A":'.repeat(40)}1${'}'.repeat(40)}`)).rows, [{ problem: { code: 'INB-007' } }])
  t.match(await read(`{"A":"${'x'.repeat(1_100_000)}"}`), { unreadable: 'INB-031' })
})
