import { test } from 'tap'
import { nameFilter } from '../../../gateway/intake/name-filter.ts'

test('rules let names in, and our own answers stay out whatever they say', async (t) => {
  const { isWanted } = nameFilter({ include: ['*.csv', 'x?.txt'], ignore: ['test-*'] })
  t.same(
    ['a.csv', 'A.CSV', 'x1.txt', 'x12.txt', 'test-a.csv', 'a.csv.ok.json', '.a.csv', 'a.xml', 'sub/a.csv'].map(
      isWanted,
    ),
    [true, true, true, false, false, false, false, false, true],
  )
  t.notOk(nameFilter({ include: ['*'] }).isWanted('a.csv.result.csv'))
  t.ok(nameFilter({ include: ['in/*'] }).isWanted('in/a.csv'))
  t.notOk(nameFilter({ include: ['in/*'] }).isWanted('in/deep/a.csv'))
  t.ok(nameFilter({ ignore: ['a(b)+.csv'] }).isWanted('abb.csv'), 'signs of expressions are signs')
})

test('a marker is named after its file, is listed, and is no file itself', async (t) => {
  const name = nameFilter({ ready: '{name}.done' })
  t.equal(name.markerOf('x.csv'), 'x.csv.done')
  t.equal(name.markerOf('in/x.csv'), 'in/x.csv.done')
  t.ok(name.isListed('x.csv.done'))
  t.notOk(name.isWanted('x.csv.done'))
  t.equal(nameFilter({ ready: '{stem}.ok' }).markerOf('x.y.csv'), 'x.y.ok')
  t.equal(nameFilter({}).markerOf('x.csv'), undefined)
})
