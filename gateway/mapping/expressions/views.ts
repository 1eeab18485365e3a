import type { RecordFields } from '../../contract/flow.ts'
import type { IviNode } from '../../contract/ivi-tree.ts'
import { makeDateReader } from '../../support/date-pattern.ts'
import { formatDecimal, parseDecimal } from '../decimal.ts'
import { Cell, type DraftNode } from '../draft.ts'
import type { Elements } from '../elements.ts'
import { nodeAt, parseTarget } from '../target.ts'
import { ExpressionFault } from './fault.ts'
import type { Scope } from './scope.ts'
import { maxItems } from './texts.ts'

/** What an expression sees: texts, lists and maps. Maps know no prototype, so no name from outside finds more than fields. */
export type View = string | Map<string, View> | View[]

const capped = <T>(list: readonly T[]): readonly T[] => {
  if (list.length > maxItems) throw new ExpressionFault('MAP-109', `a list has more than ${maxItems} entries`)
  return list
}

/** A part of a record; every name that an expression asks for is there, as empty text when the record has none. */
export const viewOfFields = (fields: RecordFields, keys: ReadonlySet<string>): Map<string, View> => {
  const view = new Map<string, View>()
  for (const key of keys) view.set(key, '')
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (value === undefined) continue
    view.set(
      key,
      typeof value === 'string'
        ? value.trim()
        : Array.isArray(value)
          ? capped(value).map((each) => viewOfFields(each, keys))
          : viewOfFields(value, keys),
    )
  }
  return view
}

/**
 * Makes the reader of a declared field: numbers come with a point, dates as YYYY-MM-DD, all else as it stands. What does
 * not follow its declaration stays as it stands too, and fails where it is used.
 */
export const makeFieldView = (
  name: string,
  scope: Scope,
  keys: ReadonlySet<string>,
): ((value: RecordFields[string] | undefined) => View) => {
  const field = scope.fields.get(name)
  const day = makeDateReader(field?.format ?? 'YYYY-MM-DD')
  const mark = name.startsWith('config.') ? '.' : scope.decimalMark
  return (value) => {
    if (value === undefined) return field?.type === 'list' ? [] : field?.type === 'object' ? viewOfFields({}, keys) : ''
    if (Array.isArray(value)) return capped(value).map((each) => viewOfFields(each, keys))
    if (typeof value === 'object') return viewOfFields(value, keys)
    const text = value.trim()
    if (field?.type === 'list') return []
    if (field?.type === 'date') return day(text) ?? text
    if (field?.type !== 'decimal' && field?.type !== 'integer') return text
    const number = parseDecimal(text, mark)
    return number ? formatDecimal(number) : text
  }
}

type AnyNode = IviNode | DraftNode

/** One row of a repeated group: its elements by name, whatever groups lie between, and its own tables as lists. */
const viewOfRow = (row: object, keys: ReadonlySet<string>, elements: Elements): Map<string, View> => {
  const view = new Map<string, View>()
  for (const key of keys) {
    const element = elements.find(key)
    if (element) view.set(key, element.repeats ? [] : '')
  }
  const lay = (group: object): void => {
    for (const [name, node] of Object.entries(group) as [string, AnyNode][]) {
      if (typeof node === 'string') view.set(name, node)
      else if (node instanceof Cell) view.set(name, node.value)
      else if (Array.isArray(node))
        view.set(
          name,
          capped<object>(node).map((inner) => viewOfRow(inner, keys, elements)),
        )
      else lay(node)
    }
  }
  lay(row)
  return view
}

/** Makes the reader of one element of a document, a master data set or the document in the making. */
export const makeElementView = (
  name: string,
  keys: ReadonlySet<string>,
  elements: Elements,
): ((root: Readonly<Record<string, AnyNode | undefined>> | undefined) => View) => {
  const target = parseTarget(name, undefined, elements)
  if ('problem' in target) return () => ''
  return (root) => {
    const node = root && nodeAt<AnyNode>(root, target)
    if (node instanceof Cell) return node.value
    if (typeof node === 'string') return node
    return Array.isArray(node)
      ? capped<object>(node).map((row) => viewOfRow(row, keys, elements))
      : target.element.repeats
        ? []
        : ''
  }
}
