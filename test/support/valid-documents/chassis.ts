import type { Dice } from './dice.ts'
import { split } from './dice.ts'
import type { Masses } from './masses.ts'
import type { Plan } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Vehicle } from './vehicle.ts'

const yesNo = (is: boolean): string => (is ? 'Y' : 'N')
const count = (marks: readonly boolean[]): string => String(marks.filter(Boolean).length)
const rows = <T>(most: number, make: (index: number) => T): T[] => Array.from({ length: most }, (_, i) => make(i))

/** The tyres of an axle; the first is the one fitted, as a list of alternatives begins. */
const tyres = (dice: Dice, { letter }: Vehicle, twin: boolean, alternatives: number): Plan => {
  const single = dice.whole(80, 160)
  const one = (index: number): Plan => ({
    TyreNumber: String(index + 1),
    TyreSize: dice.pick(['205/55 R16', '315/80 R22.5', '120/70-17', '540/65R28']),
    LoadCapacityIndexSingleWheel: String(single + index),
    LoadCapacityIndexTwinWheel: twin ? String(single - dice.whole(0, 4)) : undefined,
    ...('MNO'.includes(letter) ? { TyreFittedProductionIndicator: yesNo(index === 0) } : {}),
  })
  return { TyreAxleGroup: rows(alternatives, one) }
}

const inService = (dice: Dice, country: string, traffic: string, mass: string, limit: number): Plan[] => {
  const national = dice
    .some(['DE', 'FR', 'NL', 'PL'], 0, 3)
    .map((code): Plan => ({ [country]: code, [traffic]: undefined, [mass]: String(dice.whole(1, limit)) }))
  return national.length > 0 ? national : [{ [country]: undefined, [traffic]: '96/53/EC', [mass]: String(limit) }]
}

/** The members of axle groups: the last axles, two or three of them. */
const axleGroups = (dice: Dice, { axleLimits, axles }: Vehicle): Plan => {
  if (axles < 3 || dice.chance(0.3)) return { AxleGroupTable: undefined }
  const first = dice.whole(Math.max(1, axles - 2), axles - 1)
  const members = rows(axles - first + 1, (i) => first + i)
  const limit = members.reduce((sum, axle) => sum + (axleLimits[axle - 1] ?? 0), 0)
  return {
    AxleGroupTable: {
      AxleGroupGroup: [
        {
          AxleGroupNumber: '1',
          TechnicallyPermissibleMassAxleGroup: String(limit),
          InServiceMaximumPermissibleLadenMassAxleGroupTable: dice.chance(0.5)
            ? {
                InServiceMaximumPermissibleLadenMassAxleGroupGroup: inService(
                  dice,
                  'InServiceMaximumPermissibleLadenMassAxleGroupCountry',
                  'InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation',
                  'InServiceMaximumPermissibleAxleGroupLadenMass',
                  Math.min(limit, 99_999),
                ),
              }
            : undefined,
          AxleGroupMemberTable: { AxleGroupMemberGroup: members.map((axle) => ({ MemberAxleNumber: String(axle) })) },
        },
      ],
    },
  }
}

/** Axles in which tyre, numbered from 1; each combination names every axle. */
const tyreCombinations = (dice: Dice, { axles, laden, vertical, couplings }: Vehicle, alternatives: number): Plan => ({
  TyreAxleMassCombinationTable: {
    TyreAxleMassCombinationGroup: rows(dice.whole(1, alternatives), (index) => ({
      TyreAxleCombinationNumber: String(index + 1),
      MaximumPermissibleMassTyreAxleCombination: String(laden - dice.whole(0, 50)),
      MaximumPermissibleVerticalLoadOnCouplingPointTyreCombination: String(vertical),
      TyreAxleCouplingPointTyreCombinationTable:
        couplings === 0
          ? undefined
          : {
              TyreAxleCouplingPointTyreCombinationGroup: rows(couplings, (i) => ({
                MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination: String(i + 1),
              })),
            },
      TyreAxleCombinationTable: {
        TyreAxleCombinationGroup: rows(axles, (i) => ({
          AxleNumberCombination: String(i + 1),
          TyreNumberCombination: String(Math.min(index + 1, alternatives)),
        })),
      },
    })),
  },
})

/**
 * Axles, wheels and tyres.
 * @param shares of the masses on each axle: in running order, when incomplete, at least when completed
 */
export const planChassis = ({ vehicle, dice, maybe }: Scene, shares: Masses['shares']): Plan => {
  const { axles, twins, axleLimits, wheelbase, width, letter, isTowed, profile } = vehicle
  const powered = twins.map((_, i) => !isTowed && (i === axles - 1 || dice.chance(0.3)))
  const steered = twins.map((_, i) => i === 0 && !isTowed)
  const braked = twins.map(() => dice.chance(0.9))
  const spacings = split(
    wheelbase,
    rows(Math.max(axles - 1, 1), () => dice.whole(3, 5)),
  )
  const alternatives = dice.whole(1, 3)
  const wheels = dice.whole(...profile.wheels) + (axles - 1) * profile.wheels[1] + 2 * twins.filter(Boolean).length
  const others = (axle: number): Plan[] =>
    powered.flatMap((is, i) => (is && i !== axle ? [{ InterconnectionWithPoweredAxleNumber: String(i + 1) }] : []))
  const axle = (i: number): Plan => ({
    AxleNumber: String(i + 1),
    TwinWheelsAxleIndicator: yesNo(twins[i] === true),
    SteeredAxleIndicator: yesNo(steered[i] === true),
    PoweredAxleIndicator: yesNo(powered[i] === true),
    BrakedAxleIndicator: yesNo(braked[i] === true),
    AxleTrack: String(Math.floor(width * 0.85)),
    AxleSpacing: i < axles - 1 ? String(spacings[i]) : undefined,
    ...(i < axles - 1 ? {} : { AxleSpacingAdjustableMin: undefined, AxleSpacingAdjustableMax: undefined }),
    DistributionMassRunningOrderAxle: String(shares.running[i]),
    DistributionMassIncompleteAxle: String(shares.incomplete[i]),
    MinimalPermissibleDistributionMassCompletedAxle: String(shares.completed[i]),
    TechnicallyPermissibleMassAxle: String(axleLimits[i]),
    InServiceMaximumPermissibleLadenMassAxleTable: maybe({
      InServiceMaximumPermissibleLadenMassAxleGroup: inService(
        dice,
        'InServiceMaximumPermissibleLadenMassAxleCountry',
        'InServiceMaximumPermissibleLadenMassAxleTrafficRegulation',
        'InServiceMaximumPermissibleLadenMassAxle',
        axleLimits[i] ?? 1,
      ),
    }),
    InterconnectionWithPoweredAxleTable:
      powered[i] && others(i).length > 0 ? { InterconnectionWithPoweredAxleGroup: others(i) } : undefined,
    TyreAxleTable: tyres(dice, vehicle, twins[i] === true, alternatives),
  })
  return {
    GeneralConstructionGroup: {
      NumberOfAxles: String(axles),
      NumberOfWheels: String(wheels),
      NumberOfAxlesWithTwinWheels: count(twins),
      NumberOfSteeredAxles: count(steered),
      NumberOfPoweredAxles: count(powered),
      NumberOfBrakedAxles: count(braked),
    },
    AxleTable: { AxleGroup: rows(axles, axle) },
    ...axleGroups(dice, vehicle),
    ...('TCRS'.includes(letter) ? tyreCombinations(dice, vehicle, alternatives) : {}),
  }
}
