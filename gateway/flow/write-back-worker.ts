import { type EcocId, GatewayError, type Instant, type SpoolId } from '../contract/index.ts'
import type { RowProblem } from '../contract/index.ts'
import type { LineWithEcoc } from '../store/repositories/spools.ts'
import type { SpoolRow, WriteBackRow } from '../store/tables.ts'
import { event, update } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { Waker } from '../support/waker.ts'
import { type AnsweredFile, type AnswerLine, fileAnswers, type FileAnswerKind } from '../writeback/file-answers.ts'
import { receiptAnswer } from '../writeback/receipt-answer.ts'
import { delayAfter } from './delivery/conclude.ts'
import type { Tools } from './tools.ts'

const callMs = 60_000
const longestSleepMs = 5_000

const gone = (source: string): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'WBK-001',
    message: `There is no source ${source} any more to write an answer to.`,
    hint: 'Configure it again, or leave the answer.',
  })

/** Without bytes: it has nothing to say, and an earlier one of that name is taken away. */
interface Answer {
  readonly name: string
  readonly bytes: Buffer | undefined
}

const toLine = (l: LineWithEcoc): AnswerLine => ({
  line: l.line,
  vin: l.vin ?? undefined,
  id: l.ecoc_id ?? undefined,
  known: l.known === 1,
  state: l.state,
  mode: l.mode ?? 'live',
  reason: l.reason ?? undefined,
  nextStep: l.next_step ?? undefined,
  reference: l.receipt_reference ?? undefined,
  problems: l.problems ? (JSON.parse(l.problems) as RowProblem[]) : [],
})

/** Writes answers beside the records they answer. Each may be written again: the content is read when it is due. */
export class WriteBackWorker {
  readonly #tools: Tools
  readonly #waker = new Waker()
  #running: Promise<void> | undefined
  #stopped = false

  constructor(tools: Tools) {
    this.#tools = tools
  }

  start(): void {
    const off = this.#tools.store.onCommit((writes) => {
      if (writes.some((w) => w.op === 'upsert' && w.table === 'write_back')) this.#waker.wake()
    })
    this.#running = this.#loop().finally(off)
  }

  /** Ends after the answers that are due have been written once more. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#waker.wake()
    await this.#running
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (await this.#turn()) continue
        const next = await this.#tools.store.writeBacks.nextDue()
        const wait = next ? Date.parse(next) - this.#tools.clock().getTime() : longestSleepMs
        await this.#waker.sleep(Math.min(longestSleepMs, Math.max(5, wait)))
      } catch (error) {
        this.#tools.log.error({ err: error }, 'a turn of the write-back failed')
        await this.#waker.sleep(longestSleepMs)
      }
    }
  }

  /** @returns whether there was anything to write */
  async #turn(): Promise<boolean> {
    const due = await this.#tools.store.writeBacks.due(instant(this.#tools.clock()), 50)
    for (const row of due) await this.#one(row)
    return due.length > 0
  }

  async #one(row: WriteBackRow): Promise<void> {
    const { store } = this.#tools
    const { kind, subject, due_at } = row
    const tries = row.tries + 1
    // An answer that falls due anew begins at no tries again: then what is written here is old, and it stays due.
    const where = { kind, subject, due_at, tries }
    try {
      await store.commit([update('write_back', { ...where, tries: row.tries }, { tries })])
      const answer = await this.#answer(row)
      const source = this.#tools.sources.get(row.source)?.open
      if (!source) throw gone(row.source)
      const context = { signal: AbortSignal.any([this.#tools.signal, AbortSignal.timeout(callMs)]) }
      if (answer?.bytes) await source.writeBack(answer.name, answer.bytes, context)
      else if (answer) await source.withdraw(answer.name, context)
      const at = instant(this.#tools.clock())
      const done = update('write_back', where, { state: 'done', done_at: at, problem: null })
      const told = row.kind === 'receipt' && answer !== undefined
      const detail = { file: answer?.name, source: row.source }
      await store.commit([
        done,
        ...(told
          ? [
              update('ecoc', { id: row.subject as EcocId }, { write_back: 'done' }),
              event({ at, actor: 'gateway', type: 'receipt.written-back', subject: row.subject, detail }),
            ]
          : []),
      ])
    } catch (error) {
      const problem = (error as Error).message
      if (problem !== row.problem)
        this.#tools.log.warn({ err: error, answer: row.name }, 'an answer could not be written')
      const again = new Date(this.#tools.clock().getTime() + delayAfter(tries, this.#tools))
      await store.commit([update('write_back', where, { problem, due_at: again.toISOString() as Instant })])
    }
  }

  async #answer(row: WriteBackRow): Promise<Answer | undefined> {
    const { store } = this.#tools
    if (row.kind !== 'receipt') {
      const spool = await store.spools.get(row.subject as SpoolId)
      return spool && this.#fileAnswer(spool, row.kind as FileAnswerKind)
    }
    const ecoc = await store.ecocs.get(row.subject as EcocId)
    const receipt = await store.receipts.latest(row.subject as EcocId)
    // A newer version answers for the vehicle.
    if (ecoc?.mode !== 'live' || !receipt || ecoc.state === 'superseded') return undefined
    return receiptAnswer({
      vin: ecoc.vin,
      id: ecoc.id,
      state: ecoc.state,
      version: ecoc.version,
      accessPoint: ecoc.access_point ?? '',
      iviReferenceId: ecoc.ivi_reference_id ?? '',
      documentSha256: ecoc.signed_sha256 ?? '',
      receipt,
    })
  }

  async #fileAnswer(spool: SpoolRow, kind: FileAnswerKind): Promise<Answer | undefined> {
    // A newer file of the same name has its own answers there.
    if ((await this.#tools.store.spools.latestByKey(spool.source, spool.key))?.id !== spool.id) return undefined
    const csv = this.#tools.mappers.get(spool.mapper)?.input.csv
    const file: AnsweredFile = {
      name: spool.key,
      lines: (await this.#tools.store.spools.lines(spool.id)).map(toLine),
      problem: spool.problem ? (JSON.parse(spool.problem) as { code: string; message: string }) : undefined,
      dialect: { delimiter: csv?.delimiter ?? ';', encoding: csv?.encoding ?? 'utf-8' },
    }
    const answer = fileAnswers[kind]
    return { name: `${spool.key}${answer.ending}`, bytes: answer.isDue(file) ? answer.bytes(file) : undefined }
  }
}
