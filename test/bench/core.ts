import { createPrivateKey, sign as cryptoSign, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { computePath, type Job } from './compute-path.ts'
import { costOf, eachOf, inTurns, median, pairedRatio } from './measure.ts'
import { makeParts, makeVehicles } from './sample-vehicles.ts'

/** Signatures under way at once, as in the flow's signature step. */
const width = 4

export interface CoreFigures {
  readonly cpuMsPerEcoc: number
  /** CPU of one bare RSA-2048 signature on the event loop: the cheapest way to make one. */
  readonly rsaMs: number
  readonly ratioToRsa: number
  /** The same on the thread pool, four under way, as the signer does it. */
  readonly rsaPoolMs: number
  readonly cpuMsByStage: Readonly<Record<string, number>>
}

/** A bare signature on the thread pool. */
export const signOnPool = (data: Buffer, key: KeyObject): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    cryptoSign('sha256', data, key, (error, signature) => {
      if (error) reject(error)
      else resolve(signature)
    })
  })

/** CPU per eCoC from record to verified signature, in turns with bare RSA signatures of the same number. */
export const benchCore = async (quick: boolean): Promise<CoreFigures> => {
  const [count, rounds] = quick ? [200, 5] : [500, 11]
  const parts = await makeParts()
  const vehicles = await makeVehicles(count, parts)
  const path = computePath(parts)
  const stages = Object.entries(path)
  const key = createPrivateKey(readFileSync(parts.keyFile))
  const data = Buffer.alloc(1_500, 'S')

  const costs = await inTurns(
    {
      path: () =>
        eachOf(vehicles, width, async (vehicle) => {
          const job: Job = { vehicle }
          for (const [, run] of stages) await run(job)
        }),
      rsaSync: () => {
        for (let i = 0; i < count; i++) cryptoSign('sha256', data, key)
      },
      rsaPool: () => eachOf(vehicles, width, () => signOnPool(data, key)),
    },
    rounds,
  )
  const byStage: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++) {
    const jobs = vehicles.map((vehicle): Job => ({ vehicle }))
    for (const [name, run] of stages) {
      const { cpuMs } = await costOf(() => eachOf(jobs, width, async (job) => run(job)))
      ;(byStage[name] ??= []).push(cpuMs / count)
    }
  }
  parts.schema.dispose()
  const cpu = (kind: keyof typeof costs): number[] => costs[kind].map((cost) => cost.cpuMs / count)
  return {
    cpuMsPerEcoc: median(cpu('path')),
    rsaMs: median(cpu('rsaSync')),
    ratioToRsa: pairedRatio(cpu('path'), cpu('rsaSync')),
    rsaPoolMs: median(cpu('rsaPool')),
    cpuMsByStage: Object.fromEntries(Object.entries(byStage).map(([name, values]) => [name, median(values)])),
  }
}
