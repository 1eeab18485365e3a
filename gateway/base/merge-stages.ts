import type { Finding } from '../contract/finding.ts'
import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import { type Catalogue, type IviElement, ivi20 } from '../ivi/catalogue.ts'
import { requirementOf, type Stage } from '../ivi/coc/coc.ts'
import { valueAt } from '../ivi/get-value.ts'
import { laterForm } from './later-form.ts'

/** The vehicle as a registrar sees it after the newest stage. */
export interface MergedVehicle {
  readonly tree: IviTree
  /** Path of each value and of each table, without indexes → 1-based place in the chain of the document it stands in. */
  readonly origin: Readonly<Record<string, number>>
  /**
   * Values of earlier documents that survive although the vehicle has them no more: `BAS-MERGE-001` on no certificate of it,
   * `002` stated in another form since, `003` against a rule that the newest document keeps alone.
   */
  readonly warnings: Finding[]
}

/** A table holds rows of one kind; it is replaced in full. */
const isTable = (element: IviElement): boolean => element.repeats || (element.children[0]?.repeats ?? false)

const own = (tree: IviTree, name: string): IviNode | undefined => (Object.hasOwn(tree, name) ? tree[name] : undefined)

/** Lays a later document over an earlier one: single fields one by one, tables in full (IVI set-up manual, multi-stage). */
const overlay = (
  into: IviTree,
  from: IviTree,
  group: IviElement,
  stage: number,
  origin: Record<string, number>,
): void => {
  for (const element of group.children) {
    const node = own(from, element.name)
    if (node === undefined) continue
    if (typeof node === 'string' || Array.isArray(node) || isTable(element)) {
      into[element.name] = structuredClone(node)
      origin[element.path] = stage
      continue
    }
    const before = own(into, element.name)
    const target: IviTree = before === undefined || typeof before === 'string' || Array.isArray(before) ? {} : before
    into[element.name] = target
    overlay(target, node, element, stage, origin)
  }
}

const warn = (code: string, path: string, message: string, params: Finding['params'] & object): Finding => ({
  code,
  layer: 'base',
  severity: 'warning',
  path,
  message,
  params,
})

/** What survived from an earlier stage below a group, as leaves and tables. */
function* survivors(tree: IviTree, group: IviElement, origin: Readonly<Record<string, number>>): Generator<IviElement> {
  for (const element of group.children) {
    const node = own(tree, element.name)
    if (node === undefined) continue
    if (origin[element.path] !== undefined) yield element
    else if (typeof node !== 'string' && !Array.isArray(node)) yield* survivors(node, element, origin)
  }
}

const asStage = (text: string | undefined): Stage => (text === 'I' || text === 'C' ? text : 'V')

/** What is wrong with the merged vehicle only: an error that the newest document by itself does not have. */
const brokenRules = (merged: IviTree, newest: IviTree, check: (tree: IviTree) => readonly Finding[]): Finding[] => {
  const errors = (tree: IviTree): Finding[] => check(tree).filter(({ severity }) => severity === 'error')
  const alone = new Set(errors(newest).map(({ code, path }) => `${code} ${path}`))
  return errors(merged)
    .filter(({ code, path }) => !alone.has(`${code} ${path}`))
    .map(({ code, path, message }) => {
      const element = path.slice(path.lastIndexOf('/') + 1)
      const said = `With what survives of earlier stages the vehicle is not right: ${message}`
      return warn('BAS-MERGE-003', path, said, { element, rule: code })
    })
}

/**
 * Merges the documents of a vehicle, stage 1 first, as the IVI set-up manual says: tables repeated in full, single fields
 * overlaid in stage order. A field that a later stage leaves out survives, and nothing can say that it is gone: a warning
 * names each that is on no certificate of the newest category and stage, or that a later stage states in another form.
 * Pure; the trees are not changed. An empty chain gives an empty tree.
 * @param rules the content rules: what they refuse in the merged vehicle only is warned of too
 */
export const mergeStages = (
  trees: readonly IviTree[],
  catalogue: Catalogue = ivi20,
  rules: (tree: IviTree) => readonly Finding[] = () => [],
): MergedVehicle => {
  const tree: IviTree = {}
  const origin: Record<string, number> = {}
  for (const [i, one] of trees.entries()) overlay(tree, one, catalogue.root, i + 1, origin)
  const newest = trees.at(-1)
  if (newest === undefined || trees.length < 2) return { tree, origin, warnings: [] }
  const category = valueAt(tree, 'VehicleCategory', catalogue) ?? ''
  const stage = asStage(valueAt(newest, 'StageOfCompletion', catalogue))
  const warnings: Finding[] = []
  for (const element of survivors(tree, catalogue.root, origin)) {
    const from = origin[element.path] ?? 0
    if (from === trees.length) continue
    const params = { element: element.name, stage: from, category }
    const survives = `${element.name} of stage ${from} survives, since no later stage states it`
    const other = laterForm(element, tree, (path) => (origin[path] ?? 0) > from, catalogue)
    if (other !== undefined) {
      const message = `${survives}, but a later stage gives ${other} instead. The register would hold both.`
      warnings.push(warn('BAS-MERGE-002', element.path, message, { ...params, other }))
    } else if (requirementOf(element.name, category, stage) === 'absent') {
      const message = `${survives}, but a certificate of ${category} (${stage}) does not have it. Tell the authority that it is gone.`
      warnings.push(warn('BAS-MERGE-001', element.path, message, params))
    }
  }
  return { tree, origin, warnings: [...warnings, ...brokenRules(tree, newest, rules)] }
}
