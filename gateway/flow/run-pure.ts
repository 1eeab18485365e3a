import { setImmediate } from 'node:timers/promises'
import type { Write } from '../store/writes.ts'
import { fail } from './fail.ts'
import { finish } from './finish.ts'
import type { PureStep, StepResult, Work } from './step.ts'
import type { Tools } from './tools.ts'

/** The event loop gets its turn after this long. */
const sliceMs = 20

const merge = (a: StepResult, b: StepResult): StepResult => ({
  ...a,
  ...b,
  patch: { ...a.patch, ...b.patch },
  writes: [...(a.writes ?? []), ...(b.writes ?? [])],
  findings: [...(a.findings ?? []), ...(b.findings ?? [])],
  detail: { ...a.detail, ...b.detail },
})

/** Runs one record through neighbouring pure stages until one lets it rest. */
const through = (work: Work, steps: readonly PureStep[], tools: Tools): StepResult => {
  let all: StepResult = {}
  for (const step of steps) {
    all = merge(all, step.run(work, tools))
    if (all.rest ?? all.againMs !== undefined) break
  }
  return all
}

/**
 * A batch of records through the pure stages: all reads first, then synchronous work, one transaction per time slice,
 * one savepoint per record. A record that fails harms no other.
 */
export const runPure = async (
  batch: readonly Work[],
  steps: readonly PureStep[],
  next: string | undefined,
  tools: Tools,
): Promise<void> => {
  const stage = steps[0]?.name ?? ''
  let lists: { work: Work; writes: Write[] }[] = []
  const commit = async (): Promise<void> => {
    const errors = await tools.store.commitEach(lists.map((l) => l.writes))
    for (const [i, error] of errors.entries()) {
      const work = lists[i]?.work
      if (error && work) await fail(work, stage, error, tools)
    }
    lists = []
  }
  let sliceEnd = performance.now() + sliceMs
  for (const work of batch) {
    try {
      for (const step of steps) await step.load?.(work, tools)
      lists.push({ work, writes: await finish(work, stage, next, through(work, steps, tools), tools) })
    } catch (error) {
      await fail(work, stage, error as Error, tools)
    }
    if (performance.now() < sliceEnd) continue
    await commit()
    await setImmediate()
    sliceEnd = performance.now() + sliceMs
  }
  if (lists.length > 0) await commit()
}
