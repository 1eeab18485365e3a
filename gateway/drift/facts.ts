import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, VehicleModel } from '../contract/flow.ts'
import { toMicro } from '../support/decimal.ts'
import { refuse } from './drift-finding.ts'

/** Facts of the record that drift reads as numbers: kg, but for the fuel level (%), and the windows of 0.2.2.1 in their units. */
const ofVehicle =
  /^(bodyMass(Min|Max)?|equipmentMass|removedMass|axleLoad\d+|weighedMass|fuelLevel|fuelMassFull|driverMass|optionalMass|frontalArea|rollingResistance)$/
/** Facts of an approval that drift reads as numbers: the nominal masses, besides the bounds of its ranges. */
const ofApproval = /^(bodyMass(Min|Max)?|equipmentMass|removedMass)$/

/** A fact as millionths; undefined when it is absent or no number. */
export const factOf = (facts: Readonly<Record<string, string>> | undefined, name: string): number | undefined =>
  toMicro(facts?.[name] ?? '')

/** A fact of the vehicle, or, where its record says nothing, the nominal one of its variant. */
export const vehicleFact = (
  model: VehicleModel,
  approval: ApprovalData | undefined,
  name: string,
): number | undefined => factOf(model.facts, name) ?? factOf(approval?.facts, name)

/**
 * A fact that cannot be read must not look like a comparison that passed.
 * @param isBound whether a fact of the approval is the bound of a range
 */
export const unreadableFacts = (
  model: VehicleModel,
  approval: ApprovalData | undefined,
  isBound: (name: string) => boolean,
): Finding[] => {
  const facts = [
    ...Object.entries(model.facts).filter(([name]) => ofVehicle.test(name)),
    ...Object.entries(approval?.facts ?? {}).filter(([name]) => ofApproval.test(name) || isBound(name)),
  ]
  return facts.flatMap(([name, value]) => {
    if (value.trim() === '') return []
    const micro = toMicro(value)
    const isFine = micro !== undefined && micro >= 0 && (name !== 'fuelLevel' || micro <= 100_000_000)
    const message = `The fact ${name} is "${value}", which is no ${name === 'fuelLevel' ? 'percentage from 0 to 100' : 'number from 0 up'}.`
    return isFine ? [] : [refuse('DRF-FACT-001', '/', message, { name, value })]
  })
}
