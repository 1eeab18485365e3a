import { elementOf } from '../ivi/catalogue.ts'
import { microAt } from './axle-values.ts'
import type { DriftInput } from './compare-with-base.ts'
import { expectedMass } from './expected-mass.ts'
import { massElement } from './mass-element.ts'
import { declaredFor } from './measured-values.ts'
import { deviation } from './tolerance.ts'
import { weighedMasses } from './weighed-mass.ts'

/** How far one value of a vehicle is off, in percent with its sign, whatever the tolerance is. */
export interface DriftValue {
  /** IVI element; `weighing` for the weighed mass against the one that is declared. */
  readonly field: string
  readonly deviation: number
}

const valueOf = (field: string, measured: number | undefined, expected: number | undefined): DriftValue[] => {
  const off = measured === undefined || expected === undefined ? undefined : deviation(measured, expected)
  return off === undefined ? [] : [{ field, deviation: Number(off) }]
}

/** The drift of a vehicle as values for a chart: mass against base and body, weighing against 13, dimensions against declared. */
export const driftValues = ({ model, base, approval, weighing }: DriftInput): DriftValue[] => {
  const { tree } = model
  const element = massElement(tree)
  const mass = microAt(tree, element)
  const expected = base && expectedMass(model, base.tree, approval)
  const weighed = weighedMasses(model, base?.tree, weighing)
  const known = expected?.kind === 'known' ? expected : undefined
  return [
    ...valueOf(
      elementOf('MassInRunningOrder').name,
      mass,
      known && Math.min(Math.max(mass ?? known.least, known.least), known.most),
    ),
    ...(weighed?.isDerivable ? valueOf('weighing', weighed.runningOrder, mass) : []),
    ...(approval === undefined
      ? []
      : ['Length', 'Width', 'Height'].flatMap((name) => {
          const measured = microAt(tree, name)
          return valueOf(name, measured, measured === undefined ? undefined : declaredFor(approval, name, measured))
        })),
  ]
}

export interface TrendOptions {
  /** How many of the newest vehicles are held against those before. */
  readonly recent?: number
  /** A shift of the mean that is less is never worth an alert, percentage points: scales show whole 5 or 10 kg. */
  readonly leastShift?: number
  /** How many standard errors the mean must have moved. */
  readonly sigmas?: number
}

export interface Trend {
  readonly count: number
  /** Mean deviation in percent, over all values. */
  readonly mean: number
  /** Standard deviation, percentage points. */
  readonly spread: number
  /** The same of the newest ones alone, and by how much their mean lies off that of the ones before. */
  readonly recentMean: number
  readonly shift: number
  /** True when the mean moved: a scale out of calibration shows before an access point refuses anything. */
  readonly alert: boolean
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
const spreadOf = (values: readonly number[], mean: number): number =>
  values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))

/**
 * The trend of one field of one variant.
 * @param values deviations in percent, oldest first; the last hundred are looked at
 */
export const trendOf = (values: readonly number[], options: TrendOptions = {}): Trend => {
  const { recent = 10, leastShift = 0.5, sigmas = 3 } = options
  const last = values.slice(-100)
  const mean = meanOf(last)
  const [before, newest] = [last.slice(0, -recent), last.slice(-recent)]
  const recentMean = meanOf(newest)
  // Too few to say what was usual: no alert, rather than one for every new variant.
  const isKnown = before.length >= recent && newest.length === recent
  const usual = meanOf(before)
  const shift = isKnown ? recentMean - usual : 0
  const error = spreadOf(before, usual) * Math.sqrt(1 / before.length + 1 / recent)
  const alert = isKnown && Math.abs(shift) >= leastShift && Math.abs(shift) > sigmas * error
  return { count: last.length, mean, spread: spreadOf(last, mean), recentMean, shift, alert }
}
