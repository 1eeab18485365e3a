import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../gateway/ecoc.ts', import.meta.url))
const startMs = 60_000

/** Milliseconds so far. */
export interface CpuTimes {
  /** CPU of all threads of the gateway, of its main thread, and of the simulated access point. */
  readonly gateway: number
  readonly mainThread: number
  readonly simulator: number
  /** Time the main thread was ready to run while others had the cores. */
  readonly mainThreadQueued: number
}

/** A sandbox gateway in a process and a data folder of its own. */
export interface SandboxProcess {
  readonly inbox: string
  /** Control address of its simulated access point. */
  readonly control: string
  cpuMs(): CpuTimes
  stop(): Promise<void>
}

const clockTick = 10

/** User and system time of a process (proc(5), fields 14 and 15), in milliseconds. */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * clockTick
}

/** Time on a core and in the queue for one, of a process's main thread, in milliseconds. */
const mainThreadOf = (pid: number): [cpu: number, queued: number] => {
  const [cpu, queued] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')
  return [Number(cpu) / 1e6, Number(queued) / 1e6]
}

const health = async (url: string): Promise<{ control: string; inbox: string } | undefined> => {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })
    const body = (await answer.json()) as { sandbox?: { control: string; inbox: string } }
    return answer.ok ? body.sandbox : undefined
  } catch {
    return undefined
  }
}

/**
 * Starts `ecoc start --sandbox` on an empty folder and a free port, and waits until it is healthy.
 * @param profileFolder where the CPU profile goes when it ends; none without
 */
export const startSandbox = async (folder: string, profileFolder?: string): Promise<SandboxProcess> => {
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true })
  const profiling = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
  const env = {
    ...process.env,
    ECOC_DATA: data,
    ECOC_CONFIG: join(folder, 'no-config'),
    ECOC_PORT: '0',
    ECOC_LOG: 'error',
  }
  const child = spawn(process.execPath, [...profiling, entry, 'start', '--sandbox'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const ended = once(child, 'exit')
  const until = Date.now() + startMs
  let url: string | undefined
  let sandbox: Awaited<ReturnType<typeof health>>
  while (!sandbox) {
    if (Date.now() > until || child.exitCode !== null) {
      child.kill('SIGKILL')
      throw new Error(`the sandbox did not start: ${said.slice(-2000)}`)
    }
    await wait(100)
    url ??= /UI\s+(http:\/\/[^/\s]+)/.exec(said)?.[1]
    if (url !== undefined) sandbox = await health(url)
  }
  const addresses = readdirSync(join(data, 'sandbox', 'access-point'))
  const address = addresses.includes('address.json')
    ? readFileSync(join(data, 'sandbox', 'access-point', 'address.json'), 'utf8')
    : '{}'
  const simulator = (JSON.parse(address) as { pid?: number }).pid ?? 0
  const { pid = 0 } = child
  return {
    ...sandbox,
    cpuMs() {
      const [mainThread, mainThreadQueued] = mainThreadOf(pid)
      return { gateway: cpuOf(pid), mainThread, mainThreadQueued, simulator: cpuOf(simulator) }
    },
    async stop() {
      child.kill('SIGTERM')
      const killer = setTimeout(() => child.kill('SIGKILL'), 30_000)
      await ended
      clearTimeout(killer)
    },
  }
}
