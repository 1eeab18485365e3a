import { didYouMean } from './did-you-mean.ts'
import { type DraftGroup, type DraftNode, isGroup } from './draft.ts'
import { type Element, type Elements, ivi20Elements } from './elements.ts'

/** One step from below the root to an element; `index` is 1-based, `*` is every row there is. */
export interface TargetStep {
  readonly name: string
  readonly repeats: boolean
  readonly index: number | '*' | undefined
}
/** A place in the document: an element, and which row of each repeated group on the way. */
export interface Target {
  readonly element: Element
  readonly steps: readonly TargetStep[]
  /** The path in one spelling, so that two ways to write one place are seen. */
  readonly path: string
}
export interface TargetProblem {
  /** MAP-004 for what IVI does not have, MAP-006 for what cannot be written like this. */
  readonly code: 'MAP-004' | 'MAP-006'
  readonly problem: string
  readonly hint: string
}

const maxRows = 99
const segmentForm = /^([A-Za-z0-9]+)(?:\[(\d{1,2}|\*)\])?$/

/**
 * Reads a place as mappers write it. Element names are unique in IVI, so the name is enough
 * (`Wheelbase`), with the row where a group on the way repeats (`AxleGroup[1]/AxleSpacing`, `AxleGroup[*]/…`).
 * A repeated group itself stands for all its rows (`AxleGroup`). The whole path may be written too.
 * @param row when given, the place is below this repeated group and relative to one row of it
 */
export const parseTarget = (
  text: string,
  row?: Element,
  elements: Elements = ivi20Elements,
): Target | TargetProblem => {
  const given = new Map<string, string | undefined>()
  for (const segment of text.split('/')) {
    const found = segmentForm.exec(segment)
    const name = found?.[1] ?? ''
    if (!elements.find(name))
      return {
        code: 'MAP-004',
        problem: `"${segment}" is no element of IVI ${elements.release}.`,
        hint: didYouMean(name || segment, elements.names()).trim(),
      }
    given.set(name, found?.[2])
  }
  const last = [...given.keys()].at(-1) ?? ''
  const element = elements.find(last)
  if (!element) return { code: 'MAP-004', problem: `"${text}" is no element of IVI ${elements.release}.`, hint: '' }
  const whole = element.steps.map((s) => s.name)
  const astray = [...given.keys()].find((name, i, all) => {
    const at = whole.indexOf(name)
    return at < 0 || (i > 0 && at < whole.indexOf(all[i - 1] ?? ''))
  })
  if (astray !== undefined)
    return {
      code: 'MAP-006',
      problem: `${last} does not stand in ${astray}.`,
      hint: `It stands at ${whole.join('/')}.`,
    }
  const from = row ? row.steps.length : 0
  if (row && whole[from - 1] !== row.name)
    return {
      code: 'MAP-006',
      problem: `${last} does not stand in ${row.name}.`,
      hint: `It stands at ${whole.join('/')}.`,
    }
  const steps: TargetStep[] = []
  for (const [i, step] of element.steps.entries()) {
    if (i < from) continue
    const index = given.get(step.name)
    if (index !== undefined && !step.repeats)
      return { code: 'MAP-006', problem: `${step.name} does not repeat, so it has no [${index}].`, hint: '' }
    if (index === undefined && step.repeats && i < element.steps.length - 1)
      return {
        code: 'MAP-006',
        problem: `${last} stands in the repeated group ${step.name}.`,
        hint: `Write ${step.name}[1]/${last} for its first row or ${step.name}[*]/${last} for every row.`,
      }
    const row = index === '*' || index === undefined ? index : Number(index)
    if (row === 0)
      return { code: 'MAP-006', problem: `${step.name}[0] does not exist.`, hint: 'Rows are counted from 1.' }
    steps.push({ name: step.name, repeats: step.repeats, index: row })
  }
  if (steps.filter((s) => s.index === '*').length > 1)
    return { code: 'MAP-006', problem: `${text} has more than one [*].`, hint: '' }
  const path = steps.map((s) => (s.index === undefined ? s.name : `${s.name}[${s.index}]`)).join('/')
  return { element, steps, path }
}

const stepInto = (group: DraftGroup, step: TargetStep): DraftGroup[] => {
  const there = group[step.name]
  if (!step.repeats) {
    if (isGroup(there)) return [there]
    const made: DraftGroup = {}
    group[step.name] = made
    return [made]
  }
  const rows = Array.isArray(there) ? there : []
  if (rows !== there) group[step.name] = rows
  if (step.index === '*') return rows
  const at = Math.min(step.index ?? 1, maxRows)
  while (rows.length < at) rows.push({})
  return rows.slice(at - 1, at)
}

/** The groups that hold a target: made when missing; none for `[*]` without rows. */
export const parentsOf = (root: DraftGroup, target: Target): DraftGroup[] => {
  let groups = [root]
  const last = target.steps.length - 1
  for (const [i, step] of target.steps.entries()) {
    if (i === last) break
    const [only] = groups
    groups = groups.length === 1 && only ? stepInto(only, step) : groups.flatMap((g) => stepInto(g, step))
  }
  return groups
}

/** Puts a node at a target, in every row where the target says `[*]`. */
export const place = (root: DraftGroup, target: Target, node: DraftNode): void => {
  const last = target.steps.at(-1)
  if (!last) return
  for (const parent of parentsOf(root, target)) {
    if (last.repeats && typeof last.index === 'number') {
      const [row] = stepInto(parent, last)
      if (row) Object.assign(row, node)
    } else parent[last.name] = node
  }
}

/** A node of any tree of the document's shape at a target without `[*]`; undefined when it is not there. */
export const nodeAt = <N extends object | string>(
  root: Readonly<Record<string, N | undefined>>,
  target: Target,
): N | undefined => {
  let node: unknown = root
  for (const step of target.steps) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step.name)) return undefined
    node = (node as Record<string, unknown>)[step.name]
    if (step.repeats && step.index !== undefined) {
      if (!Array.isArray(node)) return undefined
      node = (node as unknown[])[Number(step.index) - 1]
    }
  }
  return node as N | undefined
}
