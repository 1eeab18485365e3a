import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { valueAt } from '../ivi/get-value.ts'
import { fromMicro, toMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { note, signOff } from './drift-finding.ts'
import { deviation, exceeds, toleranceOf, type DriftTolerances } from './tolerance.ts'

const massArticle = '2021/535 Annex XIII Part 2 Section G 2.2'
const dimensionArticle = '2021/535 Annex XIII Part 2 Section G 1.2'

/** The mass in running order stands under 14 while the vehicle is incomplete, under 13 after. */
const massElement = (tree: IviTree): string =>
  valueAt(tree, 'StageOfCompletion') === 'I' ? 'MassInRunningOrderIncomplete' : 'MassInRunningOrder'

/** Mass in running order (13) against the base vehicle's (14) and the body put on it (fact `bodyMass`, kg). */
export const compareMass = (model: VehicleModel, base: IviTree, tolerances: DriftTolerances): Finding[] => {
  const element = massElement(model.tree)
  const { path } = elementOf(element)
  const measured = microAt(model.tree, element)
  const bare = microAt(base, massElement(base)) ?? microAt(base, 'MassInRunningOrder')
  if (measured === undefined || bare === undefined) return []
  const body = toMicro(model.facts.bodyMass ?? '')
  const is = fromMicro(measured)
  if (body === undefined) {
    const params = { measured: is, base: fromMicro(bare), article: massArticle }
    if (measured >= bare) {
      return [
        note(
          'DRF-MASS-003',
          path,
          'The mass of the body is not known, so the mass in running order could not be compared.',
          params,
        ),
      ]
    }
    const message = `The mass in running order (13) is ${is} kg, less than the base vehicle's ${fromMicro(bare)} kg (14).`
    return [signOff('DRF-MASS-002', path, message, params)]
  }
  const special = valueAt(model.tree, 'SpecialPurposeDesignation') !== undefined
  const tolerance = toleranceOf(special ? 'specialPurposeMassPercent' : 'massPercent', tolerances)
  const expected = bare + body
  if (!exceeds(measured, expected, tolerance)) return []
  const off = deviation(measured, expected)
  const params = {
    measured: is,
    base: fromMicro(bare),
    body: fromMicro(body),
    expected: fromMicro(expected),
    deviation: off,
    tolerance: tolerance.text,
    article: massArticle,
  }
  const sum = `${fromMicro(bare)} kg of the base vehicle (14) and ${fromMicro(body)} kg of body make ${fromMicro(expected)} kg`
  const message = `The mass in running order (13) is ${is} kg, but ${sum}: ${off ?? 'more'} %, tolerance ${tolerance.text} %.`
  return [signOff('DRF-MASS-001', path, message, params)]
}

/** The declared value nearest to the measured one: the approval's value, or the bounds of its range. */
const declaredFor = (approval: ApprovalData, element: string, measured: number): number | undefined => {
  const value = microAt(approval.values, element)
  if (value !== undefined) return value
  const fact = (name: string): number | undefined => toMicro(approval.facts[name] ?? '')
  const name = element.toLowerCase()
  const min = fact(`${name}Min`)
  const max = fact(`${name}Max`)
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
  approval: ApprovalData,
  tolerances: DriftTolerances,
): Finding[] => {
  const tolerance = toleranceOf('dimensionPercent', tolerances)
  return ['Length', 'Width', 'Height'].flatMap((element) => {
    const measured = microAt(model.tree, element)
    const declared = measured === undefined ? undefined : declaredFor(approval, element, measured)
    if (measured === undefined || declared === undefined || !exceeds(measured, declared, tolerance)) return []
    const off = deviation(measured, declared)
    const params = {
      measured: fromMicro(measured),
      declared: fromMicro(declared),
      deviation: off,
      tolerance: tolerance.text,
      article: dimensionArticle,
    }
    const message = `${element} is ${params.measured} mm, the approval declares ${params.declared} mm: ${off ?? 'more'} %, tolerance ${tolerance.text} %.`
    return [signOff('DRF-DIM-001', elementOf(element).path, message, params)]
  })
}
