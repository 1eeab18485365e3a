import type { Difference } from '../../compare/compare-documents.ts'
import type { Comparison } from '../../compare/compare-sets.ts'
import { MatchRate } from '../../compare/match-rate.ts'
import type { ParallelCounts } from '../../store/repositories/comparisons.ts'
import type { Store } from '../../store/store.ts'

/** How a parallel run compares with the earlier process, over all and by the day of the comparison. */
export interface ParallelReport {
  readonly comparison: Comparison
  readonly days: ReadonlyMap<string, MatchRate>
  readonly counts: ParallelCounts
}

/** Percent, rounded down to two places: 100 is said only of what agrees altogether. Undefined where nothing was compared. */
export const percentOf = (equal: number, vehicles: number): number | undefined =>
  vehicles === 0 ? undefined : Math.floor((equal / vehicles) * 10_000) / 100

/** Reads what the comparisons of a flow came to. Only vehicles that differ are read one by one. */
export const readParallelReport = async (
  flow: string,
  { comparisons }: Pick<Store, 'comparisons'>,
): Promise<ParallelReport> => {
  const [groups, differing, counts] = await Promise.all([
    comparisons.groups(flow),
    comparisons.differing(flow),
    comparisons.counts(flow),
  ])
  const rate = new MatchRate()
  const days = new Map<string, MatchRate>()
  const fields = new Map<string, readonly string[]>()
  for (const { day, fields_sha256: set, vehicles } of groups) {
    const names = fields.get(set) ?? (await comparisons.fields(set))
    fields.set(set, names)
    const ofDay = days.get(day) ?? new MatchRate()
    days.set(day, ofDay)
    for (const one of [rate, ofDay]) one.count(names, vehicles)
  }
  const vehicles = differing.map((row) => {
    const differences = JSON.parse(row.differences) as Difference[]
    for (const one of [rate, days.get(row.day)]) one?.differ(differences)
    return { vin: row.vin, stage: row.stage, differences }
  })
  return { comparison: { vehicles, rate, equal: vehicles.length === 0 }, days, counts }
}
