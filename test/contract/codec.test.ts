import { existsSync, readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { test } from 'tap'
import type { Codec, InputLayout } from '../../gateway/contract/index.ts'
import { cutAt, decode, layoutOf } from './codec-helpers.ts'

/** Every codec there is, found by its folder. */
const folder = new URL('../../connectors/codecs/', import.meta.url)
const formats = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/codec.ts`, folder)))

/** Beginnings that are no fault by themselves. */
const begun: Readonly<Record<string, string>> = { json: '[{"A":"1"},', xml: '<R><A>1</A>' }

test('there are codecs', async (t) => t.ok(formats.length > 0))

for (const format of formats) {
  test(`codec ${format}`, async (t) => {
    const { default: codec } = (await import(new URL(`${format}/codec.ts`, folder).href)) as { default: Codec }
    const layout = layoutOf(format as InputLayout['format'])

    await t.test('is called like its folder', async (t) => t.equal(codec.format, format))

    await t.test('an empty file is unreadable, and says so', async (t) => {
      for (const empty of ['', '\uFEFF', '\r\n\r\n', '\n', '  \n'])
        t.same(
          await decode(codec, [Buffer.from(empty)], layout),
          { rows: [], unreadable: 'INB-001' },
          JSON.stringify(empty),
        )
      t.same(await decode(codec, [], layout), { rows: [], unreadable: 'INB-001' })
    })

    await t.test('whatever comes is rows or an unreadable file, the same however it is cut', async (t) => {
      const noise = fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map((b) => Buffer.from(b)),
        fc
          .string({ unit: fc.constantFrom(...Array.from('AB;,"\r\n[]{}: 12ü\0')) })
          .map((s) => Buffer.from(`A;B;C\r\n${s}`)),
        fc.json().map((s) => Buffer.from(s)),
      )
      await fc.assert(
        fc.asyncProperty(noise, fc.array(fc.nat(), { maxLength: 5 }), async (bytes, places) => {
          const whole = await decode(codec, [bytes], layout)
          const pieces = await decode(codec, cutAt(bytes, places), layout)
          // The place of a row is its key where rows are kept.
          t.ok(whole.rows.every((row, i) => i === 0 || row.line > (whole.rows[i - 1]?.line ?? 0)))
          if (whole.unreadable !== undefined) t.equal(pieces.unreadable, whole.unreadable)
          else t.same(pieces, whole)
        }),
        { numRuns: 150 },
      )
    })

    await t.test('a source that breaks off is that error, not an unreadable file', async (t) => {
      const broken = Readable.from(
        (function* () {
          yield Buffer.from(begun[format] ?? 'A;B;C\r\n1;2;3\r\n')
          throw Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })
        })(),
        { objectMode: false },
      )
      const read = async (): Promise<void> => {
        for await (const row of codec.decode(broken, layout)) t.ok(row)
      }
      await t.rejects(read(), { code: 'ECONNRESET' })
    })
  })
}
