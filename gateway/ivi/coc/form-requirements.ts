import { type IviElement, ivi20 } from '../catalogue.ts'
import type { CocItem, Stage } from './coc-item.ts'
import { inScope } from './form-scope.ts'

/**
 * `required`: stands in every such certificate, and in every row of its table. `conditional`: only where the vehicle has
 * it. `absent`: a source says that the form does not have it. `open`: no source says.
 */
export type Requirement = 'required' | 'conditional' | 'absent' | 'open'

/** Groups that every document has, whatever its category (EReg change overview v1.1). */
const inEveryDocument = ['GeneralConstructionGroup', 'MassGroup', 'DimensionGroup']

const strength: Readonly<Record<Requirement, number>> = { absent: 0, open: 1, conditional: 2, required: 3 }
const stronger = (a: Requirement, b: Requirement): Requirement => (strength[a] < strength[b] ? b : a)

/** What one item says of its elements on the form. */
const statedBy = (item: CocItem, listed: boolean, category: string, stage: Stage): Requirement => {
  if (listed) return item.confidence === 'open' ? 'open' : 'conditional'
  const { state, on } = item.unlisted
  if (state === 'absent' || !inScope(on, category, stage)) return 'absent'
  return state === 'open' ? 'open' : 'conditional'
}

/**
 * The requirement of every element of IVI 2.0, groups included, on one form.
 * @param items all items of the act, `form` those of them that the form lists
 */
export const requirementsOn = (
  items: readonly CocItem[],
  form: ReadonlySet<CocItem>,
  category: string,
  stage: Stage,
): ReadonlyMap<string, Requirement> => {
  const stated = new Map<string, Requirement>(inEveryDocument.map((name) => [name, 'required']))
  const state = (name: string, says: Requirement): void => {
    stated.set(name, stronger(stated.get(name) ?? 'absent', says))
  }
  for (const item of items) {
    const listed = form.has(item)
    const says = statedBy(item, listed, category, stage)
    for (const { name } of item.elements) state(name, says)
    if (listed) for (const { name, on } of item.required) if (inScope(on, category, stage)) state(name, 'required')
  }

  const requirements = new Map<string, Requirement>()
  /** A group is on the form when one of its leaves is, and in every certificate when one of them must be. */
  const fromLeaves = (element: IviElement): Requirement => {
    const own = stated.get(element.name) ?? (element.leaf ? 'open' : 'absent')
    const requirement = element.children.reduce((sum, child) => stronger(sum, fromLeaves(child)), own)
    requirements.set(element.name, requirement)
    return requirement
  }
  fromLeaves(ivi20.root)
  /** What the schema demands of a group is there whenever the group is: row numbers above all. */
  for (const element of ivi20.elements.values()) {
    const parent = element.parent === undefined ? 'required' : requirements.get(element.parent.name)
    if (element.min > 0 && (parent === 'required' || parent === 'conditional'))
      requirements.set(element.name, stronger(requirements.get(element.name) ?? 'open', parent))
  }
  return requirements
}
