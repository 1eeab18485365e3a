import type { IviNode, IviTree } from '../../../gateway/contract/ivi-tree.ts'
import type { IviElement } from '../../../gateway/ivi/catalogue.ts'
import type { Requirement } from '../../../gateway/ivi/coc/coc.ts'
import type { Dice } from './dice.ts'
import { plausibleValue } from './plausible.ts'

/**
 * What is decided of a group: a value, `undefined` for what shall not stand there, or the plan of a group or its rows.
 * What a plan does not name is chosen at random; what the form does not have is left out, planned or not.
 */
export interface Plan {
  readonly [element: string]: string | undefined | Plan | readonly Plan[]
}

export interface Filling {
  readonly dice: Dice
  readonly requirement: (element: IviElement) => Requirement
  /** Share of the elements that a form may have and of those of which no source says so, 0 to 1. */
  readonly conditional: number
  readonly open: number
  /** Leaves that no other value needs: where the form does not require them they may be missing, planned or not. */
  readonly loose: ReadonlySet<string>
}

const isPlan = (value: Plan[string]): value is Plan => typeof value === 'object' && !Array.isArray(value)

/** Plans of several topics as one; two topics may plan the same group, but not the same leaf. */
export const mergePlans = (...plans: readonly Plan[]): Plan => {
  const merged: Record<string, Plan[string]> = {}
  for (const plan of plans)
    for (const [name, value] of Object.entries(plan)) {
      const known = merged[name]
      if (Object.hasOwn(merged, name) && !(isPlan(known) && isPlan(value))) throw new Error(`${name} is planned twice`)
      merged[name] = isPlan(known) && isPlan(value) ? mergePlans(known, value) : value
    }
  return merged
}

const isEmpty = (node: IviNode): boolean => typeof node !== 'string' && Object.keys(node).length === 0

/** `WidthAdjustable` of `WidthAdjustableMin` and `…Max`, which stand together and in order. */
const rangeOf = ({ name, parent }: IviElement): string | undefined => {
  const [, range] = /^(.+)(?:Min|Max)$/.exec(name) ?? []
  const both = ['Min', 'Max'].every((end) => parent?.children.some((child) => child.name === `${range}${end}`))
  return both ? range : undefined
}

/** Of a range the lower end is chosen first: in the catalogue's order Min comes before Max. */
const leafValue = (dice: Dice, leaf: IviElement, siblings: IviTree): string => {
  const value = plausibleValue(dice, leaf)
  const least = siblings[`${rangeOf(leaf) ?? ''}Min`]
  return typeof least === 'string' && Number(value) < Number(least) ? least : value
}

/** Makes the group that a plan asks for, in the catalogue's order. */
export const fillGroup = (group: IviElement, plan: Plan, filling: Filling): IviTree => {
  const { dice, requirement } = filling
  const tree: IviTree = {}
  const ranges = new Map<string, boolean>()

  const isWanted = (element: IviElement): boolean => {
    const says = requirement(element)
    if (element.min > 0 || says === 'required') return true
    const range = rangeOf(element)
    const known = range === undefined ? undefined : ranges.get(range)
    const wanted = known ?? dice.chance(says === 'open' ? filling.open : filling.conditional)
    if (range !== undefined) ranges.set(range, wanted)
    return wanted
  }

  const rowsOf = (element: IviElement, planned: Plan[string]): IviTree[] => {
    const plans = Array.isArray(planned)
      ? (planned as readonly Plan[])
      : Array.from({ length: dice.whole(Math.max(element.min, 1), Math.max(element.min, 3)) }, (): Plan => ({}))
    return plans.map((row) => fillGroup(element, row, filling)).filter((row) => !isEmpty(row))
  }

  for (const child of group.children) {
    if (child.min === 0 && requirement(child) === 'absent') continue
    const isPlanned = Object.hasOwn(plan, child.name)
    const planned = plan[child.name]
    if (isPlanned ? planned === undefined : !isWanted(child)) continue
    if (
      isPlanned &&
      filling.loose.has(child.name) &&
      requirement(child) !== 'required' &&
      !dice.chance(filling.conditional)
    )
      continue
    const node = child.leaf
      ? ((planned as string | undefined) ?? leafValue(dice, child, tree))
      : child.repeats
        ? rowsOf(child, planned)
        : fillGroup(child, (planned as Plan | undefined) ?? {}, filling)
    if (!isEmpty(node)) tree[child.name] = node
  }
  return tree
}
