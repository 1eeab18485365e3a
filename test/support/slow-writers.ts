import { setTimeout as wait } from 'node:timers/promises'
import { benchVin } from '../bench/sample-vehicles.ts'
import { sampleExport } from '../../gateway/sandbox/samples/sample-export.ts'
import type { SourceFixture } from '../contract/source-fixtures/fixture.ts'

/** How a file comes into being at the source, as export programs and people do it. */
export const ways = ['grows', 'rewritten', 'temporary name', 'renamed midway', 'wrong clock', 'marker'] as const
export type Way = (typeof ways)[number]

export interface WrittenFile {
  readonly key: string
  readonly vin: string
  readonly content: Buffer
}

const partsOf = (content: Buffer, count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => content.subarray(0, Math.ceil((content.length * (i + 1)) / count)))

/** Years off, and running backwards. */
const wrongTimes = [4_070_908_800, 31_536_000, 4_070_908_799, 0, 1_000_000_000]

export interface Pace {
  /** Longest pause between two writes to one file, in milliseconds: shorter than the stability window, unless it has a marker. */
  readonly pauseMs: number
  /** Pause of a file with a marker: longer than the window. */
  readonly markedPauseMs: number
}

/** The file of a number, whole. */
export const fileOf = (n: number): WrittenFile => {
  const vin = benchVin(n)
  return { key: `export-${String(n).padStart(6, '0')}.csv`, vin, content: sampleExport([vin]) }
}

/** Writes the file of a number slowly, in one of the ways. When it ends, the file is whole. */
export const writeSlowly = async (n: number, way: Way, there: SourceFixture, pace: Pace): Promise<void> => {
  const { key, content } = fileOf(n)
  const parts = partsOf(content, 3 + (n % 3))
  const pause = (): Promise<void> => wait(pace.pauseMs * (0.3 + 0.7 * ((n * 7919) % 1000) * 0.001))
  const grow = async (name: string, from = parts): Promise<void> => {
    for (const part of from) {
      await there.put(name, part)
      if (part !== from.at(-1)) await pause()
    }
  }
  const rename = async (from: string, to: string): Promise<void> => {
    if (!there.rename) throw new Error('the fixture cannot rename')
    await there.rename(from, to)
  }
  switch (way) {
    case 'grows':
      return grow(key)
    case 'rewritten': {
      // Whole and well-formed, of the same length, about a vehicle that must never come in.
      await there.put(key, sampleExport([benchVin(900_000_000 + n)]))
      await pause()
      return grow(key)
    }
    case 'temporary name':
      await grow(`${key}.part`)
      return rename(`${key}.part`, key)
    case 'renamed midway':
      await grow(`old-${key}`, parts.slice(0, 2))
      await rename(`old-${key}`, key)
      await pause()
      return grow(key, parts.slice(2))
    case 'wrong clock':
      for (const [i, part] of parts.entries()) {
        await there.put(key, part)
        await there.setTime?.(key, wrongTimes[(n + i) % wrongTimes.length]!)
        if (i < parts.length - 1) await pause()
      }
      return undefined
    case 'marker':
      for (const part of parts) {
        await there.put(key, part)
        await wait(pace.markedPauseMs)
      }
      return there.put(`${key}.done`, Buffer.alloc(0))
  }
}
