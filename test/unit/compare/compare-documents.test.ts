import { test } from 'tap'
import fc from 'fast-check'
import { compareDocuments } from '../../../gateway/compare/compare-documents.ts'
import type { IviTree } from '../../../gateway/contract/index.ts'

const coc = (content: IviTree): IviTree => ({ CocDataGroup: content })
const at = '/InitialVehicleInformation/CocDataGroup'

test('number format, white space, equivalent dates and order do not count', (t) => {
  const ours: IviTree = {
    Header: { IviVersionNumber: '1', IviVersionDateTime: '2026-07-05T09:55:21+02:00' },
    CocDataGroup: { MaximumSpeed: '90', DateManufactureVehicle: '2026-07-05', Type: 'EXB5 X' },
  }
  const theirs: IviTree = {
    CocDataGroup: { Type: ' EXB5\n X', DateManufactureVehicle: '2026-07-05Z', MaximumSpeed: '090.00' },
    Header: { IviVersionDateTime: '2026-07-05T07:55:21.000Z', IviVersionNumber: '01' },
  }
  t.same(compareDocuments(ours, theirs, { ignore: new Set() }), [])
  t.end()
})

test('numbers that differ are told apart, however they are written', (t) => {
  const pairs = [
    ['0', '-0.0', true],
    ['100', '10', false],
    ['0.10', '.1', true],
    ['-1.0', '-1', true],
    ['-1', '1', false],
    ['1e2', '100', false],
    ['', '0', false],
  ] as const
  for (const [a, b, same] of pairs)
    t.equal(compareDocuments(coc({ MaximumSpeed: a }), coc({ MaximumSpeed: b })).length === 0, same, `${a} and ${b}`)
  t.end()
})

test('rows are matched by their number, not by their place', (t) => {
  const axle = (n: string, mass: string): IviTree => ({ AxleNumber: n, TechnicallyPermissibleMassAxle: mass })
  const ours = coc({ AxleTable: { AxleGroup: [axle('1', '2100'), axle('2', '3500')] } })
  const theirs = coc({ AxleTable: { AxleGroup: [axle('02', '3500'), axle('1', '2000')] } })
  t.same(compareDocuments(ours, theirs), [
    {
      path: `${at}/AxleTable/AxleGroup[1]/TechnicallyPermissibleMassAxle`,
      element: 'TechnicallyPermissibleMassAxle',
      ours: '2100',
      theirs: '2000',
    },
  ])
  t.end()
})

test('a row that only one side has is told leaf by leaf, with its place on that side', (t) => {
  const make = (...names: string[]): IviTree => coc({ MakeTable: { MakeGroup: names.map((Make) => ({ Make })) } })
  t.same(compareDocuments(make('A', 'B'), make('B')), [
    { path: `${at}/MakeTable/MakeGroup[1]/Make`, element: 'Make', ours: 'A', theirs: undefined },
  ])
  t.same(compareDocuments(make('B'), make('A', 'B', 'C')), [
    { path: `${at}/MakeTable/MakeGroup[1]/Make`, element: 'Make', ours: undefined, theirs: 'A' },
    { path: `${at}/MakeTable/MakeGroup[3]/Make`, element: 'Make', ours: undefined, theirs: 'C' },
  ])
  t.end()
})

test('a changed row without a number is one difference', (t) => {
  const make = (...names: string[]): IviTree => coc({ MakeTable: { MakeGroup: names.map((Make) => ({ Make })) } })
  t.same(
    compareDocuments(make('A', 'B'), make('B', 'X')).map((d) => [d.ours, d.theirs]),
    [['A', 'X']],
  )
  t.end()
})

test('stamps are left out unless they are asked for', (t) => {
  const header = (id: string): IviTree => ({ Header: { IviReferenceId: id, IviVersionNumber: '1' } })
  t.same(compareDocuments(header('a'), header('b')), [])
  t.equal(compareDocuments(header('a'), header('b'), { ignore: new Set() }).length, 1)
  t.end()
})

test('shuffled rows make no difference, and a change is found wherever it stands', (t) => {
  const count = fc.integer({ min: 1, max: 6 })
  fc.assert(
    fc.property(count, fc.nat(), fc.infiniteStream(fc.nat()), (n, which, order) => {
      const axles = Array.from({ length: n }, (_, i): IviTree => ({ AxleNumber: `${i + 1}`, AxleTrack: `${1700 + i}` }))
      const shuffled = axles
        .map((axle) => ({ axle, key: order.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ axle }) => axle)
      const tree = (rows: IviTree[]): IviTree => coc({ AxleTable: { AxleGroup: rows } })
      if (compareDocuments(tree(axles), tree(shuffled)).length > 0) return false
      const changed = shuffled.map((a) => (a['AxleNumber'] === `${(which % n) + 1}` ? { ...a, AxleTrack: '9' } : a))
      const found = compareDocuments(tree(axles), tree(changed))
      return found.length === 1 && found[0]?.path === `${at}/AxleTable/AxleGroup[${(which % n) + 1}]/AxleTrack`
    }),
  )
  t.end()
})
