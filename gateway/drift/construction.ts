import type { Finding } from '../contract/finding.ts'
import type { ApprovalData } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { fromMicro, toMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { refuse, signOff } from './drift-finding.ts'
import { deviation } from './tolerance.ts'

const article = '2018/858 Annex IX 3.3'

/** Tolerance zero: another number of axles needs an approval that carries it, and then still a person. */
export const compareAxleCount = (tree: IviTree, base: IviTree, approval: ApprovalData | undefined): Finding[] => {
  const element = 'NumberOfAxles'
  const ours = microAt(tree, element)
  const theirs = microAt(base, element)
  if (ours === undefined || theirs === undefined || ours === theirs) return []
  const carried = approval === undefined ? undefined : microAt(approval.values, element)
  const params = {
    measured: fromMicro(ours),
    base: fromMicro(theirs),
    approved: carried === undefined ? undefined : fromMicro(carried),
    tolerance: '0',
    article,
  }
  const what = `The vehicle has ${params.measured} axles, the base vehicle ${params.base}`
  const { path } = elementOf(element)
  return carried === ours
    ? [signOff('DRF-AXLE-001', path, `${what}; the completing approval carries it.`, params)]
    : [refuse('DRF-AXLE-002', path, `${what}, and the completing approval does not carry it.`, params)]
}

/** Tolerance zero: a changed wheelbase needs a person, and must lie in the range of the completing approval (facts, mm). */
export const compareWheelbase = (tree: IviTree, base: IviTree, approval: ApprovalData | undefined): Finding[] => {
  const element = 'Wheelbase'
  const ours = microAt(tree, element)
  const theirs = microAt(base, element)
  if (ours === undefined || theirs === undefined || ours === theirs) return []
  const min = toMicro(approval?.facts.wheelbaseMin ?? '')
  const max = toMicro(approval?.facts.wheelbaseMax ?? '')
  const params = {
    measured: fromMicro(ours),
    base: fromMicro(theirs),
    deviation: deviation(ours, theirs),
    tolerance: '0',
    min: min === undefined ? undefined : fromMicro(min),
    max: max === undefined ? undefined : fromMicro(max),
    article,
  }
  const what = `The wheelbase is ${params.measured} mm, the base eCoC says ${params.base} mm`
  const { path } = elementOf(element)
  if ((min !== undefined && ours < min) || (max !== undefined && ours > max)) {
    const range = `${params.min ?? '…'} to ${params.max ?? '…'} mm`
    return [refuse('DRF-WB-002', path, `${what}, and the completing approval covers ${range} only.`, params)]
  }
  const known = min === undefined && max === undefined ? 'names no range' : 'covers it'
  return [signOff('DRF-WB-001', path, `${what}; the completing approval ${known}.`, params)]
}
