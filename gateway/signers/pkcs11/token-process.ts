import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answer, Operation, Operations, SignAnswers, SignCall, TokenFault } from './messages.ts'

/** What the gateway itself says of the process, beside the faults of the module. */
const words = {
  timeout: 'no answer in time',
  ended: 'the process ended',
  dropped: 'not asked of the token any more',
}
const fault = (name: keyof typeof words, method: string): TokenFault => ({
  name,
  message: words[name],
  method,
  // A login without an answer may have counted.
  pinTried: method === 'login',
})

/** Carries a `TokenFault` through promises; the signer makes words of it. */
export class TokenFailure extends Error {
  readonly fault: TokenFault
  constructor(fault: TokenFault) {
    super(`${fault.method}: ${fault.message}`)
    this.fault = fault
  }
}

interface Pending {
  readonly method: string
  readonly timer: NodeJS.Timeout
  readonly done: (value: unknown) => void
  readonly failed: (error: TokenFailure) => void
}
interface Waiting {
  readonly data: Buffer
  readonly done: (value: Buffer) => void
  readonly failed: (error: TokenFailure) => void
}

/** How long Node may take to come up on a machine that is busy, in milliseconds; it counts against no call. */
const startLimit = 10_000

/** A token that answers within so many milliseconds is quick. */
const quickMs = 50

const here = new URL(import.meta.url)
/** `.ts` in the sources, `.js` in the built appliance. */
const program = fileURLToPath(new URL(`./token-child${extname(here.pathname)}`, here))

/**
 * A process of its own around a PKCS#11 module. Every call has a deadline; when one passes, the process is killed and all that
 * was asked of it fails. It is never asked again then: make another one.
 */
export class TokenProcess {
  readonly #child: ChildProcess
  readonly #pending = new Map<number, Pending>()
  readonly #waiting: Waiting[] = []
  readonly #sessions: number
  /** Moving mean of the milliseconds from asking for a signature to having it. */
  #pace = Infinity
  /** Resolved when the process listens, or is gone. */
  readonly #up: Promise<unknown>
  #batch: [number, string][] = []
  #signing = 0
  #last = 0
  #ended = false

  /**
   * @param sessions signatures at the same time: as many threads has the process
   * @param environment added to that of the gateway
   */
  constructor(sessions: number, environment: Readonly<Record<string, string>>) {
    this.#sessions = sessions
    this.#child = fork(program, [], {
      // Options of the gateway's own Node (--watch, --inspect) are not for this one.
      execArgv: [],
      env: { ...process.env, ...environment, UV_THREADPOOL_SIZE: String(sessions) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.#up = promise
    this.#expect('start', startLimit, resolve, resolve)
    this.#child.on('message', (message: Answer | SignAnswers) => {
      this.#receive(message)
    })
    this.#child.on('error', () => this.kill())
    this.#child.on('exit', () => this.kill())
    // A gateway that is done does not wait for it; while something is asked, its deadline holds the gateway.
    this.#child.unref()
    this.#child.channel?.unref()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }
  get ended(): boolean {
    return this.#ended
  }
  /** Signatures asked for and not yet answered. */
  get signing(): number {
    return this.#signing + this.#waiting.length
  }

  /** Asks for one thing. Rejects with `TokenFailure`. @param deadline milliseconds */
  async call<O extends Operation>(
    operation: O,
    input: Operations[O]['input'],
    deadline: number,
  ): Promise<Operations[O]['output']> {
    await this.#up
    if (this.#ended) throw new TokenFailure(fault('ended', operation))
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const id = this.#expect(operation, deadline, resolve, reject)
    this.#child.send({ id, operation, input })
    return (await promise) as Operations[O]['output']
  }

  /**
   * Signs. What the token has no session for waits here, so that the deadline counts the token's time only.
   * Rejects with `TokenFailure`. @param deadline milliseconds
   */
  sign(data: Buffer, deadline: number): Promise<Buffer> {
    return new Promise((done, failed) => {
      if (this.#ended) {
        failed(new TokenFailure(fault('ended', 'sign')))
        return
      }
      this.#waiting.push({ data, done, failed })
      this.#dispatch(deadline)
    })
  }

  /** Fails what waits here and was not asked of the token yet. */
  drop(): void {
    for (const { failed } of this.#waiting.splice(0)) failed(new TokenFailure(fault('dropped', 'sign')))
  }

  /** Ends the process at once. What was asked of it fails; the call whose time was up is named as the reason. */
  kill(late?: number): void {
    if (this.#ended) return
    this.#ended = true
    this.#child.kill('SIGKILL')
    for (const [id, { method, timer, failed }] of this.#pending) {
      clearTimeout(timer)
      failed(new TokenFailure(fault(id === late ? 'timeout' : 'ended', method)))
    }
    this.#pending.clear()
    this.drop()
    this.#signing = 0
  }

  /**
   * How many are asked for at once. More than there are sessions, so that none is idle while a message is under way; of a quick
   * token more still, as they share messages then. Of a slow one few, because what waits over there uses up its deadline.
   */
  get #window(): number {
    return (this.#pace < quickMs ? 8 : 2) * this.#sessions
  }

  #dispatch(deadline: number): void {
    while (this.#signing < this.#window) {
      const next = this.#waiting.shift()
      if (!next) return
      this.#signing += 1
      const answered = (): void => {
        this.#signing -= 1
        this.#dispatch(deadline)
      }
      const asked = performance.now()
      const done = (value: unknown): void => {
        const ms = performance.now() - asked
        this.#pace = this.#pace === Infinity ? ms : 0.9 * this.#pace + 0.1 * ms
        answered()
        next.done(Buffer.from(value as string, 'base64'))
      }
      const failed = (error: TokenFailure): void => {
        if (!this.#ended) answered()
        next.failed(error)
      }
      this.#batch.push([this.#expect('sign', deadline, done, failed), next.data.toString('base64')])
      if (this.#batch.length === 1) setImmediate(() => this.#flush())
    }
  }

  #flush(): void {
    const sign = this.#batch
    this.#batch = []
    const message: SignCall = { sign }
    if (!this.#ended) this.#child.send(message)
  }

  #expect(method: string, deadline: number, done: Pending['done'], failed: Pending['failed']): number {
    const id = (this.#last += 1)
    // Answers that lie ready are read first: a gateway that was busy itself must not blame the token.
    const late = (): void => {
      setImmediate(() => {
        if (this.#pending.has(id)) this.kill(id)
      })
    }
    this.#pending.set(id, { method, timer: setTimeout(late, deadline), done, failed })
    return id
  }

  #receive(message: Answer | SignAnswers): void {
    if ('signed' in message) {
      for (const [id, result] of message.signed)
        if (typeof result === 'string') this.#settle(id)?.done(result)
        else this.#settle(id)?.failed(new TokenFailure(result))
      return
    }
    const { id, output, fault: failure } = message
    const pending = this.#settle(id)
    if (failure) pending?.failed(new TokenFailure(failure))
    else pending?.done(output)
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    clearTimeout(pending?.timer)
    return pending
  }
}
