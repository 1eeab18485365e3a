import type { Dice } from './dice.ts'
import type { Plan } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Vehicle } from './vehicle.ts'

export interface Towing {
  readonly plan: Plan
  /** The highest combination mass, where the vehicle may tow and its form has one. */
  readonly combination: number | undefined
}

interface Trailer {
  readonly braking: string
  readonly mass: number
}

/** Masses that may be towed, with and without brakes (2021/535 Annex XIII Part 2 B 3.1 for M1 and N1). */
const trailersOf = (dice: Dice, { category, letter, laden, running, profile, power }: Vehicle): Trailer[] => {
  if (letter === 'L') return [{ braking: 'UNB', mass: Math.floor(running / 2) }]
  if (letter !== 'M' && letter !== 'N')
    return dice
      .some(['UNB', 'INB', 'HDB', 'PNB'], 1, 4)
      .map((braking) => ({ braking, mass: dice.whole(500, 3 * running) }))
  const isCar = /^[MN]1/.test(category)
  const offRoad = isCar && category.includes('G') ? 1.4 : 1
  // 5 kW for each tonne of the combination.
  const byPower = /^N[23]/.test(category) ? Math.max(0, Math.min(power, profile.power[1]) * 200 - laden) : 40_000
  const braked = Math.floor(Math.min(laden * offRoad, isCar ? 3500 : byPower))
  return [
    { braking: 'BRK', mass: dice.whole(Math.floor(braked / 2), braked) },
    { braking: 'UNB', mass: dice.whole(1, Math.min(750, Math.floor(running / 2), Math.max(byPower, 1))) },
  ]
}

/** What the vehicle may tow; each row names its coupling where the form has couplings. */
export const planTowing = ({ vehicle, onForm, dice }: Scene, namesCouplings: boolean): Towing => {
  if (vehicle.isTowed ? !onForm('TechnicallyPermissibleMaximumTowableMass') : vehicle.couplings === 0)
    return { plan: { TowingBrakedTypeTrailTable: undefined }, combination: undefined }
  const trailers = trailersOf(dice, vehicle)
  const most = Math.max(...trailers.map(({ mass }) => mass))
  const couplings = namesCouplings ? Array.from({ length: vehicle.couplings }, (_, i) => String(i + 1)) : [undefined]
  const row = (coupling: string | undefined, { braking, mass }: Trailer): Plan => ({
    MechanicalCouplingNumberTowingMasses: coupling,
    BrakedTypeTrail: braking,
    BodyworkTypeTable: {
      BodyworkTypeGroup: [
        {
          BodyworkTypeTrailer: braking === 'BRK' ? dice.pick(['DA', 'DB', 'DC', 'DE']) : undefined,
          TechnicallyPermissibleMaximumCombinationMass: String(vehicle.laden + Math.min(mass, most)),
          TechnicallyPermissibleMaximumTowableMass: String(mass),
        },
      ],
    },
  })
  return {
    plan: {
      TowingBrakedTypeTrailTable: {
        TowingBrakedTypeTrailGroup: couplings.flatMap((coupling) => trailers.map((trailer) => row(coupling, trailer))),
      },
    },
    combination: onForm('TechnicallyPermissibleMaximumCombinationMass') ? vehicle.laden + most : undefined,
  }
}
