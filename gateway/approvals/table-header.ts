import { type ElementPlace, readElementPath } from './element-path.ts'

/** What a column, or the `element` cell of a long table, says a value is. */
export type Column =
  | { readonly kind: 'entry'; readonly path: readonly [string] | readonly [string, string] }
  | { readonly kind: 'fact'; readonly name: string }
  | { readonly kind: 'element'; readonly place: ElementPlace }
  /** For people only: its name begins with `#`. */
  | { readonly kind: 'note' }
  | { readonly kind: 'unusable'; readonly message: string }

/** Names as people write them: `Valid from`, `valid_from`, `validFrom` are the same. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_.-]/g, '')

const entryColumns: Readonly<Record<string, readonly [string] | readonly [string, string]>> = {
  approval: ['approval'],
  approvalnumber: ['approval'],
  typeapprovalnumber: ['approval'],
  type: ['type'],
  variant: ['variant'],
  version: ['version'],
  validfrom: ['validFrom'],
  status: ['status'],
  withdrawnon: ['withdrawnOn'],
  endofseriesuntil: ['endOfSeriesUntil'],
  smallseriesquota: ['smallSeries', 'quota'],
  smallseriesyear: ['smallSeries', 'year'],
  smallseriesused: ['smallSeries', 'used'],
  ecocduty: ['eCoC', 'duty'],
  ecocwhy: ['eCoC', 'why'],
}

/** Understands the name of a column. */
export const readColumn = (name: string): Column => {
  if (name.startsWith('#')) return { kind: 'note' }
  const key = plain(name)
  const path = Object.hasOwn(entryColumns, key) ? entryColumns[key] : undefined
  if (path) return { kind: 'entry', path }
  const fact = /^facts?[:./ ]\s*([a-z][A-Za-z0-9]{0,60})$/.exec(name.trim())?.[1]
  if (fact !== undefined) return { kind: 'fact', name: fact }
  const place = readElementPath(name)
  return typeof place === 'string' ? { kind: 'unusable', message: place } : { kind: 'element', place }
}

/** The columns of a long table, by what they hold; undefined when the header is not that of one. */
export const longColumns = (
  header: readonly string[],
): { readonly element: string; readonly value: string } | undefined => {
  const element = header.find((name) => plain(name) === 'element')
  const value = header.find((name) => plain(name) === 'value')
  return element === undefined || value === undefined ? undefined : { element, value }
}
