import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { fromMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { note, refuse, signOff } from './drift-finding.ts'
import type { OwnLimit } from './drift-limits.ts'
import { expectedMass } from './expected-mass.ts'
import { factOf } from './facts.ts'
import { massElement } from './mass-element.ts'
import { deviation, driftKindOf, judge, toleranceFor } from './tolerance.ts'

/** Mass in running order (13) against the base vehicle's (14) and what was built on it (see `expectedMass`). */
export const compareMass = (
  model: VehicleModel,
  base: IviTree,
  approval: ApprovalData | undefined,
  own: readonly OwnLimit[],
): Finding[] => {
  const element = massElement(model.tree)
  const { path } = elementOf(element)
  const measured = microAt(model.tree, element)
  const expected = expectedMass(model, base, approval)
  if (measured === undefined || expected === undefined) return []
  const tolerance = toleranceFor('MassInRunningOrder', driftKindOf(model.tree, base), own)
  const [is, bare] = [fromMicro(measured), fromMicro(expected.bare)]
  if (expected.kind === 'unknown') {
    const params = { measured: is, base: bare, article: tolerance.article }
    const message = 'The mass of the body is not known, so the mass in running order could not be compared.'
    if (measured >= expected.bare) return [note('DRF-MASS-003', path, message, params)]
    const less = `The mass in running order (13) is ${is} kg, less than the base vehicle's ${bare} kg (14).`
    return [signOff('DRF-MASS-002', path, less, params)]
  }
  const { least, most } = expected
  const nearest = Math.min(Math.max(measured, least), most)
  const verdict = judge(measured, nearest, tolerance)
  if (verdict === 'fine') return []
  const off = deviation(measured, nearest)
  const params = {
    measured: is,
    base: bare,
    body: fromMicro(nearest - expected.bare),
    expected: fromMicro(nearest),
    deviation: off,
    tolerance: tolerance.text,
    article: tolerance.article,
  }
  const sum = `${bare} kg of the base vehicle (14) and ${params.body} kg of body make ${params.expected} kg`
  const message = `The mass in running order (13) is ${is} kg, but ${sum}: ${off ?? 'more'} %, tolerance ${tolerance.text} %.`
  if (verdict === 'refused') return [refuse('DRF-MASS-004', path, message, params)]
  return [signOff('DRF-MASS-001', path, message, params)]
}

/** The declared value nearest to the measured one: the approval's value, or the bounds of its range. */
export const declaredFor = (approval: ApprovalData, element: string, measured: number): number | undefined => {
  const value = microAt(approval.values, element)
  if (value !== undefined) return value
  const name = element.toLowerCase()
  const min = factOf(approval.facts, `${name}Min`)
  const max = factOf(approval.facts, `${name}Max`)
  if (min !== undefined && measured < min) return min
  if (max !== undefined && measured > max) return max
  return min !== undefined || max !== undefined ? measured : undefined
}

/**
 * Measured length, width and height against what the completing approval declares: a value in its master data, or the facts
 * `lengthMin`, `lengthMax`, `widthMin` … in mm.
 */
export const compareDimensions = (
  model: VehicleModel,
  base: IviTree | undefined,
  approval: ApprovalData,
  own: readonly OwnLimit[],
): Finding[] =>
  ['Length', 'Width', 'Height'].flatMap((element) => {
    const measured = microAt(model.tree, element)
    const declared = measured === undefined ? undefined : declaredFor(approval, element, measured)
    if (measured === undefined || declared === undefined) return []
    const tolerance = toleranceFor(element, driftKindOf(model.tree, base), own)
    const verdict = judge(measured, declared, tolerance)
    if (verdict === 'fine') return []
    const off = deviation(measured, declared)
    const params = {
      measured: fromMicro(measured),
      declared: fromMicro(declared),
      deviation: off,
      tolerance: tolerance.text,
      article: tolerance.article,
    }
    const { path } = elementOf(element)
    const message = `${element} is ${params.measured} mm, the approval declares ${params.declared} mm: ${off ?? 'more'} %, tolerance ${tolerance.text} %.`
    if (verdict === 'refused') return [refuse('DRF-DIM-002', path, message, params)]
    return [signOff('DRF-DIM-001', path, message, params)]
  })
