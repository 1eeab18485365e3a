import Sqlite from 'better-sqlite3'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { drop, teachBases, waitForReceipts } from './flow-folder.ts'
import { percentile } from './measure.ts'
import { benchVin } from './sample-vehicles.ts'
import { startSandbox } from './sandbox-process.ts'

export interface SteadyFigures {
  /** Vehicles that were dropped each second, and for how many seconds. */
  readonly offered: number
  readonly seconds: number
  /** From the moment a file lay in the folder to the acceptance of each of its vehicles; two polls of a second included. */
  readonly p50Ms: number
  readonly p99Ms: number
}

/** The sandbox's own first vehicles, and ours before the measured ones. */
const own = 5
const warmUp = 100

/** When each vehicle was accepted, by the audit trail. */
const acceptedAt = (data: string): Map<string, number> => {
  const db = new Sqlite(join(data, 'gateway.sqlite'), { readonly: true })
  try {
    const sql = `SELECT e.vin, v.at FROM event v JOIN ecoc e ON e.id = v.subject
      WHERE v.type IN ('ecoc.accepted', 'ecoc.accepted_with_warnings')`
    const rows = db.prepare(sql).all() as { vin: string; at: string }[]
    return new Map(rows.map(({ vin, at }) => [vin, Date.parse(at)]))
  } finally {
    db.close()
  }
}

/**
 * A steady day: a file of so many vehicles each second, over the same keep-alive connections with mutual TLS as always.
 * Says what a vehicle waits for when nothing queues.
 */
export const benchSteady = async (offered: number, seconds: number): Promise<SteadyFigures> => {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-bench-steady-'))
  try {
    const sandbox = await startSandbox(folder)
    const vins = Array.from({ length: warmUp + offered * seconds }, (_, i) => benchVin(i))
    const dropped = new Map<string, number>()
    try {
      const { inbox, control } = sandbox
      await waitForReceipts(inbox, own, 60_000)
      await teachBases(control, vins)
      await drop(inbox, 'warm-up.csv', vins.slice(0, warmUp))
      await waitForReceipts(inbox, own + warmUp, 120_000)
      const begun = Date.now()
      for (let second = 0; second < seconds; second++) {
        const batch = vins.slice(warmUp + second * offered, warmUp + (second + 1) * offered)
        await drop(inbox, `steady-${second}.csv`, batch)
        for (const vin of batch) dropped.set(vin, Date.now())
        await wait(Math.max(0, begun + (second + 1) * 1000 - Date.now()))
      }
      await waitForReceipts(inbox, own + vins.length, 60_000 + vins.length * 200)
    } finally {
      await sandbox.stop()
    }
    const accepted = acceptedAt(join(folder, 'data'))
    const latencies = [...dropped].map(([vin, at]) => (accepted.get(vin) ?? Infinity) - at)
    return { offered, seconds, p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
