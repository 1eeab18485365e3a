import { readFileSync } from 'node:fs'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { leavesOf, valueAt } from '../ivi/get-value.ts'
import { readDocument } from '../ivi/read-document.ts'
import type { Collection, Place } from './collect.ts'
import { makeEntry } from './entry.ts'

/** Elements that are one vehicle's own; a name that the catalogue does not have fails when the module is loaded. */
const vehicleOwn: ReadonlySet<string> = new Set(
  readFileSync(new URL('vehicle-own.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => elementOf(line.split('\t')[0] ?? '').name),
)

const isEmpty = (node: IviTree): boolean => Object.keys(node).length === 0

/** The tree without what is the vehicle's own; groups that nothing is left of fall away. */
const withoutOwn = (tree: IviTree, left: Set<string>): IviTree => {
  const kept: IviTree = {}
  for (const [name, node] of Object.entries(tree)) {
    if (vehicleOwn.has(name)) {
      left.add(name)
      continue
    }
    if (typeof node === 'string') {
      kept[name] = node
      continue
    }
    if (Array.isArray(node)) {
      const rows = node.map((row) => withoutOwn(row, left)).filter((row) => !isEmpty(row))
      if (rows.length > 0) kept[name] = rows
      continue
    }
    const below = withoutOwn(node, left)
    if (!isEmpty(below)) kept[name] = below
  }
  return kept
}

/** Where a value of the entry stands in the document: `CocDataGroup/AxleTable/AxleGroup[2]/AxleTrack`. */
const pathText = (path: readonly (string | number)[]): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step + 1}]` : `${text}/${step}`), '')

const document: Place = { at: 1, line: 1 }

/**
 * Takes a specimen eCoC as the template of its approval, type, variant and version. The header, the signature and what
 * is the vehicle's own stay out (vehicle-own.tsv). It holds from the day on which the approval was issued.
 * Whether the document is signed and by whom does not matter here: a person imports it and answers for it.
 * Reports MAP-207 when the document cannot be one, MAP-208 (info) what was left out, and the faults of `makeEntry`.
 */
export const readSpecimen = (bytes: Buffer, found: Collection): void => {
  const { tree, findings } = readDocument(bytes)
  const faults = findings.filter((f) => f.severity === 'error')
  for (const fault of faults) found.report('MAP-207', { at: fault.path, line: 1 }, fault.message)
  if (faults.length > 0) return
  const coc = tree['CocDataGroup']
  if (typeof coc !== 'object' || Array.isArray(coc)) {
    found.report('MAP-207', document, 'The document has no CocDataGroup.')
    return
  }
  const left = new Set<string>()
  const values = withoutOwn(coc, left)
  const of = (name: string): string => valueAt(tree, name) ?? ''
  const entry = {
    approval: of('TypeApprovalNumber'),
    type: of('Type'),
    variant: of('Variant'),
    version: of('Version'),
    validFrom: of('TypeApprovalIssueDate'),
    values: { CocDataGroup: values },
  }
  const approval = makeEntry(entry, (code, path, message) => {
    const at = path[0] === 'values' ? pathText(path.slice(1)) : `/${path.join('/')}`
    found.report(code, { at, line: 1 }, message)
  })
  if (!approval) return
  found.add(approval, document)
  const count = [...leavesOf({ CocDataGroup: values })].length
  const names = left.size === 0 ? 'nothing' : [...left].sort().join(', ')
  const message = `${count} values were taken as the template of variant ${approval.variant}, version ${approval.version}, valid from ${approval.validFrom}. Left out as the vehicle's own: ${names}.`
  found.report('MAP-208', document, message, 'info')
}
