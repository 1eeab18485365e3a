import type { Finding } from '../contract/finding.ts'
import type { ApprovalData } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { findElement, type IviElement } from '../ivi/catalogue.ts'
import { fromMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { refuse } from './drift-finding.ts'
import { factOf } from './facts.ts'

const fact = /^([a-z]\w*)M(in|ax)$/

/** The single element that a fact such as `rearOverhangMax` is a bound of; undefined for other facts. */
export const boundedElement = (name: string): IviElement | undefined => {
  const stem = fact.exec(name)?.[1]
  const element = stem === undefined ? undefined : findElement(`${stem.charAt(0).toUpperCase()}${stem.slice(1)}`)
  if (!element?.leaf) return undefined
  for (let at: IviElement | undefined = element; at; at = at.parent) if (at.repeats) return undefined
  return element
}

/** Compared where their own rules stand: the wheelbase with its base, outer dimensions with the tolerance of the law. */
const elsewhere = new Set(['Wheelbase', 'Length', 'Width', 'Height'])

/**
 * Values inside the ranges that the completing approval covers: its facts `<element>Min` and `<element>Max`, such as
 * `rearOverhangMax` or `technicallyPermissibleMaximumLadenMassMin`, in the unit of the element.
 */
export const keepApprovedRanges = (tree: IviTree, approval: ApprovalData): Finding[] => {
  const elements = new Set(Object.keys(approval.facts).flatMap((name) => boundedElement(name) ?? []))
  return [...elements].flatMap(({ name, path }) => {
    const measured = elsewhere.has(name) ? undefined : microAt(tree, name)
    if (measured === undefined) return []
    const stem = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    const [min, max] = [factOf(approval.facts, `${stem}Min`), factOf(approval.facts, `${stem}Max`)]
    const isBelow = min !== undefined && measured < min
    if (!isBelow && (max === undefined || measured <= max)) return []
    const [is, from, to] = [measured, min, max].map((micro) => (micro === undefined ? undefined : fromMicro(micro)))
    const limit = isBelow ? from : to
    const params = { measured: is, limit, min: from, max: to, tolerance: '0', article: '2018/858 Annex IX 3.3' }
    const message = `${name} is ${is ?? ''}; the completing approval covers ${from ?? '…'} to ${to ?? '…'} only.`
    return [refuse('DRF-RANGE-001', path, message, params)]
  })
}
