import type { VehicleModel } from '../contract/flow.ts'
import { toMicro } from '../support/decimal.ts'

/** A weighing as the scale and the person at it gave it: decimal strings, masses in kg. */
export interface Weighing {
  /** All that stood on the scale. */
  readonly grossMass: string
  /** Percent of the tank; undefined where nobody wrote it down. */
  readonly fuelLevel?: string
  /** Mass of the fuel of a full tank. */
  readonly fuelMassFull?: string
  /** Of who sat in it; undefined or 0: nobody. */
  readonly driverMass?: string
  /** Optional equipment that is fitted: part of the actual mass (13.2), not of 13. */
  readonly optionalMass?: string
  readonly ticket?: string
  readonly scale?: string
  /** Last day of the scale's calibration and day of the weighing, YYYY-MM-DD. */
  readonly calibratedUntil?: string
  readonly weighedOn?: string
}

const factNames = {
  grossMass: 'weighedMass',
  fuelLevel: 'fuelLevel',
  fuelMassFull: 'fuelMassFull',
  driverMass: 'driverMass',
  optionalMass: 'optionalMass',
  ticket: 'weighingTicket',
  scale: 'scale',
  calibratedUntil: 'calibratedUntil',
  weighedOn: 'weighedOn',
} as const

/** The weighing that a record brings as facts (`weighedMass`, `fuelLevel` …); undefined without `weighedMass`. */
export const weighingOf = ({ facts }: VehicleModel): Weighing | undefined => {
  const given = Object.entries(factNames).flatMap(([key, name]) => {
    const value = facts[name]?.trim() ?? ''
    return value === '' ? [] : [[key, value] as const]
  })
  const weighing: Partial<Weighing> = Object.fromEntries(given)
  const { grossMass } = weighing
  return grossMass === undefined ? undefined : { ...weighing, grossMass }
}

/** The masses of a weighed vehicle, in millionths of a kilogram. */
export interface WeighedMasses {
  /** 13.2: as it stood there, with driver and fuel as the definition wants them. */
  readonly actual: number
  /** 13: the same without optional equipment. */
  readonly runningOrder: number
  /** Fuel and driver that were added (or taken off) by calculation. */
  readonly fuelAdded: number
  readonly driverAdded: number
  /** False where the tank was not known to be 90 % full and what is missing cannot be derived. */
  readonly isDerivable: boolean
}

/** 2021/535 Annex XIII Part 2 A 1.3: fuel of at least 90 % of the tank, and a driver of 75 kg. */
const fullEnough = 90_000_000
const driver = 75_000_000
const hundred = 100_000_000n

/**
 * Mass in running order (13) and actual mass (13.2) from a weighing: fuel is filled up to 90 % by calculation, the driver
 * is one of 75 kg whoever sat in it, optional equipment is taken off for 13. All in millionths.
 * @param isTowed a trailer has neither driver nor fuel
 * @param isElectric has no tank
 */
export const deriveMasses = (
  weighing: Weighing,
  { isTowed, isElectric }: { readonly isTowed: boolean; readonly isElectric: boolean },
): WeighedMasses | undefined => {
  const gross = toMicro(weighing.grossMass)
  if (gross === undefined) return undefined
  const level = isTowed || isElectric ? fullEnough : (toMicro(weighing.fuelLevel ?? '') ?? fullEnough)
  const full = toMicro(weighing.fuelMassFull ?? '')
  const missing = Math.max(0, fullEnough - level)
  const fuelAdded = full === undefined ? 0 : Number((BigInt(missing) * BigInt(full)) / hundred)
  const driverAdded = isTowed ? 0 : driver - (toMicro(weighing.driverMass ?? '') ?? 0)
  const actual = gross + fuelAdded + driverAdded
  return {
    actual,
    runningOrder: actual - (toMicro(weighing.optionalMass ?? '') ?? 0),
    fuelAdded,
    driverAdded,
    isDerivable: missing === 0 || full !== undefined,
  }
}
