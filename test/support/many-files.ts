import { setTimeout as wait } from 'node:timers/promises'
import { intakeOn } from '../contract/connector-flow.ts'
import { underTest, type UnderTest } from '../contract/connector-bench.ts'
import type { SourceFixture } from '../contract/source-fixtures/fixture.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { fileOf, type Way, ways, writeSlowly } from './slow-writers.ts'

/** A proof on one source: how its files came in. */
export interface ManyFiles {
  readonly source: string
  readonly files: number
  /** Contents that were taken and are no file's whole content. */
  readonly half: number
  readonly lost: number
  readonly twice: number
  /** Vehicles that came of it: one for each file. */
  readonly vehicles: number
  readonly seconds: number
}

export interface ManyFilesSettings {
  readonly files: number
  /** Files that are being written at the same time. */
  readonly writers: number
  readonly pollMs: number
  readonly stablePolls: number
  readonly pauseMs: number
  readonly tell?: (line: string) => void
}

/** Ends what was begun for it, in reverse. */
const withTeardown = async <T>(
  run: (t: { teardown(done: () => Promise<void> | void): void }) => Promise<T>,
): Promise<T> => {
  const done: (() => Promise<void> | void)[] = []
  try {
    return await run({ teardown: (end) => void done.push(end) })
  } finally {
    for (const end of done.reverse()) await end()
  }
}

/** Some ways on a source without markers, or those with markers on one of its own: a marker counts for a whole source. */
const proveOn = async (
  of: UnderTest<SourceFixture>,
  those: readonly Way[],
  numbers: readonly number[],
  settings: ManyFilesSettings,
): Promise<Omit<ManyFiles, 'source' | 'seconds' | 'files'>> =>
  withTeardown(async (t) => {
    const there = await of.openFixture()
    t.teardown(() => there.close())
    const { pollMs, stablePolls, pauseMs, writers, tell } = settings
    const marked = those.includes('marker')
    const over = { pollMs, stablePolls, include: ['*.csv'], ...(marked ? { ready: '{name}.done' } : {}) }
    const { store, taken, worker } = await intakeOn(t, of, there, over)
    const pace = { pauseMs, markedPauseMs: stablePolls * pollMs * 1.2 }
    const queue = [...numbers]
    const write = async (): Promise<void> => {
      for (let n = queue.shift(); n !== undefined; n = queue.shift())
        await writeSlowly(n, those[n % those.length]!, there, pace)
    }
    await Promise.all(Array.from({ length: writers }, write))
    const count = async (): Promise<number> => (await store.ecocs.countByState()).received ?? 0
    let [seen, since] = [-1, performance.now()]
    // Whatever still comes has come when nothing new came for a while.
    while (performance.now() - since < Math.max(10_000, 8 * stablePolls * pollMs)) {
      const now = await count()
      const isAll = now >= numbers.length && (await there.names()).every((name) => name === 'archive')
      if (now !== seen) [seen, since] = [now, performance.now()]
      else if (isAll) break
      tell?.(`${of.title}: ${now} of ${numbers.length} vehicles${worker.lastProblem ? `, ${worker.lastProblem}` : ''}`)
      await wait(500)
    }
    await worker.stop()
    const whole = new Map<string, number>(numbers.map((n) => [sha256(fileOf(n).content), n]))
    const takes = (await taken()).map((e) => e.sha256)
    const counts = new Map<string, number>()
    for (const hash of takes) counts.set(hash, (counts.get(hash) ?? 0) + 1)
    return {
      half: takes.filter((hash) => !whole.has(hash)).length,
      lost: [...whole.keys()].filter((hash) => !counts.has(hash)).length,
      twice: [...whole.keys()].filter((hash) => (counts.get(hash) ?? 0) > 1).length,
      vehicles: await count(),
    }
  })

/** Lets files come into being slowly on a real server while the gateway's intake polls it, and counts what it took. */
export const proveManyFiles = async (name: string, settings: ManyFilesSettings): Promise<ManyFiles> => {
  const [of] = (await underTest(name)) as UnderTest<SourceFixture>[]
  if (!of) throw new Error(`no fixture for ${name}`)
  const begun = performance.now()
  const numbers = Array.from({ length: settings.files }, (_, n) => n)
  const marked = numbers.filter((n) => n % ways.length === ways.length - 1)
  const others = numbers.filter((n) => !marked.includes(n))
  const parts = [
    await proveOn(of, ways.slice(0, -1), others, settings),
    await proveOn(of, ['marker'], marked, settings),
  ]
  const sum = (pick: (part: (typeof parts)[number]) => number): number => parts.reduce((all, p) => all + pick(p), 0)
  return {
    source: name,
    files: settings.files,
    half: sum((p) => p.half),
    lost: sum((p) => p.lost),
    twice: sum((p) => p.twice),
    vehicles: sum((p) => p.vehicles),
    seconds: Math.round((performance.now() - begun) / 1000),
  }
}

/** What is wrong with it; nothing when it proves what it should. */
export const faultsOf = (proof: ManyFiles): string[] =>
  (['half', 'lost', 'twice'] as const)
    .filter((what) => proof[what] > 0)
    .map((what) => `${proof[what]} ${what}`)
    .concat(proof.vehicles === proof.files ? [] : [`${proof.vehicles} vehicles of ${proof.files} files`])
