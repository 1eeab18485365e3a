import type { Finding } from '../contract/finding.ts'
import type { VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { fromMicro, toMicro } from '../support/decimal.ts'
import { axleValues, microAt } from './axle-values.ts'
import { refuse } from './drift-finding.ts'

/**
 * Limits that no sign-off can wave through: actual mass (13.2) over 16.1, measured load of an axle over its limit (16.2).
 * Loads come as facts `axleLoad1`, `axleLoad2` … in kg. What the document leaves out stands in the base eCoC.
 */
export const keepLegalLimits = (model: VehicleModel, base: IviTree | undefined): Finding[] => {
  const findings: Finding[] = []
  const laden = 'TechnicallyPermissibleMaximumLadenMass'
  const limit = microAt(model.tree, laden) ?? (base === undefined ? undefined : microAt(base, laden))
  const actual = microAt(model.tree, 'ActualMass')
  if (actual !== undefined && limit !== undefined && actual > limit) {
    const params = { measured: fromMicro(actual), limit: fromMicro(limit), article: '2021/535 Annex XIII Part 2' }
    const message = `The actual mass (13.2) is ${fromMicro(actual)} kg, above the permissible ${fromMicro(limit)} kg (16.1).`
    findings.push(refuse('DRF-LEGAL-001', elementOf('ActualMass').path, message, params))
  }
  const limits = new Map([
    ...(base === undefined ? [] : axleValues(base, 'TechnicallyPermissibleMassAxle')),
    ...axleValues(model.tree, 'TechnicallyPermissibleMassAxle'),
  ])
  for (const [axle, { micro, text, path }] of limits) {
    const fact = model.facts[`axleLoad${axle}`]
    const load = toMicro(fact ?? '')
    if (fact === undefined || load === undefined || load <= micro) continue
    const params = { axle, measured: fact, limit: text, article: '2021/535 Annex XIII Part 2' }
    findings.push(
      refuse('DRF-LEGAL-002', path, `Axle ${axle} carries ${fact} kg, above its limit of ${text} kg (16.2).`, params),
    )
  }
  return findings
}
