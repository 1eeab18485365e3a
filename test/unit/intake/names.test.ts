import fc from 'fast-check'
import { test } from 'tap'
import type { Instant, Sha256 } from '../../../gateway/contract/index.ts'
import { archiveName } from '../../../gateway/intake/archive-name.ts'
import { isIgnored } from '../../../gateway/intake/is-ignored.ts'
import { StabilityWatch } from '../../../gateway/intake/stability-watch.ts'

// README, "Folder drop": *.ok.json *.errors.* *.result.csv *.receipt.json, dot files; *.tmp *.part *.filepart ~*
const never = [
  'x.csv.ok.json',
  'x.ok.json',
  'x.csv.errors.csv',
  'x.csv.errors.json',
  'x.errors.csv.gz',
  'x.errors.',
  'x.csv.result.csv',
  'XEB35N2CCT0100001.receipt.json',
  'X.CSV.OK.JSON',
  '.hidden',
  '.x.csv.swp',
  '.nfs0001',
  'x.csv.tmp',
  'x.csv.part',
  'x.csv.FilePart',
  '~x.csv',
  '~$x.csv',
  'folder/.x.csv',
  'folder/x.tmp',
]
const taken = [
  'x.csv',
  'ok.json',
  'result.csv',
  'x.json',
  'errors.csv',
  'tmp',
  'x.tmp.csv',
  'x~.csv',
  'xok.json',
  'a/x.csv',
]

test('the gateway takes no answers of its own, no hidden and no half-uploaded files', async (t) => {
  for (const name of never) t.ok(isIgnored(name), name)
  for (const name of taken) t.notOk(isIgnored(name), name)
  const listing = [...never, 'x.csv'].map((key) => ({ key, size: 1, version: '1' }))
  t.same(
    new StabilityWatch(1).observe(listing).map((i) => i.key),
    ['x.csv'],
  )
})

const at = '2026-11-22T10:30:00.123Z' as Instant
const hash = `1a2b3c4d${'0'.repeat(56)}` as Sha256

test('an archived name carries time and hash and keeps its ending', async (t) => {
  t.equal(archiveName('x.csv', at, hash), 'x.20261122T103000Z.1a2b3c4d.csv')
  t.equal(archiveName('day 1.part2.csv', at, hash), 'day 1.part2.20261122T103000Z.1a2b3c4d.csv')
  t.equal(archiveName('export', at, hash), 'export.20261122T103000Z.1a2b3c4d')
  t.equal(archiveName('incoming/x.csv', at, hash), 'x.20261122T103000Z.1a2b3c4d.csv')
})

test('an archived name is a name that a file system takes, however long the drop was named', async (t) => {
  const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(names, (name) => {
      const archived = archiveName(name, at, hash)
      return Buffer.byteLength(archived) <= 255 && !archived.includes('/') && archived.includes('.1a2b3c4d')
    }),
  )
  t.equal(archiveName(`${'x'.repeat(251)}.csv`, at, hash).length, 255)
})
