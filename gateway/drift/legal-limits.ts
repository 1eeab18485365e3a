import type { Finding } from '../contract/finding.ts'
import type { VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { fromMicro, toMicro } from '../support/decimal.ts'
import { axleValues, microAt } from './axle-values.ts'
import { refuse } from './drift-finding.ts'
import { factOf } from './facts.ts'
import { keepInServiceMasses } from './in-service-masses.ts'
import { leastPayload } from './payload.ts'
import { driftKindOf } from './tolerance.ts'
import type { WeighedMasses } from './weighing.ts'

const annex = '2021/535 Annex XIII Part 2'
const laden = 'TechnicallyPermissibleMaximumLadenMass'

/** The heaviest the vehicle is in use: as declared or as weighed, with the heaviest of the bodies that it may carry. */
const heaviest = (model: VehicleModel, weighed: WeighedMasses | undefined): number | undefined => {
  const declared = microAt(model.tree, 'ActualMass')
  const is = Math.max(declared ?? 0, weighed?.isDerivable ? weighed.actual : 0)
  const [body, most] = [factOf(model.facts, 'bodyMass'), factOf(model.facts, 'bodyMassMax')]
  const more = body === undefined || most === undefined ? 0 : Math.max(0, most - body)
  return is === 0 ? undefined : is + more
}

const keepMass = (model: VehicleModel, limit: number, actual: number, category: string): Finding[] => {
  const { path } = elementOf('ActualMass')
  const [is, most] = [fromMicro(actual), fromMicro(limit)]
  if (actual > limit) {
    const message = `The actual mass (13.2) is ${is} kg, above the permissible ${most} kg (16.1).`
    return [refuse('DRF-LEGAL-001', path, message, { measured: is, limit: most, article: annex })]
  }
  const payload = leastPayload(model.tree, category)
  if (payload === undefined || actual + payload.micro <= limit) return []
  const [left, least] = [fromMicro(limit - actual), fromMicro(payload.micro)]
  const params = {
    measured: is,
    limit: fromMicro(limit - payload.micro),
    payload: left,
    leastPayload: least,
    passengers: payload.passengers,
    article: payload.article,
  }
  const message = `Between the actual mass (13.2) of ${is} kg and the permissible ${most} kg (16.1) are ${left} kg, but ${payload.passengers} passengers and what else must be carried weigh ${least} kg.`
  return [refuse('DRF-LEGAL-004', path, message, params)]
}

const keepAxles = (model: VehicleModel, base: IviTree | undefined): Finding[] => {
  const limits = new Map([
    ...(base === undefined ? [] : axleValues(base, 'TechnicallyPermissibleMassAxle')),
    ...axleValues(model.tree, 'TechnicallyPermissibleMassAxle'),
  ])
  return [...limits].flatMap(([axle, { micro, text, path }]) => {
    const fact = model.facts[`axleLoad${axle}`]
    const load = toMicro(fact ?? '')
    if (fact === undefined || load === undefined || load <= micro) return []
    const params = { axle, measured: fact, limit: text, article: annex }
    const message = `Axle ${axle} carries ${fact} kg, above its limit of ${text} kg (16.2).`
    return [refuse('DRF-LEGAL-002', path, message, params)]
  })
}

/**
 * Limits that no sign-off can wave through: actual mass (13.2, declared or weighed) over 16.1, load of an axle over its
 * limit (16.2), masses in service (17) over the technical ones (16), less payload than the category's people weigh.
 * Loads come as facts `axleLoad1`, `axleLoad2` … in kg. What the document leaves out stands in the base eCoC.
 */
export const keepLegalLimits = (model: VehicleModel, base: IviTree | undefined, weighed?: WeighedMasses): Finding[] => {
  const limit = microAt(model.tree, laden) ?? (base === undefined ? undefined : microAt(base, laden))
  const actual = heaviest(model, weighed)
  const { category } = driftKindOf(model.tree, base)
  return [
    ...(actual === undefined || limit === undefined ? [] : keepMass(model, limit, actual, category)),
    ...keepAxles(model, base),
    ...keepInServiceMasses(model.tree, base),
  ]
}
