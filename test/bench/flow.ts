import Sqlite from 'better-sqlite3'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { drop, teachBases, waitForReceipts } from './flow-folder.ts'
import { percentile } from './measure.ts'
import { type CpuProfile, timeByStage } from './profile-stages.ts'
import { benchVin } from './sample-vehicles.ts'
import { startSandbox } from './sandbox-process.ts'
import { benchSteady, type SteadyFigures } from './steady.ts'

export interface FlowFigures {
  /** Vehicles over the time from the file being taken to the last acceptance. */
  readonly perSecond: number
  /** From a record received to its eCoC accepted, while all others of the file are under way too. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** CPU of the gateway's main thread by stage and of its other threads, per eCoC. */
  readonly cpuMsByStage: Readonly<Record<string, number>>
  /** CPU of the whole gateway process per eCoC, and of the simulated access point beside it. */
  readonly cpuMsPerEcoc: number
  readonly simulatorCpuMsPerEcoc: number
  /** From the drop to the last acceptance, two polls of a second included. */
  readonly dropToLastS: number
  readonly vehicles: number
  /** The same at a steady load. */
  readonly steady: SteadyFigures
}

interface Event {
  readonly subject: string
  readonly type: string
  readonly at: string
}

/** The audit trail says when each record came and when it was accepted. */
const readEvents = (data: string): Event[] => {
  const db = new Sqlite(join(data, 'gateway.sqlite'), { readonly: true })
  try {
    const sql = `SELECT subject, type, at FROM event
      WHERE type IN ('file.taken', 'record.received', 'ecoc.accepted', 'ecoc.accepted_with_warnings') ORDER BY seq`
    return db.prepare(sql).all() as Event[]
  } finally {
    db.close()
  }
}

/** The sandbox's own first vehicles, and ours before the measured ones: code is compiled and connections are open. */
const own = 5
const warmUp = 100

const nowUs = (): number => Number(process.hrtime.bigint() / 1000n)

/** One export of `count` vehicles through a gateway of its own. */
const run = async (count: number, profiled: boolean) => {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-bench-flow-'))
  const profiles = profiled ? join(folder, 'profile') : undefined
  try {
    const sandbox = await startSandbox(folder, profiles)
    const { inbox, control } = sandbox
    const vins = Array.from({ length: warmUp + count }, (_, i) => benchVin(i))
    let before, after, from, to, droppedAt
    try {
      await waitForReceipts(inbox, own, 60_000)
      await teachBases(control, vins)
      await drop(inbox, 'warm-up.csv', vins.slice(0, warmUp))
      await waitForReceipts(inbox, own + warmUp, 120_000)
      await wait(1_000)
      ;[before, from, droppedAt] = [sandbox.cpuMs(), nowUs(), Date.now()]
      await drop(inbox, 'bench.csv', vins.slice(warmUp))
      await waitForReceipts(inbox, own + warmUp + count, 60_000 + count * 200)
      ;[after, to] = [sandbox.cpuMs(), nowUs()]
    } finally {
      await sandbox.stop()
    }
    const events = readEvents(join(folder, 'data'))
    const name = profiles === undefined ? undefined : readdirSync(profiles).find((f) => f.endsWith('.cpuprofile'))
    const profile = name && (JSON.parse(readFileSync(join(profiles ?? '', name), 'utf8')) as CpuProfile)
    return {
      events,
      droppedAt,
      perEcoc: {
        gateway: (after.gateway - before.gateway) / count,
        mainThread: (after.mainThread - before.mainThread) / count,
        queued: (after.mainThreadQueued - before.mainThreadQueued) / count,
        simulator: (after.simulator - before.simulator) / count,
      },
      stages: profile ? timeByStage(profile, from, to) : {},
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Latencies and the span of the file, from the audit trail. Vehicles of the sandbox's own file are left out. */
const timesOf = (events: readonly Event[], count: number) => {
  const taken = events.filter((event) => event.type === 'file.taken').at(-1)
  const start = Date.parse(taken?.at ?? '')
  const received = new Map<string, number>()
  const latencies: number[] = []
  let last = start
  for (const { subject, type, at } of events) {
    const ms = Date.parse(at)
    if (type === 'record.received' && ms >= start) received.set(subject, ms)
    const since = type.startsWith('ecoc.accepted') ? received.get(subject) : undefined
    if (since === undefined) continue
    latencies.push(ms - since)
    last = Math.max(last, ms)
  }
  if (latencies.length !== count) throw new Error(`${latencies.length} of ${count} eCoCs were accepted`)
  return { start, last, latencies }
}

/**
 * The profiler samples by the clock on the wall. What the main thread was sampled beyond its time on a core and in the
 * queue for one, it waited; and of all stages only `store` waits, for the disk. That much is taken off there.
 * Exact on a quiet machine; where others queue for the cores too, `store` comes out too high.
 */
const withoutWaiting = (stages: Readonly<Record<string, number>>, busyUs: number): Record<string, number> => {
  const waiting = Object.values(stages).reduce((a, b) => a + b, 0) - busyUs
  const store = stages['store'] ?? 0
  return { ...stages, store: Math.max(0, store - Math.max(0, waiting)) }
}

/** A whole gateway from outside: a file dropped into its folder, receipts coming back, the times from its audit trail. */
export const benchFlow = async (quick: boolean): Promise<FlowFigures> => {
  const vehicles = quick ? 300 : 2_000
  const { events, droppedAt, perEcoc } = await run(vehicles, false)
  const { start, last, latencies } = timesOf(events, vehicles)
  // A second run under the profiler says where the time goes; its shares are laid on the first run's CPU.
  const profiled = Math.min(vehicles, 300)
  const second = await run(profiled, true)
  const stages = withoutWaiting(second.stages, (second.perEcoc.mainThread + second.perEcoc.queued) * profiled * 1000)
  const whole = Object.values(stages).reduce((a, b) => a + b, 0)
  const sorted = Object.entries(stages).toSorted(([, a], [, b]) => b - a)
  const mainThread = sorted.map(([name, us]) => [name, (us / whole) * perEcoc.mainThread] as const)
  return {
    perSecond: (1000 * vehicles) / (last - start),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMsByStage: { ...Object.fromEntries(mainThread), 'other threads': perEcoc.gateway - perEcoc.mainThread },
    cpuMsPerEcoc: perEcoc.gateway,
    simulatorCpuMsPerEcoc: perEcoc.simulator,
    dropToLastS: (last - droppedAt) / 1000,
    vehicles,
    steady: await benchSteady(20, quick ? 15 : 60),
  }
}
