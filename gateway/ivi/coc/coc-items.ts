import { findElement } from '../catalogue.ts'
import type {
  CocItem,
  Confidence,
  ItemElement,
  Regulation,
  RequiredElement,
  Stage,
  Texts,
  Unlisted,
} from './coc-item.ts'
import { formWords, parseScope, wordsOf } from './form-scope.ts'
import { readTable, type TableRow } from './read-table.ts'

/** M, N, O have a column of categories per form; L and T, C, R, S one column of categories and one of forms. */
const categoriesOf = (row: TableRow): CocItem['categories'] => {
  const listed = wordsOf(row['categories'] ?? '')
  const stages = wordsOf(row['stages'] ?? '')
  const of = (form: string): ReadonlySet<string> =>
    new Set('stages' in row ? (stages.includes(form) ? listed : []) : wordsOf(row[form] ?? ''))
  return Object.fromEntries(formWords.map(([stage, form]) => [stage, of(form)])) as Record<Stage, ReadonlySet<string>>
}

const entriesOf = (cell: string, mark: string): [string, string][] =>
  cell
    .split('; ')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [name = '', rest = ''] = entry.split(mark)
      return [name, rest]
    })

/** `Wheelbase@M1 N1; Width`: the wheelbase on forms of M1 and N1, the width on every form that lists the item. */
const requiredOf = (row: TableRow): RequiredElement[] =>
  entriesOf(row['required'] ?? '', '@').map(([name, scope]) => ({ name, on: parseScope(scope) }))

/** Only numbers have units; `units` names what differs from the item's, and with nothing behind `=` what has none. */
const unitIn = (row: TableRow, name: string): string | undefined => {
  const base = findElement(name)?.leaf?.base
  if (base === undefined || base === 'xs:string' || base.startsWith('xs:date')) return undefined
  return (new Map(entriesOf(row['units'] ?? '', '=')).get(name) ?? row['unit']) || undefined
}

/** `AxleGroup/AxleSpacing` names the element; the group is there for the reader of the table. */
const elementsOf = (row: TableRow, required: readonly RequiredElement[]): ItemElement[] =>
  wordsOf(row['elements'] ?? '').map((path) => {
    const name = path.split('/').at(-1) ?? path
    const always = required.some((r) => r.name === name && r.on.categories.length + r.on.stages.length === 0)
    const unit = unitIn(row, name)
    return unit === undefined ? { name, always } : { name, always, unit }
  })

/** Nothing, `document`, or `open` with the forms it is open for. */
const unlistedOf = (row: TableRow): Unlisted => {
  const [state, ...scope] = wordsOf(row['unlisted'] ?? '')
  return { state: (state ?? 'absent') as Unlisted['state'], on: parseScope(scope.join(' ')) }
}

const titles = new Map<string, Omit<Texts, 'en'>>(
  readTable('item-titles.tsv').map((row) => [
    `${row['regulation'] ?? ''} ${row['item'] ?? ''}`,
    { de: row['de'] ?? '', fr: row['fr'] ?? '' },
  ]),
)

const itemOf = (regulation: Regulation, row: TableRow): CocItem => {
  const key = row['item'] ?? ''
  const en = row['title'] ?? ''
  const required = requiredOf(row)
  return {
    regulation,
    key,
    // `0 (series)` stands under no number of the form; `49(1)` is a point of item 49, unlike item 49.1.
    number: /^(?!0 )\d[\d.]*(?:\([\d.]+\))?(?= |$)/.exec(key)?.[0] ?? '',
    title: { en, ...(titles.get(`${regulation} ${key}`) ?? { de: en, fr: en }) },
    unit: row['unit'] || undefined,
    elements: elementsOf(row, required),
    required,
    unlisted: unlistedOf(row),
    categories: categoriesOf(row),
    fill: row['fill'] ?? '',
    note: row['note'] ?? '',
    confidence: row['confidence'] as Confidence,
  }
}

const load = (regulation: Regulation): readonly CocItem[] =>
  readTable(`items-${regulation.replace('/', '-')}.tsv`).map((row) => itemOf(regulation, row))

/** The items of every act, in the order of its form; what is no item of the form comes last. */
export const cocItems: Readonly<Record<Regulation, readonly CocItem[]>> = {
  '2018/858': load('2018/858'),
  '168/2013': load('168/2013'),
  '167/2013': load('167/2013'),
}
