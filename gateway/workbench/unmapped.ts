import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import { itemOf } from '../data-contract/data-contract.ts'
import { type IviElement, ivi20 } from '../ivi/catalogue.ts'
import { labelOf, type Language, requirementOf, type Stage, unitOf } from '../ivi/coc/coc.ts'
import { childPath } from '../ivi/paths.ts'
import { ownElements } from '../mapping/take.ts'
import { bestSuggestions, type Suggestion } from './suggest.ts'

/** An element that the document must have and has not. */
export interface UnmappedElement {
  readonly path: string
  readonly element: string
  readonly item: string
  readonly label: string
  readonly unit: string
  /** Who asks for it: the form of that category and stage, or the schema. */
  readonly by: 'form' | 'schema'
  readonly suggestions: readonly Suggestion[]
}
export interface FormView {
  /** Undefined where the document names none: then only the schema asks. */
  readonly category: string | undefined
  readonly stage: Stage | undefined
  readonly language: Language
}

const nodesOf = (node: IviNode | undefined): readonly IviTree[] =>
  node === undefined || typeof node === 'string' ? [] : Array.isArray(node) ? node : [node]

type Missing = Omit<UnmappedElement, 'suggestions' | 'label' | 'unit' | 'item'>

const missingIn = (tree: IviTree, asks: (element: IviElement) => Missing['by'] | undefined): Missing[] => {
  const found: Missing[] = []
  const walk = (group: IviElement, node: IviTree, path: string): void => {
    for (const child of group.children) {
      if (ownElements.has(child.name)) continue
      const by = asks(child)
      if (child.leaf) {
        if (by && node[child.name] === undefined) found.push({ path: `${path}/${child.name}`, element: child.name, by })
        continue
      }
      const rows = nodesOf(node[child.name])
      // A group that must be there and is not: its own elements are what is missing.
      const shown = rows.length === 0 && by ? [{}] : rows
      for (const [i, row] of shown.entries()) walk(child, row, childPath(path, child, i + 1))
    }
  }
  walk(ivi20.root, tree, ivi20.root.path)
  return found
}

/**
 * What the form of the vehicle's category and stage, or the schema, asks for and the document has not, in the order of
 * the catalogue; in a table row by row. For each the fields of the record that may be it.
 */
export const unmappedRequired = (
  tree: IviTree,
  view: FormView & { readonly fields: ReadonlyMap<string, string> },
): readonly UnmappedElement[] => {
  const { category, stage, language, fields } = view
  const asks = (element: IviElement): Missing['by'] | undefined => {
    if (category !== undefined && stage !== undefined && requirementOf(element.name, category, stage) === 'required')
      return 'form'
    return element.min > 0 ? 'schema' : undefined
  }
  const suggestions = new Map<string, readonly Suggestion[]>()
  const suggestionsFor = (element: string): readonly Suggestion[] => {
    const known = suggestions.get(element)
    if (known) return known
    const made = bestSuggestions(fields, [element], category)
    suggestions.set(element, made)
    return made
  }
  return missingIn(tree, asks).map((missing) => ({
    ...missing,
    item: itemOf(missing.element, category, stage),
    label: labelOf(missing.element, language),
    unit: unitOf(missing.element, category) ?? '',
    suggestions: suggestionsFor(missing.element),
  }))
}
