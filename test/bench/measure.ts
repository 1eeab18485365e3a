import { performance } from 'node:perf_hooks'

/** What one run of some work took, in milliseconds. CPU is that of the whole process, threads of its pool included. */
export interface Cost {
  readonly wallMs: number
  readonly cpuMs: number
}

/** Runs work once and says what it took. */
export const costOf = async (work: () => Promise<void> | void): Promise<Cost> => {
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await work()
  const wallMs = performance.now() - begun
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs, cpuMs: (user + system) / 1000 }
}

/** The middle value; the mean of the two middle ones for an even count; NaN for none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed (nearest rank); NaN for none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/**
 * Several kinds of work in turns, A B C A B C: what disturbs the machine meanwhile hits all of them alike.
 * One turn of each goes before as warm-up and is thrown away. Ratios are to be taken within a turn.
 */
export const inTurns = async <K extends string>(
  works: Readonly<Record<K, () => Promise<void> | void>>,
  rounds: number,
): Promise<Record<K, Cost[]>> => {
  const names = Object.keys(works) as K[]
  const costs = Object.fromEntries(names.map((name) => [name, [] as Cost[]])) as Record<K, Cost[]>
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const cost = await costOf(works[name])
      if (round >= 0) costs[name].push(cost)
    }
  }
  return costs
}

/** The median of the ratios within each turn. */
export const pairedRatio = (ours: readonly number[], peer: readonly number[]): number =>
  median(ours.map((value, i) => value / (peer[i] ?? NaN)))

/** Calls `work` for every item with at most `width` calls under way. */
export const eachOf = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const rest = items.values()
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
