import type { Finding } from '../contract/finding.ts'
import type { VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { valueAt } from '../ivi/get-value.ts'
import { fromMicro } from '../support/decimal.ts'
import { microAt } from './axle-values.ts'
import { note, refuse, signOff } from './drift-finding.ts'
import type { OwnLimit } from './drift-limits.ts'
import { massElement } from './mass-element.ts'
import { deviation, driftKindOf, judge, toleranceFor } from './tolerance.ts'
import { deriveMasses, type WeighedMasses, type Weighing, weighingOf } from './weighing.ts'

const article = '2021/535 Annex XIII Part 2 A 1.3'

/** What the vehicle weighs by its weighing; undefined when it was not weighed. */
export const weighedMasses = (
  model: VehicleModel,
  base: IviTree | undefined,
  weighing: Weighing | undefined = weighingOf(model),
): WeighedMasses | undefined =>
  weighing &&
  deriveMasses(weighing, {
    isTowed: /^[ORS]/.test(driftKindOf(model.tree, base).category),
    isElectric:
      (valueAt(model.tree, 'PureElectricVehicleIndicator') ??
        (base && valueAt(base, 'PureElectricVehicleIndicator'))) === 'Y',
  })

const aboutScale = (weighing: Weighing, path: string, today: string): Finding[] => {
  const on = weighing.weighedOn ?? today
  const { calibratedUntil: until, scale = 'that was used' } = weighing
  const named = { scale: weighing.scale, ticket: weighing.ticket }
  if (until === undefined)
    return [note('DRF-WEIGH-005', path, 'The weighing does not say until when its scale is calibrated.', named)]
  if (on <= until) return []
  const message = `The scale ${scale} was calibrated until ${until}, the vehicle was weighed on ${on}.`
  return [signOff('DRF-WEIGH-004', path, message, { ...named, until, weighedOn: on })]
}

/**
 * A weighing against what the document says: the mass in running order that follows from it and 13 (14 for an incomplete
 * vehicle), and whether the scale was fit to weigh. Nothing for a vehicle without a weighing.
 * @param today YYYY-MM-DD, for a weighing without a date
 */
export const compareWeighing = (
  model: VehicleModel,
  base: IviTree | undefined,
  {
    own,
    today,
    weighing = weighingOf(model),
  }: { own: readonly OwnLimit[]; today: string; weighing?: Weighing | undefined },
): Finding[] => {
  const masses = weighedMasses(model, base, weighing)
  if (weighing === undefined || masses === undefined) return []
  const element = massElement(model.tree)
  const { path } = elementOf(element)
  const findings = aboutScale(weighing, path, today)
  const gross = weighing.grossMass
  if (!masses.isDerivable) {
    const message = `The vehicle was weighed with ${gross} kg and a tank ${weighing.fuelLevel ?? '?'} % full. Give the mass of a full tank (fuelMassFull), or weigh it with 90 % or more.`
    return [...findings, refuse('DRF-WEIGH-003', path, message, { gross, level: weighing.fuelLevel, article })]
  }
  const kind = driftKindOf(model.tree, base)
  if (weighing.fuelLevel === undefined && !isWithoutTank(model, base, kind.category))
    findings.push(
      signOff('DRF-WEIGH-002', path, 'The weighing does not say how full the tank was; it is taken as 90 %.', {
        gross,
        article,
      }),
    )
  const declared = microAt(model.tree, element)
  if (declared === undefined) return findings
  const tolerance = toleranceFor('MassInRunningOrder', kind, own)
  const verdict = judge(masses.runningOrder, declared, tolerance)
  if (verdict === 'fine') return findings
  const off = deviation(masses.runningOrder, declared)
  const params = {
    measured: fromMicro(masses.runningOrder),
    expected: fromMicro(declared),
    gross,
    fuelAdded: fromMicro(masses.fuelAdded),
    driverAdded: fromMicro(masses.driverAdded),
    optional: weighing.optionalMass,
    ticket: weighing.ticket,
    scale: weighing.scale,
    deviation: off,
    tolerance: tolerance.text,
    article: tolerance.article,
  }
  const message = `The weighing gives ${params.measured} kg in running order (${gross} kg on the scale), the document says ${params.expected} kg: ${off ?? 'more'} %, tolerance ${tolerance.text} %.`
  const make = verdict === 'refused' ? refuse : signOff
  return [...findings, make(verdict === 'refused' ? 'DRF-WEIGH-006' : 'DRF-WEIGH-001', path, message, params)]
}

const isWithoutTank = (model: VehicleModel, base: IviTree | undefined, category: string): boolean =>
  /^[ORS]/.test(category) ||
  valueAt(model.tree, 'PureElectricVehicleIndicator') === 'Y' ||
  (base !== undefined && valueAt(base, 'PureElectricVehicleIndicator') === 'Y')
