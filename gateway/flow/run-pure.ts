import { setImmediate } from 'node:timers/promises'
import type { Write } from '../store/writes.ts'
import { fail } from './fail.ts'
import { finish } from './finish.ts'
import type { PureStep, StepResult, Work } from './step.ts'
import type { Tools } from './tools.ts'

/** Records between two turns of the event loop: about 20 ms of work. */
const sliceSize = 10

const merge = (a: StepResult, b: StepResult): StepResult => ({
  ...a,
  ...b,
  patch: { ...a.patch, ...b.patch },
  writes: [...(a.writes ?? []), ...(b.writes ?? [])],
  findings: [...(a.findings ?? []), ...(b.findings ?? [])],
  detail: { ...a.detail, ...b.detail },
})

/** A record on its way through neighbouring pure stages, with what they said so far. */
interface Passage {
  readonly work: Work
  all: StepResult
  error: Error | undefined
}

const isOver = ({ all, error }: Passage): boolean =>
  error !== undefined || all.rest !== undefined || all.againMs !== undefined

/**
 * Stage by stage over a slice of records, not record by record: the code of one stage stays warm.
 * Reads come first, so that the stages themselves run without a pause.
 */
const passThrough = async (slice: readonly Work[], steps: readonly PureStep[], tools: Tools): Promise<Passage[]> => {
  const passages = slice.map((work): Passage => ({ work, all: {}, error: undefined }))
  const each = async (act: (p: Passage) => Promise<void> | void): Promise<void> => {
    for (const passage of passages)
      if (!isOver(passage))
        try {
          await act(passage)
        } catch (error) {
          passage.error = error as Error
        }
  }
  for (const step of steps) if (step.load) await each((p) => step.load?.(p.work, tools))
  for (const step of steps) await each((p) => void (p.all = merge(p.all, step.run(p.work, tools))))
  return passages
}

/**
 * A batch of records through the pure stages, slice by slice: one transaction a slice, one savepoint a record.
 * A record that fails harms no other.
 */
export const runPure = async (
  batch: readonly Work[],
  steps: readonly PureStep[],
  next: string | undefined,
  tools: Tools,
): Promise<void> => {
  const stage = steps[0]?.name ?? ''
  /** A failure that cannot be recorded leaves the record to its lapsing lease, and the others alone. */
  const safely = async (work: Work, act: () => Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      tools.log.error({ err: error, ecoc: work.ecoc.id, stage }, 'what happened could not be recorded')
    }
  }
  for (let at = 0; at < batch.length; at += sliceSize) {
    const lists: { work: Work; writes: Write[] }[] = []
    for (const { work, all, error } of await passThrough(batch.slice(at, at + sliceSize), steps, tools))
      await safely(work, async () => {
        if (error) await fail(work, stage, error, tools)
        else lists.push({ work, writes: await finish(work, stage, next, all, tools) })
      })
    const errors = await tools.store.commitEach(lists.map((l) => l.writes))
    for (const [i, error] of errors.entries()) {
      const work = lists[i]?.work
      if (error && work) await safely(work, () => fail(work, stage, error, tools))
    }
    await setImmediate()
  }
}
