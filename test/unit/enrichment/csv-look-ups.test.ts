import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type Test } from 'tap'
import type { LookupSpec } from '../../../gateway/contract/index.ts'
import { makeEnrichment } from '../../../gateway/enrichment/make-enrichment.ts'

const spec: LookupSpec = {
  name: 'paints',
  csv: 'paints.csv',
  delimiter: ';',
  encoding: 'windows-1252',
  keyColumn: 'CODE',
  columns: ['COLOUR', 'NAME'],
}
const ask = (key: string) => [{ name: 'paints', key }]

const made = (t: Test, content: string | Buffer | undefined, options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'ecoc-lookup-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'paints.csv')
  if (content !== undefined) writeFileSync(file, content)
  let clock = 0
  const enrichment = makeEnrichment({ folder, now: () => clock, ...options })
  return {
    enrichment,
    file,
    pass: (ms: number) => (clock += ms),
    find: (key: string) => enrichment.resolve([spec], ask(key)),
  }
}
const table = 'CODE;X;NAME;COLOUR\nR3;-;Rouge foncé;3\n"B;1";-;Blau;5\nR3;other;Rouge foncé;3\n;;;\n'

test('a key finds the columns that are declared, and no others', async (t) => {
  const { find, enrichment } = made(t, Buffer.from(table, 'latin1'))
  t.strictSame(await find('R3'), { paints: { COLOUR: '3', NAME: 'Rouge foncé' } })
  t.strictSame(await find('B;1'), { paints: { COLOUR: '5', NAME: 'Blau' } })
  t.strictSame(await find('nothing'), { paints: undefined })
  t.strictSame(await find(''), {})
  t.strictSame(await find('__proto__'), { paints: undefined })
  t.strictSame(enrichment.counts().get('paints'), { found: 2, missed: 2, failed: 0, reads: 1 })
})

test('a changed file is read again, an unchanged one is not', async (t) => {
  const { find, file, pass, enrichment } = made(t, table)
  await find('R3')
  pass(2000)
  await find('R3')
  t.equal(enrichment.counts().get('paints')?.reads, 1)
  writeFileSync(file, 'CODE;NAME;COLOUR\nR3;new;9\n')
  utimesSync(file, 1, 1)
  t.match(await find('R3'), { paints: { COLOUR: '3' } }, 'within the time it is trusted')
  pass(2000)
  t.match(await find('R3'), { paints: { COLOUR: '9' } })
  t.equal(enrichment.counts().get('paints')?.reads, 2)
})

test('many records asking at once read the file once', async (t) => {
  const { find, enrichment } = made(t, table)
  await Promise.all(Array.from({ length: 50 }, () => find('R3')))
  t.equal(enrichment.counts().get('paints')?.reads, 1)
})

test('what cannot be used is refused with what is wrong, and asked for again later', async (t) => {
  const { find, file } = made(t, undefined)
  await t.rejects(find('R3'), { code: 'ENR-001', kind: 'config' })
  writeFileSync(file, table)
  t.match(await find('R3'), { paints: { COLOUR: '3' } })
  await t.rejects(made(t, '').find('R3'), { code: 'ENR-002' })
  await t.rejects(made(t, 'CODE;NAME\n').find('R3'), { code: 'ENR-002', message: /COLOUR/ })
  await t.rejects(made(t, 'CODE;NAME;COLOUR\n"R3;x').find('R3'), { code: 'ENR-002' })
  await t.rejects(made(t, 'CODE;NAME;COLOUR\na;;\nb;;\nc;;\n', { maxRows: 2 }).find('a'), { code: 'ENR-003' })
  await t.rejects(made(t, `CODE;NAME;COLOUR\na;${'x'.repeat(99)};\n`, { maxSize: 50 }).find('a'), { code: 'ENR-003' })
  await t.rejects(made(t, `CODE;NAME;COLOUR\na;${'x'.repeat(200_000)};\n`).find('a'), { code: 'ENR-002' })
  const utf8 = { ...spec, encoding: 'utf-8' }
  const broken = made(t, Buffer.from(table, 'latin1'))
  await t.rejects(broken.enrichment.resolve([utf8], ask('R3')), { code: 'ENR-002' })
})

test('a key on two rows that differ is refused, not guessed', async (t) => {
  const { find } = made(t, 'CODE;NAME;COLOUR\nR3;a;3\nR3;a;4\nB1;b;5\n')
  await t.rejects(find('R3'), { code: 'ENR-004' })
  t.match(await find('B1'), { paints: { COLOUR: '5' } })
})

test('only so many tables are kept', async (t) => {
  const { enrichment, file } = made(t, table, { maxTables: 1 })
  writeFileSync(file.replace('paints', 'other'), table)
  const other = { ...spec, csv: 'other.csv' }
  for (const each of [spec, other, spec]) await enrichment.resolve([each], ask('R3'))
  t.equal(enrichment.counts().get('paints')?.reads, 3)
})
