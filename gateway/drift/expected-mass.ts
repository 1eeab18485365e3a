import type { ApprovalData, VehicleModel } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { microAt } from './axle-values.ts'
import { vehicleFact } from './facts.ts'
import { massElement } from './mass-element.ts'

/** What a completed vehicle should weigh in running order, in millionths of a kilogram. */
export type ExpectedMass =
  | { readonly kind: 'known'; readonly bare: number; readonly least: number; readonly most: number }
  /** The mass of the body is not known. */
  | { readonly kind: 'unknown'; readonly bare: number }

/**
 * The base vehicle's mass in running order (14, or 13 of a complete or completed one) with what was built on it. Facts in
 * kg, of the record (configurator, bill of materials) or else of the approval's variant: `bodyMass`, or `bodyMassMin` and
 * `bodyMassMax` for bodies that are exchanged; `equipmentMass` for other parts added, `removedMass` for parts taken off.
 * Undefined when the base gives no mass.
 */
export const expectedMass = (
  model: VehicleModel,
  base: IviTree,
  approval: ApprovalData | undefined,
): ExpectedMass | undefined => {
  const fact = (name: string): number | undefined => vehicleFact(model, approval, name)
  const bare = microAt(base, massElement(base)) ?? microAt(base, 'MassInRunningOrder')
  if (bare === undefined) return undefined
  const body = fact('bodyMass')
  const least = body ?? fact('bodyMassMin') ?? fact('bodyMassMax')
  const most = body ?? fact('bodyMassMax') ?? fact('bodyMassMin')
  const [added, removed] = [fact('equipmentMass'), fact('removedMass')]
  if (least === undefined || most === undefined) {
    if (added === undefined && removed === undefined) return { kind: 'unknown', bare }
    const mass = bare + (added ?? 0) - (removed ?? 0)
    return { kind: 'known', bare, least: mass, most: mass }
  }
  const other = (added ?? 0) - (removed ?? 0)
  return { kind: 'known', bare, least: bare + least + other, most: bare + most + other }
}
