import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const entry = new URL('../../gateway/ecoc.ts', import.meta.url).pathname

/** Waits until a condition holds; fails with what it saw last. */
export const until = async <T>(what: string, ms: number, look: () => Promise<T | undefined | false>): Promise<T> => {
  const end = Date.now() + ms
  let last: unknown
  while (Date.now() < end) {
    try {
      const seen = await look()
      if (seen) return seen
    } catch (error) {
      last = error
    }
    await wait(50)
  }
  throw new Error(`${what} did not come within ${ms} ms${last instanceof Error ? `: ${last.message}` : ''}`)
}

export interface Accepted {
  readonly iviReferenceId: string
  readonly vin: string
  readonly version: number
  readonly count: number
  readonly sha256: string
}

/** A real gateway process on a sandbox of its own, seen from outside. */
export class SandboxGateway {
  readonly data: string
  url = ''
  control = ''
  inbox = ''
  output = ''
  #child: ChildProcess | undefined
  readonly #tokens = new Map<string, string>()

  constructor(data: string) {
    this.data = data
  }

  static async make(): Promise<SandboxGateway> {
    return new SandboxGateway(await mkdtemp(join(tmpdir(), 'ecoc-')))
  }

  get env(): NodeJS.ProcessEnv {
    const config = join(this.data, 'no-config')
    return { ...process.env, ECOC_DATA: this.data, ECOC_CONFIG: config, ECOC_PORT: '0', ECOC_LOG: 'warn' }
  }

  /** Starts it and waits until it is healthy. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [entry, 'start', '--sandbox'], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    let own = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        own += chunk.toString()
        this.output += chunk.toString()
      })
    this.url = await until('the address of the UI', 60_000, () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${own}`)
      return Promise.resolve(/UI\s+(http:\S+)\//.exec(own)?.[1])
    })
    const health = await until('a healthy gateway', 20_000, async () => {
      const response = await fetch(`${this.url}/healthz`)
      return response.ok && ((await response.json()) as { sandbox: { control: string; inbox: string } })
    })
    this.control = health.sandbox.control
    this.inbox = health.sandbox.inbox
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it in good order. @returns the exit code */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill(signal)
    return ended
  }

  /** Ends it and removes its folder; the simulated access point ends with the folder. */
  async remove(): Promise<void> {
    await this.stop()
    await rm(this.data, { recursive: true, force: true, maxRetries: 5 })
  }

  cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [entry, ...args], { env: this.env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      )
    })
  }

  /** Calls the API with a token of that role; the caller says what it expects back. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- saves an assertion at each call
  async api<T = unknown>(
    path: string,
    init: { method?: string; body?: string } = {},
    role = 'admin',
  ): Promise<{ status: number; body: T }> {
    if (!this.#tokens.has(role)) {
      const made = await this.cli('token', 'create', '--name', `test-${role}`, '--role', role, '--json')
      this.#tokens.set(role, (JSON.parse(made.out) as { token: string }).token)
    }
    const headers = { authorization: `Bearer ${this.#tokens.get(role)}`, 'content-type': 'application/json' }
    const response = await fetch(`${this.url}/api/v1${path}`, { ...init, headers })
    const text = await response.text()
    return {
      status: response.status,
      body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T,
    }
  }

  async drop(name: string, content: Buffer | string): Promise<void> {
    await writeFile(join(this.inbox, `${name}.tmp`), content)
    await rename(join(this.inbox, `${name}.tmp`), join(this.inbox, name))
  }

  /** A file beside the export, once it is there. */
  answer(name: string, ms = 20_000): Promise<Buffer> {
    return until(`the answer ${name}`, ms, async () => {
      try {
        return await readFile(join(this.inbox, name))
      } catch {
        return undefined
      }
    })
  }

  files(): Promise<string[]> {
    return readdir(this.inbox)
  }

  async baseEcoc(vin: string): Promise<void> {
    await this.#control('base-ecoc', { vin })
  }

  async behave(behaviour: string, probability = 1, seed = 1): Promise<void> {
    await this.#control('behaviour', { behaviour, probability, seed })
  }

  async #control(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${this.control}/_control/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }

  async accepted(): Promise<Accepted[]> {
    return (await (await fetch(`${this.control}/_control/accepted`)).json()) as Accepted[]
  }

  /** The newest eCoC of a VIN, once it is in one of the states. */
  ecoc(vin: string, states: readonly string[], ms = 30_000): Promise<Ecoc> {
    return until(`${vin} in ${states.join('|')}`, ms, async () => {
      const { body } = await this.api<{ items: Ecoc[] }>(`/ecocs?vin=${vin}`)
      const [first] = body.items
      if (first && !states.includes(first.state)) throw new Error(`it is ${first.state}: ${first.reason ?? ''}`)
      return first
    })
  }
}

export interface Ecoc {
  readonly id: string
  readonly vin: string
  readonly state: string
  readonly reason: string | null
  readonly reasonCode: string | null
}
