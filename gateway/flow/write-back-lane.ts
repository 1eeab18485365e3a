import { type CallContext, type EcocId, GatewayError, type Instant, type OpenSource } from '../contract/index.ts'
import type { WriteBackRow } from '../store/tables.ts'
import { event, update, upsert, type Write } from '../store/writes.ts'
import { backOffDelay } from '../submission/back-off.ts'
import { instant } from '../support/clock.ts'
import { sha256 } from '../support/hash.ts'
import { Waker } from '../support/waker.ts'
import { type Answer, makeAnswer } from './make-answer.ts'
import type { Tools } from './tools.ts'

const longestSleepMs = 5_000

const gone = (source: string): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'WBK-001',
    message: `There is no source ${source} any more to write an answer to.`,
    hint: 'Configure it again, or leave the answer.',
  })

/** The source said no for good: only a person can help. */
const isRefused = (error: unknown): boolean => error instanceof GatewayError && error.code === 'SRC-020'

const told = async (open: OpenSource, answer: Answer, context: CallContext): Promise<void> => {
  if ('status' in answer) {
    if (open.kind !== 'files') await open.writeStatus?.(answer.status, context)
    return
  }
  if (open.kind !== 'files') return
  const { name, bytes } = answer.file
  if (bytes) await open.writeBack(name, bytes, context)
  else await open.withdraw(name, context)
}

const final: ReadonlySet<string> = new Set(['accepted', 'accepted_with_warnings', 'rejected'])

/**
 * The answers to one source, one after the other, so that of two about a record the newer is written last. Each may be
 * written again: its content is read when it is due.
 */
export class WriteBackLane {
  readonly #source: string
  readonly #tools: Tools
  readonly #isDown: () => boolean
  readonly #waker = new Waker()
  #running: Promise<void> | undefined
  #stopped = false

  constructor(source: string, tools: Tools, isDown: () => boolean) {
    this.#source = source
    this.#tools = tools
    this.#isDown = isDown
  }

  start(): void {
    this.#running = this.#loop()
  }

  wake(): void {
    this.#waker.wake()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#waker.wake()
    await this.#running
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      try {
        const isDown = this.#isDown()
        if (!isDown && (await this.#turn())) continue
        const next = isDown ? undefined : await this.#tools.store.writeBacks.nextDue(this.#source)
        const wait = next ? Date.parse(next) - this.#tools.clock().getTime() : longestSleepMs
        // A dead source is looked at by its poll; soon after that the answers go on.
        await this.#waker.sleep(isDown ? 500 : Math.min(longestSleepMs, Math.max(5, wait)))
      } catch (error) {
        this.#tools.log.error({ err: error, source: this.#source }, 'a turn of the write-back failed')
        await this.#waker.sleep(longestSleepMs)
      }
    }
  }

  /** @returns whether there was anything to write */
  async #turn(): Promise<boolean> {
    const { store, clock } = this.#tools
    const due = await store.writeBacks.due(instant(clock()), 50, this.#source)
    for (const row of due) {
      if (this.#isDown()) return true
      await this.#one(row)
    }
    return due.length > 0
  }

  async #one(row: WriteBackRow): Promise<void> {
    const { store } = this.#tools
    const { kind, subject, due_at } = row
    const tries = row.tries + 1
    // An answer that falls due anew begins at no tries again: then what is written here is old, and it stays due.
    const where = { kind, subject, due_at, tries }
    try {
      // First of all: a move from now on makes it due anew, whatever is written here.
      await store.commit([update('write_back', { ...where, tries: row.tries }, { tries })])
      const answer = await makeAnswer(row, this.#tools)
      if (answer) await this.#tell(answer)
      const done_at = instant(this.#tools.clock())
      const done = update('write_back', where, { state: 'done', done_at, problem: null })
      await store.commit([done, ...(answer ? this.#noted(row, answer) : [])])
    } catch (error) {
      await this.#failed(row, where, error as Error)
    }
  }

  async #tell(answer: Answer): Promise<void> {
    const connection = this.#tools.sources.get(this.#source)?.connection
    if (!connection) throw gone(this.#source)
    await connection.call(this.#tools.signal, (open, context) => told(open, answer, context))
  }

  /** That the vehicle's answer stands at its source is part of its story. */
  #noted(row: WriteBackRow, answer: Answer): Write[] {
    const at = instant(this.#tools.clock())
    const bytes = 'file' in answer ? answer.file.bytes : undefined
    // Under whatever name it comes back, an answer of ours is never taken for a record.
    const ours = bytes ? [upsert('written_answer', { source: row.source, sha256: sha256(bytes), at })] : []
    const isFinal = 'status' in answer ? final.has(answer.status.coc_status) : row.kind === 'receipt'
    if (!isFinal) return ours
    const what = 'status' in answer ? { status: answer.status.coc_status } : { file: answer.file.name }
    const detail = { ...what, source: row.source }
    return [
      ...ours,
      update('ecoc', { id: row.subject as EcocId }, { write_back: 'done' }),
      event({ at, actor: 'gateway', type: 'receipt.written-back', subject: row.subject, detail }),
    ]
  }

  #delay(tries: number): number {
    const { firstRetry, retryFactor, longestRetry } = this.#tools.config.delivery
    const settings = { firstMs: firstRetry, factor: retryFactor, capMs: longestRetry, jitter: 0.2 }
    return Math.round(backOffDelay(tries, Math.random(), settings))
  }

  async #failed(row: WriteBackRow, where: Partial<WriteBackRow> & { tries: number }, error: Error): Promise<void> {
    const { store, log, clock } = this.#tools
    const problem = error.message
    const { name, source, subject, kind } = row
    if (isRefused(error)) {
      log.warn({ err: error, answer: name, source }, 'an answer was refused for good and waits for a person')
      const detail = { source, kind, name, problem }
      await store.commit([
        update('write_back', where, { state: 'failed', problem }),
        ...(kind === 'status' ? [update('ecoc', { id: subject as EcocId }, { write_back: 'failed' })] : []),
        event({ at: instant(clock()), actor: 'gateway', type: 'write-back.parked', subject, detail }),
      ])
      return
    }
    if (problem !== row.problem) log.warn({ err: error, answer: name, source }, 'an answer could not be written')
    const seconds = error instanceof GatewayError ? error.params.retryAfterS : undefined
    const pause = Math.max(this.#delay(where.tries), typeof seconds === 'number' ? seconds * 1000 : 0)
    const again = new Date(clock().getTime() + pause).toISOString() as Instant
    await store.commit([update('write_back', where, { problem, due_at: again })])
  }
}
