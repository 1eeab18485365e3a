import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { elementOf } from '../../../gateway/ivi/catalogue.ts'
import { cocItems, itemsOf, type Regulation, type Stage } from '../../../gateway/ivi/coc/coc.ts'
import { leavesOf } from '../../../gateway/ivi/get-value.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { formatValue } from '../../../gateway/print/format-value.ts'
import { renderHtml } from '../../../gateway/print/render-html.ts'
import {
  leaves,
  putLeaf,
  referenceFolder,
  referenceSkip,
  sampleValue,
  smallDocument,
  specimens,
} from '../../support/ivi-samples.ts'
import { formOfTree, incomplete, shownIn } from './print-fixture.ts'

const choices = readFileSync(new URL('../../../gateway/print/row-choices.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [string, string, string, string, string])
/** Whether an item takes only some of the rows of its elements. */
const isChoosy = (regulation: Regulation, key: string): boolean =>
  choices.some(
    ([of, item]) => of === regulation && (item.endsWith('*') ? key.startsWith(item.slice(0, -1)) : item === key),
  )

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')

/** What is wrong with the print form of a document; nothing, that is the claim. */
const faultsOf = (tree: IviTree, category: string, stage: Stage): string[] => {
  const form = formOfTree(tree)
  const shown = shownIn(form)
  const text = plain(renderHtml(form))
  const faults: string[] = []
  for (const { path, element, value } of leavesOf(tree)) {
    const places = shown.filter((one) => one.paths.includes(path))
    const items = itemsOf(element.name, category, stage)
    const says = formatValue(element, value, 'en')
    if (places.length === 0) faults.push(`${path} is lost`)
    for (const place of places) {
      if (!place.text.includes(says)) faults.push(`${path}: "${place.text}" does not say ${says}`)
      if (place.key !== '' && !items.some((item) => item.key === place.key))
        faults.push(`${path} stands at ${place.key}`)
    }
    for (const item of items)
      if (!isChoosy(item.regulation, item.key) && places.filter((place) => place.key === item.key).length !== 1)
        faults.push(`${path} does not stand once at ${item.key}`)
    if (places.some((place) => place.key === '') && places.length > 1) faults.push(`${path} stands in further data too`)
    if (!text.includes(says)) faults.push(`${path} is not in the HTML`)
  }
  const known = new Set([...leavesOf(tree)].map((leaf) => leaf.path))
  faults.push(...shown.flatMap((one) => one.paths).filter((path) => !known.has(path)))
  return faults
}

const categories = ['M1', 'N2', 'O4', 'L5e-A', 'L4e-A1', 'T4.1a', 'R3a'] as const
const stages = ['I', 'C', 'V'] as const
const free = leaves.filter((leaf) => !['VehicleCategory', 'StageOfCompletion'].includes(leaf.name))

test('every leaf of a random document stands where its items are, and nowhere else', async (t) => {
  const put = fc.record({
    leaf: fc.constantFrom(...free),
    row: fc.integer({ min: 0, max: 2 }),
    code: fc.nat(),
    digits: fc.integer({ min: 1, max: 99 }),
  })
  const property = fc.property(
    fc.constantFrom(...categories),
    fc.constantFrom(...stages),
    fc.array(put, { minLength: 1, maxLength: 60 }),
    (category, stage, puts) => {
      const tree = smallDocument()
      const values = { VehicleCategory: category, StageOfCompletion: stage }
      for (const [name, value] of Object.entries(values)) putLeaf(tree, elementOf(name), 0, value)
      for (const { leaf, row, code, digits } of puts) {
        const { codes, base } = leaf.leaf!
        const value = codes ? codes[code % codes.length]! : /short|int|decimal/.test(base) ? String(digits) : undefined
        putLeaf(tree, leaf, row, value ?? sampleValue(leaf.leaf!))
      }
      const faults = faultsOf(tree, category, stage)
      if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'))
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 150, seed: 20260705 }))
})

test('nothing of a sample is lost, and a lost leaf would be seen', async (t) => {
  t.strictSame(faultsOf(incomplete(), 'N2', 'I'), [])
  const items = Object.values(cocItems).flat()
  t.ok(items.some((item) => isChoosy(item.regulation, item.key)))
  t.not(faultsOf(incomplete(), 'M1', 'C').length, 0, 'judged by the form of another category')
})

test('nothing of the official specimens is lost', { skip: referenceSkip }, async (t) => {
  const kinds = { L5e: 'L5e-A', 'M1-01': 'M1', 'M1-02': 'M1', 'N2-01': 'N2' } as const
  for (const name of specimens) {
    const { tree } = readDocument(readFileSync(new URL(`examples/${name}.xml`, referenceFolder)))
    t.strictSame(faultsOf(tree, kinds[name], 'C'), [], name)
  }
})

test('every choice of rows and every heading names an item that there is', async (t) => {
  const keys = (regulation: string): string[] => cocItems[regulation as Regulation].map((item) => item.key)
  for (const [regulation, item, partner] of choices) {
    const found = keys(regulation).some((key) =>
      item.endsWith('*') ? key.startsWith(item.slice(0, -1)) : key === item,
    )
    t.ok(found, `${regulation} ${item}`)
    if (partner !== '') t.ok(keys(regulation).includes(partner), `${regulation} ${partner}`)
  }
  const { sectionHeads } = await import('../../../gateway/print/section-of.ts')
  for (const head of sectionHeads)
    t.ok(keys(head['regulation']!).includes(head['item']!), `${head['regulation']} ${head['item']}`)
})
