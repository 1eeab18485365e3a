import fc from 'fast-check'
import { test } from 'tap'
import { holdBack, mergePage, type Page } from '../../../ui/common/merge-list.ts'

type Row = { id: string; v?: number }
const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }))
const page = (items: Row[], next: string | null = null): Page<Row> => ({ items, next })

test('a fresh first page', async (t) => {
  await t.test('brings new rows to the top and keeps those loaded below it', async (t) => {
    t.same(
      mergePage(page(rows('5', '4', '3', '2'), '2'), page(rows('6', '5'), '5')),
      page(rows('6', '5', '4', '3', '2'), '2'),
    )
  })
  await t.test('updates rows in its range, and lets go those that left the filter', async (t) => {
    const fresh = page([{ id: '5', v: 1 }, { id: '3' }], '3')
    t.same(
      mergePage(page(rows('5', '4', '3', '2'), null), fresh),
      page([{ id: '5', v: 1 }, { id: '3' }, { id: '2' }], null),
    )
  })
  await t.test('is all there is when nothing follows it', async (t) => {
    t.same(mergePage(page(rows('5', '4', '3')), page(rows('4'))), page(rows('4')))
  })
  await t.test('replaces everything when there is a gap to the rows shown', async (t) => {
    t.same(mergePage(page(rows('2', '1'), null), page(rows('9', '8'), '8')), page(rows('9', '8'), '8'))
  })
  await t.test('leads to what the gateway holds, from any earlier state', async (t) => {
    const ids = fc.uniqueArray(fc.integer({ min: 10, max: 99 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (before, added, size, pages) => {
          const sorted = (list: number[]): Row[] =>
            [...new Set(list)].sort((a, b) => b - a).map((n) => ({ id: String(n).padStart(3, '0') }))
          const pageOf = (all: Row[], n: number): Page<Row> =>
            page(all.slice(0, n), all.length > n ? all[n - 1]!.id : null)
          // New rows are newer than all that were there.
          const now = sorted([...before, ...added.map((n) => n + 100)])
          const merged = mergePage(pageOf(sorted(before), size * pages), pageOf(now, size))
          t.same(merged.items, now.slice(0, merged.items.length), 'a gapless start of the whole list')
          t.equal(merged.next, merged.items.length < now.length ? merged.items.at(-1)!.id : null)
        },
      ),
    )
  })
})

test('rows above the newest shown wait', async (t) => {
  t.same(holdBack(rows('5', '4', '3'), '4'), { shown: rows('4', '3'), held: rows('5') })
  t.same(holdBack(rows('5', '4'), undefined), { shown: rows('5', '4'), held: [] })
  t.same(
    holdBack(rows('5', '3'), '4'),
    { shown: rows('3'), held: rows('5') },
    'also when that row itself left the list',
  )
})
