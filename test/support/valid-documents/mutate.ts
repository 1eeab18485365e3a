import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { type IviElement, type IviType, ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { type Mutation, mutationsOf, seededRandom } from '../ivi-mutations.ts'
import { edgeValues } from '../ivi-samples.ts'
import { type Dice, diceOf } from './dice.ts'
import { plausibleValue } from './plausible.ts'
import { respell } from './respell.ts'

const numbers = '+.5 1. .5 1e3 0x1F ٣ -0 00.10 1_000 1,5 INF NaN -1 +1 1.0000000 99999999999999999999 0.000001'.split(
  ' ',
)
const dates =
  '2026-02-30 2024-02-29 0000-01-01 -2026-01-01 2026-07-05+14:00 2026-07-05+14:01 12026-01-01 2026-1-1 2026-07-05Z 20260705 2026-W27-7'.split(
    ' ',
  )
const times =
  '2026-07-05T24:00:00 2026-07-05T24:00:01 2026-07-05T23:59:60 2026-07-05T12:00 2026-07-05T12:00:00.Z 2026-07-05t12:00:00 2026-07-05T12:00:00.123456789-14:00 2026-07-05T12:00:00-14:01'.split(
    ' ',
  )

/** Values in and beyond what the type allows; the reference says which. */
const oddValue = (dice: Dice, type: IviType): string => {
  const most = type.facets.maxLength ?? 5
  if (dice.chance(0.5)) return dice.pick(edgeValues(type))
  if (type.base === 'xs:date') return dice.pick(dates)
  if (type.base === 'xs:dateTime') return dice.pick(times)
  if (type.base !== 'xs:string') return dice.pick(numbers)
  return dice.pick([
    '',
    ' ',
    'A'.repeat(most),
    'A'.repeat(most + 1),
    '𝄞'.repeat(most),
    '\t',
    'a\nb'.slice(0, most),
    'I0'.repeat(most),
  ])
}

const attributes = [
  'a="1"',
  'xml:lang="de"',
  'xml:space="preserve"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a b.xsd"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="b.xsd"',
  'xmlns:unused="urn:unused"',
]
const typed = (type: string): string =>
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:i="${ivi20.namespace}" xsi:type="i:${type}"`

interface Spot {
  readonly element: IviElement
  readonly siblings: IviTree
}

/** Every leaf that stands in the document, with the group it stands in. */
const leavesIn = (group: IviElement, tree: IviTree): Spot[] =>
  group.children.flatMap((element) => {
    const node = tree[element.name]
    if (node === undefined) return []
    if (typeof node === 'string') return [{ element, siblings: tree }]
    return (Array.isArray(node) ? node : [node]).flatMap((row) => leavesIn(element, row))
  })

const everyName = [...ivi20.elements.keys()]

/** Changes of values, names and attributes, beside the changes of structure of ivi-mutations.ts. */
const kinds: Readonly<Record<string, (tree: IviTree, spot: Spot, dice: Dice) => string>> = {
  'odd value': (tree, { element, siblings }, dice) => {
    siblings[element.name] = element.leaf ? oddValue(dice, element.leaf) : ''
    return writeDocument(tree).toString()
  },
  'another value': (tree, { element, siblings }, dice) => {
    if (!element.leaf?.base.startsWith('xs:date')) siblings[element.name] = plausibleValue(dice, element)
    return writeDocument(tree).toString()
  },
  'padded value': (tree, { element, siblings }, dice) => {
    const text = siblings[element.name] as string
    siblings[element.name] = dice.pick([` ${text}`, `${text}\n`, `\t${text} `, text.slice(0, 1) + ' ' + text.slice(1)])
    return writeDocument(tree).toString()
  },
  'left out': (tree, { element, siblings }) => {
    Reflect.deleteProperty(siblings, element.name)
    return writeDocument(tree).toString()
  },
  'two values swapped': (tree, { element, siblings }, dice) => {
    const other = dice.pick(Object.keys(siblings).filter((name) => typeof siblings[name] === 'string'))
    const text = siblings[element.name] as string
    siblings[element.name] = siblings[other] as string
    siblings[other] = text
    return writeDocument(tree).toString()
  },
  renamed: (tree, { element }, dice) => {
    const to = dice.pick([dice.pick(everyName), element.name.toLowerCase(), `${element.name}s`])
    return writeDocument(tree)
      .toString()
      .replace(new RegExp(`<(/?)${element.name}>`, 'g'), `<$1${to}>`)
  },
  'with an attribute': (tree, { element }, dice) =>
    writeDocument(tree)
      .toString()
      .replace(
        `<${element.name}>`,
        `<${element.name} ${dice.pick([...attributes, typed(element.type), typed('Text10')])}>`,
      ),
  'in other words': (tree, _spot, dice) => respell(tree, () => dice.whole(0, 999_999) / 1_000_000),
}

/** About `count` changed documents, made from one valid document; the same for the same seed. */
export const mutate = (tree: IviTree, count: number, seed: number): Mutation[] => {
  const dice = diceOf(seededRandom(seed))
  const names = Object.keys(kinds)
  const own = Array.from({ length: Math.ceil(count / 2) }, (_, i): Mutation => {
    const kind = names[i % names.length] ?? ''
    const copy = structuredClone(tree)
    const spot = dice.pick(leavesIn(ivi20.root, copy))
    const xml = kinds[kind]?.(copy, spot, dice) ?? ''
    return { kind: `${kind} (${spot.element.name})`, xml }
  })
  return [...own, ...mutationsOf(writeDocument(tree).toString(), Math.floor(count / 2), seed)].slice(0, count)
}
