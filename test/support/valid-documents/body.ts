import type { Dice } from './dice.ts'
import type { Plan } from './plan.ts'
import { plausibleText } from './plausible.ts'
import type { Scene } from './scene.ts'
import type { Vehicle } from './vehicle.ts'

const bodies: Readonly<Record<string, readonly string[]>> = {
  M1: ['AA', 'AB', 'AC', 'AF', 'AG'],
  M2: ['CA', 'CB', 'CC', 'CI'],
  M3: ['CA', 'CB', 'CE', 'CG', 'CH'],
  N: ['BA', 'BB', 'BC', 'BD'],
  O: ['DA', 'DB', 'DC', 'DE'],
}

/** A code that fits the category; trailers of agriculture have none of their own (item 38 lists OtherBodywork). */
const bodywork = (dice: Dice, { category, seats, standing }: Vehicle): Plan => {
  const [, codes] = Object.entries(bodies).find(([beginning]) => category.startsWith(beginning)) ?? []
  const isSpecial = /^[MNO].*S$/.test(category)
  const purposes = category.startsWith('M1')
    ? ['SA', 'SB', 'SC', 'SD', 'SH']
    : category.startsWith('O')
      ? ['SE', 'SJ', 'SK', 'SG']
      : ['SB', 'SG']
  const people = seats + standing
  return {
    CodeForBodywork: codes && dice.pick(codes),
    SpecialPurposeDesignation: isSpecial ? dice.pick(purposes) : undefined,
    OtherBodywork: codes ? undefined : plausibleText(dice, 200),
    CodeForBodyworkSupplementTable: {
      CodeForBodyworkSupplementGroup: [{ CodeForBodyworkSupplement: dice.pick(['01', '04', '05', '99']) }],
    },
    VehicleClassTable: {
      VehicleClassGroup: [{ VehicleClass: dice.pick(people > 23 ? ['I', 'II', 'III'] : ['A', 'B']) }],
    },
  }
}

const dimensions = ({ vehicle, dice }: Scene): Plan => {
  const { category, length, width, wheelbase, profile } = vehicle
  const height = dice.whole(...profile.height)
  const overhang = Math.floor((length - wheelbase) * 0.6)
  const seatHeight = category.endsWith('T') ? dice.whole(500, 700) : dice.whole(900, 950)
  const range = (name: string, most: number): Plan => ({
    [`${name}Min`]: String(most - dice.whole(0, 200)),
    [`${name}Max`]: String(most),
  })
  return {
    DimensionGroup: {
      Wheelbase: String(wheelbase),
      WheelBaseGroundRatio: category.startsWith('L7e-B') ? `${dice.whole(3, 5)}.${dice.whole(0, 99)}` : undefined,
      Length: String(length),
      Width: String(width),
      Height: String(height),
      SeatingHeight: /^L3e/.test(category) ? String(seatHeight) : undefined,
      RearOverhang: String(overhang),
      MaximumPermissibleRearOverhang: String(overhang),
      MaximumPermissibleLength: String(length),
      ...range('MaximumPermissibleLength', length),
      MaximumPermissibleWidth: String(width),
      ...range('MaximumPermissibleWidth', width),
      MaximumPermissibleHeight: String(height),
      ...range('MaximumPermissibleHeight', height),
      LengthLoadingArea: String(Math.floor(length * 0.6)),
      ElongatedCabIndicator: dice.pick(['N', 'N', 'Y']),
      AerodynamicDeviceEquipped: dice.pick(['NONE', 'NONE', 'REAR']),
      MaximumAuthorisedDimensionsDerogationIndicator: dice.pick(['N', 'N', 'N', 'Y', undefined]),
    },
  }
}

const people = ({ vehicle, dice }: Scene): Plan => {
  const { seats, standing } = vehicle
  const upper = dice.whole(0, Math.max(0, seats - 1))
  return {
    NumberOfSeatingPositionsIncludingDriver: String(seats),
    NumberOfSeatingPositionsExcludingDriver: String(Math.max(0, seats - 1)),
    NumberOfSeatingPositionsLowerDeck: String(seats - upper),
    NumberOfSeatingPositionsUpperDeck: String(upper),
    NumberOfStandingPlaces: String(standing),
  }
}

/** Doors on four sides; their number is the sum. */
const doors = ({ dice, maybe }: Scene): Plan => {
  const sides = ['Front', 'Left', 'Right', 'Back'].map((side) => [`NumberOfDoors${side}`, dice.whole(0, 3)] as const)
  const total = sides.reduce((sum, [, number]) => sum + number, 0)
  return {
    GeneralConstructionGroup: { NumberOfDoors: String(total) },
    ConfigurationDoorsGroup: maybe(Object.fromEntries(sides.map(([side, number]) => [side, String(number)]))),
  }
}

/** Body, dimensions, seats, doors, colours, and what the vehicle is approved to carry. */
export const planBody = (scene: Scene): Plan => {
  const { vehicle, dice } = scene
  const { GeneralConstructionGroup, ...rest } = doors(scene)
  const dangerous = dice.chance(0.3)
  return {
    ...rest,
    ...dimensions(scene),
    GeneralConstructionGroup: { ...(GeneralConstructionGroup as Plan), ...people(scene) },
    ColourTable: { ColourGroup: dice.some(['1', '2', '5', '9', '10'], 1, 3).map((Colour) => ({ Colour })) },
    BodyworkTable: { BodyworkGroup: [bodywork(dice, vehicle)] },
    TypeApprovalTransportDangerousGoodsIndicator: dangerous ? 'Y' : 'N',
    TypeApprovalTransportDangerousGoodsTable: dangerous ? {} : undefined,
  }
}
