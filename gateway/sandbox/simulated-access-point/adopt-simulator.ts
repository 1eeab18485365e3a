import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { GatewayError } from '../../contract/errors.ts'
import { findLiveSimulator, type SimulatorAddress } from './address-file.ts'

export interface AdoptOptions {
  /** Folder of the simulator's own. */
  readonly dir: string
  /** Folder of the example PKI. */
  readonly pki: string
  /** The Node that runs it; the own one unless given. */
  readonly execPath?: string
  /** The simulator's main file; the one beside this file unless given. */
  readonly entry?: string
  readonly port?: number
  readonly controlPort?: number
}

/** Exit code of a simulator that could not have its folder (SIM-001): another one is at work there, or coming up. */
export const FOLDER_IN_USE = 75

const START_MS = 20_000
/** How long the one is waited for that holds the folder already; on a busy machine it takes its time to come up. */
const OTHER_MS = 15_000
/** What ended for another reason will not be made up for by another one, but may have been overtaken. */
const ENDED_MS = 3_000
const STOP_MS = 5_000

/** `.ts` in the checkout, `.js` once built. */
const defaultEntry = (): string => fileURLToPath(new URL(`main${extname(import.meta.url)}`, import.meta.url))

const notStarted = async (log: string, why: string): Promise<GatewayError> =>
  new GatewayError({
    kind: 'operational',
    code: 'SIM-002',
    message: `The simulated access point did not start: ${why}.`,
    hint: (await readFile(log, 'utf8').catch(() => '')).trim().slice(-1_000) || `See ${log}.`,
  })

/**
 * The simulated access point of a folder: the one that is running there already, or a new process that outlives this
 * one. Two callers at once get the same one.
 * @throws GatewayError SIM-002 with the end of its log when it does not come up within 20 s.
 */
export const adoptOrStartSimulator = async (
  options: AdoptOptions,
): Promise<Pick<SimulatorAddress, 'endpoint' | 'control' | 'pid'>> => {
  const { dir, pki, port, controlPort } = options
  const running = await findLiveSimulator(dir)
  if (running) return running
  await mkdir(dir, { recursive: true })
  const ports = [
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(controlPort === undefined ? [] : ['--control-port', String(controlPort)]),
  ]
  const logFile = join(dir, 'simulator.log')
  const log = openSync(logFile, 'a')
  // Detached: a group of its own, so that Ctrl-C at the gateway or its death does not reach it.
  const child = spawn(
    options.execPath ?? process.execPath,
    [options.entry ?? defaultEntry(), '--dir', dir, '--pki', pki, ...ports],
    { detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  child.unref()
  let ended: string | undefined
  let until = Date.now() + START_MS
  const hear = (how: string, left: number): void => {
    ended = how
    until = Math.min(until, Date.now() + left)
  }
  child
    .once('error', (error) => {
      hear(error.message, ENDED_MS)
    })
    .once('exit', (code) => {
      // It may have lost the folder to another one that started a moment earlier: that one is waited for.
      hear(`exit ${code ?? 'by a signal'}`, code === FOLDER_IN_USE ? OTHER_MS : ENDED_MS)
    })
  while (Date.now() < until) {
    await wait(100)
    const live = await findLiveSimulator(dir)
    if (live) {
      // Ours came second. It must not wait for its turn and take the folder when the first one is stopped.
      if (live.pid !== child.pid) child.kill('SIGKILL')
      return live
    }
  }
  child.kill('SIGKILL')
  throw await notStarted(logFile, ended ?? 'no answer in time')
}

/** Ends the simulator of a folder, if one is running there, and waits until it is gone. */
export const stopSimulator = async (dir: string): Promise<void> => {
  const running = await findLiveSimulator(dir)
  if (!running) return
  /** False when the process is gone; signal 0 only asks. */
  const signal = (name: 'SIGTERM' | 'SIGKILL' | 0): boolean => {
    try {
      return process.kill(running.pid, name)
    } catch {
      return false
    }
  }
  signal('SIGTERM')
  const until = Date.now() + STOP_MS
  while (Date.now() < until) {
    if (!signal(0)) return
    await wait(50)
  }
  signal('SIGKILL')
}
