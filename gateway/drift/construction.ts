import type { Finding } from '../contract/finding.ts'
import type { ApprovalData } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { valueAt } from '../ivi/get-value.ts'
import { fromMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { refuse, signOff } from './drift-finding.ts'
import { factOf } from './facts.ts'
import { deviation } from './tolerance.ts'

const article = '2018/858 Annex IX 3.3'

/**
 * Another category than the base's: who changes it answers for all that the new one demands, so the completing approval
 * must be of that category, and a person looks at it.
 */
export const compareCategory = (tree: IviTree, base: IviTree, approval: ApprovalData | undefined): Finding[] => {
  const element = 'VehicleCategory'
  const [ours, theirs] = [valueAt(tree, element), valueAt(base, element)]
  if (ours === undefined || theirs === undefined || ours === theirs) return []
  const approved = approval && valueAt(approval.values, element)
  const params = { measured: ours, base: theirs, approved, article: '2018/858 Article 13(3), Annex IX 3.2.4' }
  const what = `The vehicle is of category ${ours}, the base vehicle of ${theirs}`
  const { path } = elementOf(element)
  return approved === ours
    ? [signOff('DRF-CAT-001', path, `${what}; the completing approval is for ${ours}.`, params)]
    : [refuse('DRF-CAT-002', path, `${what}, and the completing approval is not for ${ours}.`, params)]
}

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
  const min = factOf(approval?.facts, 'wheelbaseMin')
  const max = factOf(approval?.facts, 'wheelbaseMax')
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
