import { compareDocuments, type CompareOptions, type Difference } from './compare-documents.ts'
import type { DocumentSet } from './document-set.ts'
import { MatchRate } from './match-rate.ts'

/** A vehicle as both sides see it. */
export interface ComparedVehicle {
  readonly vin: string
  readonly stage: number
  /** VehicleCategory and StageOfCompletion of the document at hand, for item numbers. */
  readonly differences: readonly Difference[]
  /** The side that has no document of it. */
  readonly missing?: 'ours' | 'theirs'
}

export interface Comparison {
  readonly vehicles: readonly ComparedVehicle[]
  readonly rate: MatchRate
  readonly equal: boolean
}

/** Stages to compare with each other; a vehicle with one document on each side needs no equal stage. */
const pairStages = (ours: readonly number[], theirs: readonly number[]): (readonly (number | undefined)[])[] =>
  ours.length === 1 && theirs.length === 1
    ? [[ours[0], theirs[0]]]
    : [...new Set([...ours, ...theirs])]
        .sort((a, b) => a - b)
        .map((s) => [ours.includes(s) ? s : undefined, theirs.includes(s) ? s : undefined])

/** Compares two sets of documents, vehicle by vehicle, by VIN. Two vehicles are in memory at a time. */
export const compareSets = async (
  ours: DocumentSet,
  theirs: DocumentSet,
  options: CompareOptions = {},
): Promise<Comparison> => {
  const rate = new MatchRate()
  const vehicles: ComparedVehicle[] = []
  for (const vin of [...new Set([...ours.vehicles.keys(), ...theirs.vehicles.keys()])].sort()) {
    for (const [mine, his] of pairStages(ours.vehicles.get(vin) ?? [], theirs.vehicles.get(vin) ?? [])) {
      const a = mine === undefined ? undefined : await ours.read(vin, mine)
      const b = his === undefined ? undefined : await theirs.read(vin, his)
      const stage = mine ?? his ?? 1
      if (!a || !b) {
        vehicles.push({ vin, stage, differences: [], missing: a ? 'theirs' : 'ours' })
        continue
      }
      const differences = compareDocuments(a, b, options)
      rate.add(a, b, differences)
      if (differences.length > 0) vehicles.push({ vin, stage, differences })
    }
  }
  const unreadable = ours.unreadable.length + theirs.unreadable.length
  return { vehicles, rate, equal: vehicles.length === 0 && unreadable === 0 }
}
