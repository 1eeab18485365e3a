import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import { makeDateReader } from '../support/date-pattern.ts'
import { parseDecimal, trimFraction } from '../mapping/decimal.ts'
import { didYouMean } from '../mapping/did-you-mean.ts'
import { type Element, elementNames, findTargetElement } from '../mapping/elements.ts'
import { ownElements } from '../mapping/take.ts'

type Report = (path: readonly (string | number)[], message: string) => void

/**
 * Brings master data into the document's shape and holds it against the catalogue: names at the top may be any element's
 * (`Width`), which is then put in its place; below a group its own children are expected.
 */
export const normaliseValues = (values: Readonly<Record<string, unknown>>, report: Report): IviTree => {
  const root: IviTree = {}
  for (const [name, value] of Object.entries(values)) {
    const element = known(name, [name], report)
    if (!element) continue
    const holder = holderOf(root, element)
    if (!holder) {
      report([name], `${name} stands in a repeated group; give it inside its table.`)
      continue
    }
    const node = read(element, value, [name], report)
    if (node === undefined) continue
    const there = holder[name]
    // `CocDataGroup: {…}` beside `Width: …` adds to what is there; a doubled value is refused.
    if (there === undefined) holder[name] = node
    else if (typeof there === 'string' || typeof node === 'string' || Array.isArray(node))
      report([name], `${name} is given twice.`)
    else holder[name] = { ...(there as IviTree), ...node }
  }
  return root
}

const isDay = makeDateReader('YYYY-MM-DD')

/** Says more than the element's own check: what the schema would refuse in every vehicle is refused here, once. */
const problemOf = (element: Element, value: string): string | undefined => {
  const problem = element.problemOf(value)
  if (problem) return problem.message
  if (element.kind === 'date' && isDay(value) === undefined) return `"${value}" is no day such as 2026-07-05.`
  const digits = element.fractionDigits
  const number = digits === undefined ? undefined : parseDecimal(value, '.')
  return number && digits !== undefined && trimFraction(number).scale > digits
    ? `${value} has more than ${digits} digits after the decimal point.`
    : undefined
}

const known = (name: string, path: readonly (string | number)[], report: Report): Element | undefined => {
  const element = findTargetElement(name)
  if (!element) report(path, `"${name}" is no element of IVI 2.0.${didYouMean(name, elementNames())}`)
  else if (ownElements.has(name)) {
    report(path, `${name} is set by the gateway itself and is no master data.`)
    return undefined
  }
  return element
}

const holderOf = (root: IviTree, element: Element): IviTree | undefined => {
  let at = root
  for (const step of element.steps.slice(0, -1)) {
    if (step.repeats) return undefined
    const there = at[step.name]
    if (typeof there === 'object' && !Array.isArray(there)) at = there
    else {
      const made: IviTree = {}
      at[step.name] = made
      at = made
    }
  }
  return at
}

const read = (
  element: Element,
  value: unknown,
  path: readonly (string | number)[],
  report: Report,
): IviNode | undefined => {
  if (!element.group) {
    if (typeof value !== 'string') {
      report(path, `${element.name} holds one value.`)
      return undefined
    }
    const problem = problemOf(element, value)
    if (problem !== undefined) report(path, `${element.name}: ${problem}`)
    return value
  }
  if (element.repeats) {
    // XML cannot tell a list of one from a group.
    const rows: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (rows.length === 0 || rows.length > 99) {
      report(path, `${element.name} repeats: a list of 1 to 99 rows is expected.`)
      return undefined
    }
    return rows.map((row, i) => readGroup(element, row, [...path, i], report))
  }
  return readGroup(element, value, path, report)
}

const readGroup = (element: Element, value: unknown, path: readonly (string | number)[], report: Report): IviTree => {
  const group: IviTree = {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(path, `${element.name} is a group: its elements are expected below it.`)
    return group
  }
  for (const [name, inner] of Object.entries(value)) {
    const child = known(name, [...path, name], report)
    if (!child) continue
    if (child.steps.at(-2)?.name !== element.name) {
      report(
        [...path, name],
        `${name} does not stand in ${element.name}; it stands at ${child.steps.map((s) => s.name).join('/')}.`,
      )
      continue
    }
    const node = read(child, inner, [...path, name], report)
    if (node !== undefined) group[name] = node
  }
  return group
}
