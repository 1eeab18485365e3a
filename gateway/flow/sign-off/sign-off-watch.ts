import type { SignOffOfEcoc } from '../../store/repositories/sign-offs.ts'
import { event, insert, remove, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'
import { trendLines } from './history-of.ts'
import { createMailer, type Mail, type SendMail } from './mailer.ts'

const atOnce = 200
/** What was not built for so long gives no alert any more. */
const watchedFor = 14 * 24 * 60 * 60 * 1000
const hours = (ms: number): string =>
  ms >= 3_600_000 ? `${Math.floor(ms / 3_600_000)} h` : `${Math.floor(ms / 60_000)} min`

/**
 * Looks after what waits: reminds, tells those above, and tells when the drift of a variant moved. What is told stands in the
 * audit first; mail is sent after, at most once.
 */
export class SignOffWatch {
  readonly #tools: Tools
  readonly #send: SendMail | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isBusy = false

  constructor(tools: Tools, send: SendMail | undefined = createMailer(tools.config.signOff, tools.configFolder)) {
    this.#tools = tools
    this.#send = send
  }

  start(everyMs = 60_000): void {
    const turn = (): void => {
      if (this.#isBusy) return
      this.#isBusy = true
      this.#looking = this.look()
        .catch((error: unknown) => this.#tools.log.error({ err: error }, 'looking after the sign-offs failed'))
        .finally(() => (this.#isBusy = false))
    }
    turn()
    this.#timer = setInterval(turn, everyMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  /** One round. */
  async look(): Promise<void> {
    const { remindAfter, escalateAfter } = this.#tools.config.signOff
    await this.#tell('escalated', escalateAfter)
    await this.#tell('reminded', remindAfter)
    await this.#watchTrends()
  }

  async #tell(kind: 'reminded' | 'escalated', afterMs: number): Promise<void> {
    const { store, clock } = this.#tools
    const at = instant(clock())
    const before = instant(new Date(clock().getTime() - afterMs))
    const due = await store.signOffs.untold(kind, before, atOnce)
    if (due.length === 0) return
    const isEscalation = kind === 'escalated'
    const writes = due.flatMap((s): Write[] => [
      // Who is told above need not be reminded of the same any more.
      update(
        'sign_off',
        { id: s.id, decision: null },
        isEscalation ? { escalated_at: at, reminded_at: at } : { reminded_at: at },
      ),
      // The row of the eCoC moves too, so that every open window hears of it.
      update('ecoc', { id: s.ecoc_id, state: 'awaiting_signoff' }, { next_step: nextStep(isEscalation, s) }),
      event({
        at,
        actor: 'gateway',
        type: `signoff.${kind}`,
        subject: s.ecoc_id,
        detail: { signOff: s.id, since: s.requested_at },
      }),
    ])
    await store.commit(writes)
    await this.#mail({ ...this.#mailOf(due, isEscalation), isEscalation }, due)
  }

  #mailOf(due: readonly SignOffOfEcoc[], isEscalation: boolean): Omit<Mail, 'isEscalation'> {
    const now = this.#tools.clock().getTime()
    const lines = due.map((s) => `- ${s.vin}, waits ${hours(now - Date.parse(s.requested_at))}`)
    const what = due.length === 1 ? `the drift of ${due[0]?.vin ?? ''}` : `the drift of ${due.length} vehicles`
    const subject = isEscalation ? `Nobody decided on ${what}` : `Please decide on ${what}`
    const text = [`${subject}. They wait at ${this.#tools.config.site.name}:`, '', ...lines, '', 'eCoC Gateway'].join(
      '\n',
    )
    return { subject, text }
  }

  async #mail(mail: Mail, due: readonly SignOffOfEcoc[]): Promise<void> {
    if (!this.#send) return
    const { store, clock, log } = this.#tools
    let problem: string | undefined
    try {
      await this.#send(mail)
    } catch (error) {
      problem = (error as Error).message
      log.warn({ err: error }, 'a mail about sign-offs was not sent')
    }
    const detail = { subject: mail.subject, vehicles: due.map((s) => s.vin), ...(problem ? { problem } : {}) }
    const type = problem === undefined ? 'signoff.mailed' : 'signoff.mail_failed'
    const at = instant(clock())
    await store.commit([event({ at, actor: 'gateway', type, subject: 'sign-offs', detail })])
  }

  async #watchTrends(): Promise<void> {
    const { store, clock } = this.#tools
    const at = instant(clock())
    const since = new Date(clock().getTime() - watchedFor)
    const [lines, told] = await Promise.all([trendLines(store, since), store.weighings.alerts()])
    const key = (a: { variant: string; field: string }): string => JSON.stringify([a.variant, a.field])
    const known = new Set(told.map(key))
    const moved = lines.filter((l) => l.alert)
    const now = new Set(moved.map(key))
    const writes: Write[] = [
      ...moved
        .filter((l) => !known.has(key(l)))
        .flatMap(({ variant, field, shift, count }) => [
          insert('drift_alert', { variant, field, shift, at }),
          event({ at, actor: 'gateway', type: 'drift.moved', subject: variant, detail: { field, shift, count } }),
        ]),
      ...told
        .filter((a) => !now.has(key(a)))
        .flatMap(({ variant, field }) => [
          remove('drift_alert', { variant, field }),
          event({ at, actor: 'gateway', type: 'drift.settled', subject: variant, detail: { field } }),
        ]),
    ]
    if (writes.length > 0) await store.commit(writes)
  }
}

const nextStep = (isEscalation: boolean, { requested_at }: SignOffOfEcoc): string =>
  `Quality: look at the drift and decide. It waits since ${requested_at}${isEscalation ? ', and those above were told' : ''}.`
