import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { test } from 'tap'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { checkRow, isRefused } from '../../../gateway/inbox/check-row.ts'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const page = readFileSync(new URL('../../../docs/sage-x3.md', import.meta.url), 'utf8')
const { input } = sampleMapper('sage-x3')
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''

test('the page names every column that the mapper reads, and no other', async (t) => {
  const rows = /\| column \| what [^]*?\n\n/.exec(page)?.[0].split('\n').slice(2) ?? []
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
  t.same(
    named,
    input.fields.map(({ name }) => name),
  )
})

test('the example does what the page says: its third line is refused, with these words', async (t) => {
  const rows = []
  for await (const row of csv.decode(Readable.from([Buffer.from(block('csv'), 'latin1')]), input))
    rows.push(checkRow(row, input))
  t.same(rows.map(isRefused), [false, true, false, false])
  const [refused] = rows.filter(isRefused)
  const [problem] = refused?.problems ?? []
  t.ok(problem && page.includes(`3;${refused?.vin};refused;${problem.field}: ${problem.message};`))
})
