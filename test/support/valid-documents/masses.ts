import type { Dice } from './dice.ts'
import { split } from './dice.ts'
import type { Plan } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Towing } from './towing.ts'

/** Masses of the vehicle and how they lie on its axles. */
export interface Masses {
  readonly plan: Plan
  readonly shares: Readonly<Record<'running' | 'incomplete' | 'completed', readonly number[]>>
  /** What lies on the coupling of a towed vehicle in running order. */
  readonly couplingShare: number
}

const range = (name: string, least: number, most: number): Plan => ({
  [`${name}Min`]: String(least),
  [`${name}Max`]: String(most),
})

/** Values that a manufacturer of a first stage allows: one value, or a least and a most. */
const allowed = (dice: Dice, name: string, value: number): Plan =>
  dice.chance(0.5)
    ? { [name]: String(value + dice.whole(0, 90)), [`${name}Min`]: undefined, [`${name}Max`]: undefined }
    : { [name]: undefined, ...range(name, value - dice.whole(0, Math.min(90, value)), value + dice.whole(0, 90)) }

const inServiceMasses = (dice: Dice, laden: number, combination: number | undefined): Plan => {
  const row = (place: Plan): Plan => ({
    InServiceMaximumPermissibleMassCountry: undefined,
    InServiceMaximumPermissibleMassTrafficRegulation: undefined,
    ...place,
    InServiceMaximumPermissibleLadenMass: String(laden - dice.whole(0, Math.floor(laden / 10))),
    InServiceMaximumPermissibleMassCombination: combination === undefined ? undefined : String(combination),
  })
  const national = dice
    .some(['AT', 'DE', 'FR', 'SE'], 0, 2)
    .map((code) => row({ InServiceMaximumPermissibleMassCountry: code }))
  return {
    InServiceMaximumMassGroup: [...national, row({ InServiceMaximumPermissibleMassTrafficRegulation: '96/53/EC' })],
  }
}

/** @param hasShare the form says what of the mass lies on the coupling of a towed vehicle */
export const planMasses = ({ vehicle, dice, maybe }: Scene, towing: Towing, hasShare: boolean): Masses => {
  const { category, running, actual, laden, isTowed, axleLimits, vertical, stage } = vehicle
  const incomplete = Math.floor(running * (stage === 'I' ? 0.9 : 0.7))
  const completed = running + dice.whole(0, 5)
  const couplingShare = isTowed && hasShare ? Math.min(vertical, Math.floor(running * 0.08)) : 0
  const grille = dice.whole(500, 3000)
  const isSmallTractor = /^[TC]3/.test(category)
  const variable = range(
    'MassInRunningOrderVariable',
    isSmallTractor ? running : Math.max(running, 601),
    Math.max(running, 601) + dice.whole(0, 200),
  )
  return {
    couplingShare,
    shares: {
      running: split(running - couplingShare, axleLimits),
      incomplete: split(incomplete, axleLimits),
      completed: split(completed, axleLimits),
    },
    plan: {
      MassGroup: {
        MassInRunningOrder: String(running),
        ...variable,
        ActualMass: String(actual),
        MassInRunningOrderIncomplete: String(incomplete),
        TechnicallyPermissibleMaximumLadenMass: String(laden),
        ...range('TechnicallyPermissibleMaximumLadenMassVariable', laden - dice.whole(0, 50), laden),
        MinimumMassCompleted: String(completed),
      },
      InServiceMaximumMassTable: maybe(inServiceMasses(dice, laden, towing.combination)),
      AllowedParameterValuesMultistageGroup: maybe({
        ...allowed(dice, 'AllowedActualMass', actual),
        ...allowed(dice, 'AllowedTechnicallyPermissibleMaximumLadenMass', laden),
        ...allowed(dice, 'AllowedCrossSectionalAreaAirFrontGrill', grille),
      }),
      WltpEmissionTestParametersGroup: {
        WltpEmissionTestMass: String(actual + dice.whole(25, 200)),
        ProjectedFrontalAreaAirEntranceFrontGrill: String(grille),
      },
    },
  }
}
