import type { Stage } from '../../../gateway/ivi/coc/coc.ts'
import { type Dice, split } from './dice.ts'
import { type Profile, profileOf, type Range } from './profiles.ts'

/** What drives it; trailers have nothing. */
export const drives = [
  'petrol',
  'diesel',
  'bi-fuel',
  'flex-fuel',
  'dual-fuel',
  'electric',
  'electric-two-motors',
  'plug-in hybrid',
  'hybrid',
  'fuel cell',
] as const
export type Drive = (typeof drives)[number]
export type ApprovalType = 'EU' | 'ESS' | 'NSS'

export interface VehicleOptions {
  readonly type?: ApprovalType
  readonly drive?: Drive
  /** Number of couplings on the vehicle. */
  readonly couplings?: number
  /** Stages of a completed vehicle, 2 or 3. */
  readonly stages?: number
}

/** Facts of an imagined vehicle, in relations that the acts demand; masses in kg, lengths in mm. */
export interface Vehicle {
  readonly category: string
  /** The act's letter: `M`, `L`, `T` … */
  readonly letter: string
  readonly stage: Stage
  readonly type: ApprovalType
  readonly profile: Profile
  readonly drive: Drive | undefined
  readonly isTowed: boolean
  readonly couplings: number
  readonly stages: number
  readonly axles: number
  readonly twins: readonly boolean[]
  readonly axleLimits: readonly number[]
  readonly running: number
  readonly actual: number
  readonly laden: number
  /** Load on the coupling: of a towed vehicle its own, else what a trailer may put on it. */
  readonly vertical: number
  readonly seats: number
  readonly standing: number
  readonly length: number
  readonly width: number
  readonly wheelbase: number
  readonly power: number
}

const within = (dice: Dice, [least, most]: Range): number => dice.whole(least, most)
const clamp = (value: number, [least, most]: Range): number => Math.min(Math.max(value, least), most)

const drivesOf = (category: string): readonly Drive[] => {
  if (/^[ORS]/.test(category)) return []
  // No act has hybrid classes of tractors or bi-fuel forms of two-wheelers.
  if (/^[TC]/.test(category)) return ['diesel', 'dual-fuel', 'electric']
  if (category.startsWith('L'))
    return ['petrol', 'diesel', 'bi-fuel', 'electric', 'electric-two-motors', 'plug-in hybrid', 'hybrid']
  return /^[MN]1/.test(category) ? drives.filter((drive) => drive !== 'dual-fuel') : drives
}

/** Coupling load of a towed vehicle (within what its axles leave), or what the coupling of a towing one carries. */
const verticalOf = (dice: Dice, category: string, laden: number): number => {
  if (/^[ORS]/.test(category)) return Math.floor(laden * (dice.whole(0, 10) / 100))
  return /^[MN]1/.test(category) ? dice.whole(140, 150) : dice.whole(50, 1000)
}

/**
 * Every axle less than the laden mass, the front one 30 % or more, all together not less than it. Of O a part lies on
 * the coupling; R and S are classed by their axles, so theirs carry all.
 */
const axleLimitsOf = (dice: Dice, axles: number, laden: number, onCoupling: number): number[] => {
  const sum = Math.floor((laden - onCoupling) * (axles === 1 ? 1 : 1 + dice.whole(0, 12) / 100))
  return split(
    sum,
    Array.from({ length: axles }, () => dice.whole(90, 100)),
  )
}

/** Seats and standing places are people of 75 kg, or a motor caravan's pay-mass. */
const peopleOf = (dice: Dice, category: string, { seats, laden }: Profile, actual: number): [number, number] => {
  const sitting = within(dice, seats)
  if (!/^M[23]/.test(category)) return [sitting, 0]
  const room = Math.floor((laden[1] - actual) / 75) - sitting
  return [sitting, category.startsWith('M3') && dice.chance(0.5) ? dice.whole(0, Math.min(room, 40)) : 0]
}

/** Imagines a vehicle of that category; what the options leave open is chosen at random. */
export const imagineVehicle = (category: string, stage: Stage, options: VehicleOptions, dice: Dice): Vehicle => {
  const profile = profileOf(category)
  const letter = category.charAt(0)
  const isTowed = /^[ORS]/.test(category)
  const running = within(dice, profile.running)
  const actual = running + dice.whole(0, Math.floor(running / 50))
  const [seats, standing] = peopleOf(dice, category, profile, actual)
  const laden = clamp(actual + 75 * (seats + standing) + within(dice, profile.payload), profile.laden)
  const axles = within(dice, profile.axles)
  const isTractor = 'TCRS'.includes(letter)
  const length = within(dice, profile.length)
  const types: readonly ApprovalType[] = 'MNO'.includes(letter) ? ['EU', 'EU', 'ESS', 'NSS'] : ['EU', 'EU', 'NSS']
  const possible = drivesOf(category)
  const couplings = options.couplings ?? (isTowed ? 1 : dice.whole(0, isTractor ? 3 : 2))
  const vertical = verticalOf(dice, category, laden)
  return {
    category,
    letter,
    stage,
    profile,
    isTowed,
    running,
    actual,
    laden,
    seats,
    standing,
    axles,
    length,
    type: options.type ?? dice.pick(types),
    drive: isTowed ? undefined : (options.drive ?? dice.pick(possible)),
    couplings,
    stages: stage === 'C' ? 1 : stage === 'V' ? (options.stages ?? dice.whole(2, 3)) : dice.whole(1, 2),
    twins: Array.from({ length: axles }, (_, i) => i > 0 && /^(?:M3|N[23]|O[34]|T)/.test(category) && dice.chance(0.5)),
    axleLimits: axleLimitsOf(dice, axles, laden, letter === 'O' && couplings > 0 ? vertical : 0),
    vertical,
    width: within(dice, profile.width),
    wheelbase: Math.floor(length * (dice.whole(50, 62) / 100)),
    power: within(dice, profile.power),
  }
}

/** Drives that a vehicle of the category can have; none for what is towed. */
export const possibleDrives = drivesOf
