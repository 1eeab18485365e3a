import { test } from 'tap'
import { findElement, findType } from '../../../gateway/ivi/catalogue.ts'
import { cocItems, languages } from '../../../gateway/ivi/coc/coc.ts'
import { readTable } from '../../../gateway/ivi/coc/read-table.ts'
import { leaves } from '../../support/ivi-samples.ts'

const regulations = ['2018/858', '168/2013', '167/2013'] as const
const items = regulations.flatMap((regulation) => cocItems[regulation])
const categories = findType('VehicleCategoryCode')?.codes ?? []
const words = (cell: string | undefined): string[] => (cell ?? '').split(/[ ,;]+/).filter((word) => word !== '')

test('every leaf of IVI 2.0 stands in the table of every act, so nothing is absent by ignorance', async (t) => {
  for (const regulation of regulations) {
    const named = new Set(cocItems[regulation].flatMap((item) => item.elements.map((element) => element.name)))
    t.strictSame(
      leaves.map((leaf) => leaf.name).filter((name) => !named.has(name)),
      [],
      regulation,
    )
  }
})

test('the tables name real elements, categories and forms, and require only what the item or its group is made of', async (t) => {
  const known = [...categories, ...categories.map((category) => category.replace(/[-.].*|[ab]$|(?<=\d)G?S?$/, ''))]
  const names = new Set([...known, 'T', 'C', 'R', 'S', 'complete', 'completed', 'incomplete'])
  for (const regulation of regulations)
    for (const row of readTable(`items-${regulation.replace('/', '-')}.tsv`)) {
      const place = `${regulation} ${row['item'] ?? ''}`
      t.match(row['confidence'], /^(sure|likely|open)$/, place)
      t.match(row['unlisted'], /^(|document|open( .*)?)$/, place)
      const elements = words(row['elements']).map((path) => path.split('/').at(-1) ?? '')
      t.strictSame(
        elements.filter((name) => !findElement(name)?.leaf),
        [],
        place,
      )
      const inside = (name: string): boolean =>
        elements.some((leaf) => findElement(leaf)?.path.split('/').includes(name) ?? false)
      const required = (row['required'] ?? '').split('; ').filter((entry) => entry !== '')
      t.strictSame(
        required.filter((entry) => !inside(entry.split('@')[0] ?? '')),
        [],
        place,
      )
      const scopes = [...required.map((e) => e.split('@')[1]), row['unlisted']?.replace(/^\w+/, ''), row['categories']]
      const used = [...scopes, row['complete'], row['completed'], row['incomplete'], row['stages']].flatMap(words)
      t.strictSame(
        used.filter((word) => !names.has(word)),
        [],
        place,
      )
      const units = (row['units'] ?? '').split('; ').filter((entry) => entry !== '')
      t.strictSame(
        units.filter((entry) => !elements.includes(entry.split('=')[0] ?? '')),
        [],
        place,
      )
    }
})

test('every item has a key of its own and a title in every language, and no title is left over', async (t) => {
  const keys = items.map((item) => `${item.regulation} ${item.key}`)
  t.equal(new Set(keys).size, keys.length)
  const titled = readTable('item-titles.tsv').map((row) => `${row['regulation'] ?? ''} ${row['item'] ?? ''}`)
  t.strictSame(titled, keys, 'one row for every item, in the order of the tables')
  for (const { regulation, key, title } of items)
    for (const language of languages) t.match(title[language], /^\S.{1,}\S$/, `${regulation} ${key} ${language}`)
  t.match(items.find((item) => item.key === '13')?.title, {
    de: 'Masse in fahrbereitem Zustand',
    fr: 'Masse en ordre de marche',
  })
  // Words such as Version are the same in all three; a table that was not translated would be the same throughout.
  t.ok(items.filter(({ title }) => title.en === title.de || title.en === title.fr).length < 15)
})
