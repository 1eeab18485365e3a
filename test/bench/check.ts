import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { iviXsd, xmldsigLocation } from '../../gateway/ivi/make-xsd.ts'
import { xmldsigCoreSchema } from '../../gateway/ivi/xmldsig-core-schema.ts'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import type { CheckKind, CheckWork } from './check-worker.ts'
import { computePath, type Job } from './compute-path.ts'
import { costOf, inTurns, median, pairedRatio, type Cost } from './measure.ts'
import { makeParts, makeVehicles } from './sample-vehicles.ts'

/** How quick a kind of check is, from the same turns as the schema check and xmllint. */
export interface CheckRate {
  readonly perSecond: number
  /** Documents per second of CPU time. */
  readonly perSecondPerCore: number
  readonly ratioToXmllint?: number
}

export interface CheckFigures {
  readonly perSecond: number
  readonly perSecondPerCore: number
  /** Undefined, with the reason in `skipped`, where there is no xmllint. */
  readonly xmllintPerSecond?: number
  /** Time of ours (warm, as in a gateway that runs) over the time of one xmllint process. */
  readonly ratioToXmllint?: number
  /** The same with the start of our workers and the compilation of the schema in it, as xmllint has it. */
  readonly coldRatioToXmllint?: number
  readonly coldPerSecond: number
  /** CPU per document, all threads. */
  readonly cpuMsPerDocument: number
  readonly workers: number
  /** The content rules alone, with the reading of the XML that they need. */
  readonly rules: CheckRate
  /** Schema and rules, as `ecoc check --unsigned` has it. */
  readonly both: CheckRate
  readonly skipped?: string
}

const fileCount = 1000
/** Each vehicle is signed at several moments: another time, other digests, another signature value. */
const signings = 4

/** Signed documents that all differ, of sample vehicles through the product's own stages. */
const writeFiles = async (folder: string): Promise<string[]> => {
  const parts = await makeParts()
  const stages = Object.values(computePath(parts))
  const files: string[] = []
  for (const [i, vehicle] of (await makeVehicles(fileCount / signings, parts)).entries()) {
    const job: Job = { vehicle }
    for (const run of stages) await run(job)
    for (let j = 0; j < signings; j++) {
      const signingTime = new Date(Date.UTC(2026, 10, 22, 10, 0, j))
      const { bytes } = await signDocument(job.signed?.document ?? Buffer.alloc(0), parts.signer, { signingTime })
      const file = join(folder, `${i}-${j}.xml`)
      await writeFile(file, bytes)
      files.push(file)
    }
  }
  parts.schema.dispose()
  await writeFile(join(folder, 'ivi.xsd'), iviXsd({ signed: true }))
  await writeFile(join(folder, xmldsigLocation), xmldsigCoreSchema)
  return files
}

const xmllintVersion = (): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile('xmllint', ['--version'], (error, _out, text) => resolve(error ? undefined : text.split('\n')[0]))
  })

const startWorkers = async (count: number, work: CheckWork): Promise<Worker[]> => {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('check-worker.ts', import.meta.url), { workerData: work }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  return workers
}

const checkAll = async (workers: readonly Worker[], work: CheckWork): Promise<void> => {
  new Int32Array(work.next)[0] = 0
  const answers = workers.map((worker) => once(worker, 'message'))
  for (const worker of workers) worker.postMessage('round')
  const refused = (await Promise.all(answers)).reduce((sum, [count]) => sum + Number(count), 0)
  if (refused > 0) throw new Error(`the schema check refused ${refused} good documents`)
}

/**
 * The schema check over 1,000 files against one xmllint process with the same schema and files; beside them, in the same
 * turns, the rules alone and both.
 */
export const benchCheck = async (quick: boolean): Promise<CheckFigures> => {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-bench-check-'))
  try {
    const files = await writeFiles(folder)
    const next = new SharedArrayBuffer(4)
    const workOf = (kind: CheckKind): CheckWork => ({ files, next, kind })
    const work = workOf('schema')
    const workers = availableParallelism()
    const cold: Cost[] = []
    for (let i = 0; i < 3; i++)
      cold.push(
        await costOf(async () => {
          const started = await startWorkers(workers, work)
          await checkAll(started, work)
          await Promise.all(started.map((worker) => worker.terminate()))
        }),
      )
    const running: Record<CheckKind, Worker[]> = {
      schema: await startWorkers(workers, work),
      rules: await startWorkers(workers, workOf('rules')),
      both: await startWorkers(workers, workOf('both')),
    }
    const ours = {
      schema: (): Promise<void> => checkAll(running.schema, work),
      rules: (): Promise<void> => checkAll(running.rules, work),
      both: (): Promise<void> => checkAll(running.both, work),
    }
    const xmllint = (): void => {
      const { status } = spawnSync('xmllint', ['--noout', '--schema', join(folder, 'ivi.xsd'), ...files], {
        stdio: 'ignore',
      })
      if (status !== 0) throw new Error(`xmllint refused good documents (exit ${String(status)})`)
    }
    const has = await xmllintVersion()
    const works: Record<string, () => Promise<void> | void> = has ? { ...ours, xmllint } : ours
    const turns = await inTurns(works, quick ? 7 : 15)
    await Promise.all(Object.values(running).flatMap((all) => all.map((worker) => worker.terminate())))
    const wall = (costs: readonly Cost[]): number[] => costs.map((cost) => cost.wallMs)
    const perSecond = (costs: readonly Cost[]): number => (1000 * fileCount) / median(wall(costs))
    const { schema: own = [], rules = [], both = [], xmllint: peer = [] } = turns
    const rate = (costs: readonly Cost[]): CheckRate => ({
      perSecond: perSecond(costs),
      perSecondPerCore: (1000 * fileCount) / median(costs.map((cost) => cost.cpuMs)),
      ...(has ? { ratioToXmllint: pairedRatio(wall(costs), wall(peer)) } : {}),
    })
    return {
      ...rate(own),
      coldPerSecond: perSecond(cold),
      cpuMsPerDocument: median(own.map((cost) => cost.cpuMs / fileCount)),
      workers,
      rules: rate(rules),
      both: rate(both),
      ...(has
        ? {
            xmllintPerSecond: perSecond(peer),
            coldRatioToXmllint: median(wall(cold)) / median(wall(peer)),
          }
        : { skipped: 'xmllint is not installed (Debian: libxml2-utils)' }),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
