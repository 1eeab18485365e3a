import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { compareSets } from '../../../gateway/compare/compare-sets.ts'
import { openDocumentSet } from '../../../gateway/compare/document-set.ts'
import { reportCsv } from '../../../gateway/compare/report-csv.ts'
import { reportHtml } from '../../../gateway/compare/report-html.ts'
import type { IviTree } from '../../../gateway/contract/index.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const vinOf = (n: number): string => `YARTN2EV${String(n).padStart(9, '0')}`
const vehicle = (n: number, stage = 1, width = '2200', version = '1'): IviTree => ({
  Header: { IviReferenceId: crypto.randomUUID(), IviVersionNumber: version },
  CocDataGroup: {
    VehicleIdentificationNumber: vinOf(n),
    ManufacturerTable: { ManufacturerGroup: [{ ManufacturerStageNumber: String(stage), ManufacturerName: 'Example' }] },
    DimensionGroup: { Width: width, Length: '6800' },
    AxleTable: { AxleGroup: [{ AxleNumber: '1', AxleTrack: '1700' }] },
  },
})

const sides = async (folder: string, ours: Record<string, IviTree>, theirs: Record<string, IviTree>) => {
  for (const [side, files] of Object.entries({ ours, theirs })) {
    await mkdir(join(folder, side), { recursive: true })
    for (const [name, tree] of Object.entries(files)) await writeFile(join(folder, side, name), writeDocument(tree))
  }
  return [await openDocumentSet(join(folder, 'ours')), await openDocumentSet(join(folder, 'theirs'))] as const
}

test('a thousand vehicles with 37 planted differences: exactly those are reported', async (t) => {
  const folder = await tempFolder(t)
  const planted = new Map<string, string>()
  const [ours, theirs]: [Record<string, IviTree>, Record<string, IviTree>] = [{}, {}]
  for (let n = 0; n < 1000; n++) {
    const his = vehicle(n)
    const isPlanted = n % 27 === 5
    const coc = his['CocDataGroup'] as IviTree
    // Three kinds, each at another place.
    if (isPlanted && n % 3 === 0) coc['DimensionGroup'] = { Width: '2201', Length: '6800' }
    if (isPlanted && n % 3 === 1) coc['AxleTable'] = { AxleGroup: [{ AxleNumber: '1' }] }
    if (isPlanted && n % 3 === 2) coc['Version'] = 'V02'
    if (isPlanted) planted.set(vinOf(n), ['Width', 'AxleTrack', 'Version'][n % 3] ?? '')
    ours[`a-${n}.xml`] = vehicle(n)
    theirs[`b-${1000 - n}.xml`] = his
  }
  t.equal(planted.size, 37)
  const [mine, his] = await sides(folder, ours, theirs)
  const found = await compareSets(mine, his)
  const listed = found.vehicles.flatMap((v) => v.differences.map((d) => [v.vin, d.element] as const))
  t.same(new Map(listed), planted)
  t.equal(listed.length, 37)
  t.equal(found.rate.vehicles, 1000)
  t.equal(found.rate.equal, 963)
  const width = found.rate.fields().find((f) => f.element === 'Width')
  const widths = [...planted.values()].filter((e) => e === 'Width').length
  t.same(width, { element: 'Width', vehicles: 1000, differing: widths })
  t.equal(reportCsv(found).trimEnd().split('\r\n').length, 38)
  t.match(reportHtml(found, 'run'), '963 without a difference (96.30 %)')
})

test('vehicles are matched by VIN, and by stage only where a side has several', async (t) => {
  const folder = await tempFolder(t)
  const [ours, theirs] = await sides(
    folder,
    { 'a.xml': vehicle(1, 2), 'b.xml': vehicle(2, 1), 'c.xml': vehicle(2, 2), 'd.xml': vehicle(3) },
    { 'x.xml': vehicle(1, 1), 'y.xml': vehicle(2, 2), 'z.xml': vehicle(4) },
  )
  const { vehicles } = await compareSets(ours, theirs)
  t.same(
    vehicles.map((v) => [v.vin, v.stage, v.missing ?? v.differences.map((d) => d.element)]),
    [
      [vinOf(1), 2, ['ManufacturerStageNumber']],
      [vinOf(2), 1, 'theirs'],
      [vinOf(3), 1, 'theirs'],
      [vinOf(4), 1, 'ours'],
    ],
  )
})

test('of several versions the highest counts, and what cannot be read is told and never equal', async (t) => {
  const folder = await tempFolder(t)
  const [ours, theirs] = await sides(
    folder,
    { 'a.xml': vehicle(1, 1, '2200', '2') },
    { '1.xml': vehicle(1, 1, '2000', '1'), '2.xml': vehicle(1, 1, '2200', '2') },
  )
  t.ok((await compareSets(ours, theirs)).equal)
  await writeFile(join(folder, 'theirs', 'broken.xml'), '<a><b></a>')
  await writeFile(join(folder, 'theirs', 'other.xml'), '<a/>')
  const again = await openDocumentSet(join(folder, 'theirs'))
  t.same(
    again.unreadable.map((u) => u.file),
    ['broken.xml', 'other.xml'],
  )
  t.notOk((await compareSets(ours, again)).equal)
})

test('reports run nothing: formulas are made harmless and markup is escaped', async (t) => {
  const folder = await tempFolder(t)
  const evil = vehicle(1)
  const coc = evil['CocDataGroup'] as IviTree
  coc['Version'] = '=1+1<script>alert(1)</script>'
  const [ours, theirs] = await sides(folder, { 'a.xml': vehicle(1) }, { 'a.xml': evil })
  const found = await compareSets(ours, theirs)
  t.match(reportCsv(found), `;'=1+1`)
  t.notMatch(reportHtml(found, '<x>'), /<script|<x>/)
})
