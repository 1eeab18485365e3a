import type { Finding } from '../contract/finding.ts'
import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import { ivi20, type IviElement } from '../ivi/catalogue.ts'
import type { CompiledRule } from './compile-rule.ts'
import { type DocumentForm, documentForm } from './document-form.ts'
import { concerns, type DocumentKind } from './document-kind.ts'
import type { Located } from './located.ts'
import type { MakeFinding } from './make-finding.ts'
import type { FormRule } from './rule.ts'

/** A group or leaf that stands in the document; its path is only made for a finding. */
interface Place {
  readonly element: IviElement
  readonly parent: Place | undefined
  /** 1-based among rows, 0 for a single element. */
  readonly row: number
}

const pathOf = ({ element, parent, row }: Place): string =>
  `${parent === undefined ? '' : pathOf(parent)}/${element.name}${row === 0 ? '' : `[${row}]`}`

type Report = (element: IviElement, path: string) => void
/** A leaf, a group or one row of a table. */
type Row = string | IviTree
interface Visitor {
  /** Whether the rule can say anything of a leaf; most are passed over at once. */
  readonly cares: (leaf: IviElement) => boolean
  /** Says whether to look into the element, if it is a group. */
  readonly visit: (node: Row, place: Place) => boolean
}

const asRows = (node: IviNode | undefined): readonly Row[] =>
  Array.isArray(node) ? node : node === undefined ? [] : [node]

/** An empty element says nothing; the schema check reports it where it may not be. */
const isGiven = (node: Row): boolean => (typeof node === 'string' ? node.trim() !== '' : Object.keys(node).length > 0)

/** Visits all that stands in a group, row by row. What the catalogue does not have there is the schema's matter. */
const walk = (group: IviTree, place: Place, visitor: Visitor): void => {
  for (const name of Object.keys(group)) {
    const element = ivi20.elements.get(name)
    if (element?.parent !== place.element || (element.leaf && !visitor.cares(element))) continue
    const nodes = group[name]
    for (const [i, node] of asRows(nodes).entries()) {
      if (!isGiven(node)) continue
      const at = { element, parent: place, row: Array.isArray(nodes) ? i + 1 : 0 }
      if (visitor.visit(node, at) && typeof node !== 'string') walk(node, at, visitor)
    }
  }
}

/** Values that the form does not have: one finding per element, and one for a whole group that is foreign to it. */
const reportForeign = ({ foreign }: DocumentForm, report: Report): Visitor => ({
  cares: (leaf) => foreign.has(leaf),
  visit(_node, place) {
    if (!foreign.has(place.element)) return true
    report(place.element, pathOf(place))
    return false
  },
})

/** What every such form has: one finding per group that is missing, else per element, in every row that is there. */
const reportMissing = ({ needed }: DocumentForm, report: Report): Visitor => ({
  cares: () => false,
  visit(node, place) {
    if (typeof node === 'string') return false
    for (const child of needed.get(place.element) ?? []) {
      const nodes = Object.hasOwn(node, child.name) ? node[child.name] : undefined
      if (!asRows(nodes).some(isGiven)) report(child, `${pathOf(place)}/${child.name}`)
    }
    return true
  },
})

/** Compiles a rule over the whole form; see `FormRule`. It stops looking after `most` findings. */
export const compileFormRule = (rule: FormRule, make: MakeFinding, most: number): CompiledRule => {
  const when = rule.when ?? {}
  const judge = rule.form === 'absent' ? reportForeign : reportMissing
  return (root: Located, kind: DocumentKind, found: Finding[]) => {
    const form = documentForm(kind)
    const { node } = root
    if (form === undefined || !concerns(when, kind) || typeof node === 'string' || Array.isArray(node)) return
    const { category, stage } = kind
    const end = found.length + most
    const { cares, visit } = judge(form, ({ name: element }, path) => {
      if (found.length < end) found.push(make(kind, path, { element, category, stage }))
    })
    const visitor: Visitor = { cares, visit: (at, place) => found.length < end && visit(at, place) }
    const top: Place = { element: ivi20.root, parent: undefined, row: 0 }
    if (visitor.visit(node, top)) walk(node, top, visitor)
  }
}
