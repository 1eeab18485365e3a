import { findType } from '../catalogue.ts'
import type { CocItem, Regulation, Stage } from './coc-item.ts'
import { cocItems } from './coc-items.ts'
import { type Requirement, requirementsOn } from './form-requirements.ts'
import { isListedAs } from './form-scope.ts'

/** What there is to know of the form of one category and stage. */
export interface Form {
  /** In the order of the form. */
  readonly items: readonly CocItem[]
  readonly itemsByElement: ReadonlyMap<string, readonly CocItem[]>
  readonly requirements: ReadonlyMap<string, Requirement>
}

/**
 * The act whose form a vehicle category has: M, N, O; L; T, C, R, S. Undefined for what is no category.
 * @param category as in VehicleCategory: `N2`, `M1G`, `L3e-A1`, `T4.1a`; or the plain `L3e`, `T1`
 */
export const regulationOf = (category: string): Regulation | undefined => {
  if (/^(?:[MN][1-3]G?|O[1-4])S?$/.test(category)) return '2018/858'
  if (/^L[1-7]e(?:-[A-Z][0-9A-Z]{0,2})?$/.test(category)) return '168/2013'
  return /^(?:[TCR][1-4]|S[12])(?:\.[1-3])?[ab]?$/.test(category) ? '167/2013' : undefined
}

const noForm: Form = { items: [], itemsByElement: new Map(), requirements: new Map() }

const build = (category: string, stage: Stage): Form => {
  const regulation = regulationOf(category)
  if (regulation === undefined) return noForm
  const all = cocItems[regulation]
  const items = all.filter((item) => [...item.categories[stage]].some((listed) => isListedAs(listed, category)))
  const itemsByElement = new Map<string, CocItem[]>()
  for (const item of items)
    for (const name of new Set(item.elements.map((element) => element.name))) {
      const known = itemsByElement.get(name)
      if (known) known.push(item)
      else itemsByElement.set(name, [item])
    }
  return { items, itemsByElement, requirements: requirementsOn(all, new Set(items), category, stage) }
}

/** Only what the code list knows is kept: a category comes from outside, and no flood of invented ones may fill memory. */
const categories = new Set(findType('VehicleCategoryCode')?.codes)
const forms: Readonly<Record<Stage, Map<string, Form>>> = { C: new Map(), V: new Map(), I: new Map() }

/** The form of a category and stage, made on first use (about a millisecond) and kept; an empty one for what is no category. */
export const formFor = (category: string, stage: Stage): Form => {
  const known = forms[stage].get(category)
  if (known) return known
  const form = build(category, stage)
  if (categories.has(category)) forms[stage].set(category, form)
  return form
}
