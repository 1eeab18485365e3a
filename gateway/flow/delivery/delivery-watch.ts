import { GatewayError, type Instant, type VehicleModel } from '../../contract/index.ts'
import { valueAt } from '../../ivi/get-value.ts'
import type { AccessPointPauseRow, DeliveryDeadlineRow, EcocRow } from '../../store/tables.ts'
import { event, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'
import { endPause } from './access-point-control.ts'

const dayMs = 86_400_000
/** What came in a moment ago is on its way: nobody is to be warned of it. */
const onItsWayMs = 600_000
const atOnce = 200

type Told = DeliveryDeadlineRow['told']

/** Looks after what falls due by itself: the end of a pause, and eCoCs that are late ("without undue delay", 2018/858 Art 37). */
export class DeliveryWatch {
  readonly #tools: Tools
  readonly #everyMs: number
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isBusy = false

  constructor(tools: Tools, everyMs = 5_000) {
    this.#tools = tools
    this.#everyMs = everyMs
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#everyMs)
    this.#timer.unref()
  }

  /** Returns when the round under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  #tick(): void {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#looking = this.look()
      .catch((error: unknown) => this.#tools.log.error({ err: error }, 'looking after deliveries failed'))
      .finally(() => {
        this.#isBusy = false
      })
  }

  /** One round: what is over ends, what is due is noted and told, each once. */
  async look(): Promise<void> {
    const { deliveries } = this.#tools.store
    const now = instant(this.#tools.clock())
    for (const pause of await deliveries.pauses()) if (pause.until_at <= now) await this.#endPause(pause)
    await this.#note()
    await this.#tell('near', this.#after(this.#tools.config.delivery.deadlineWarning))
    await this.#tell('missed', now)
  }

  async #endPause({ access_point, until_at }: AccessPointPauseRow): Promise<void> {
    try {
      await endPause(access_point, 'gateway', this.#tools, until_at)
    } catch (error) {
      // A person made it longer in this moment.
      if (!(error instanceof GatewayError) || error.code !== 'STO-003') throw error
    }
  }

  #after(ms: number): Instant {
    return instant(new Date(this.#tools.clock().getTime() + ms))
  }

  /** Gives a deadline to what has none yet. */
  async #note(): Promise<void> {
    const { store, config } = this.#tools
    for (const ecoc of await store.deliveries.withoutDeadline(this.#after(-onItsWayMs), atOnce)) {
      const made = await this.#madeOn(ecoc)
      const due_at = instant(new Date(made + dayMs + config.delivery.deadline))
      await store.commit([upsert('delivery_deadline', { ecoc_id: ecoc.id, due_at, told: 'nothing' })])
    }
  }

  /** The day of manufacture; where it cannot be read, the day on which the record came. */
  async #madeOn(ecoc: EcocRow): Promise<number> {
    const kept = await this.#tools.store.contents.get(ecoc.id, 'model')
    const tree = kept && (JSON.parse(kept.bytes.toString()) as VehicleModel).tree
    const made = Date.parse(`${(tree && valueAt(tree, 'DateManufactureVehicle')) ?? ''}T00:00:00Z`)
    return Number.isFinite(made) ? made : Date.parse(ecoc.created_at)
  }

  async #tell(told: Exclude<Told, 'nothing'>, before: Instant): Promise<void> {
    const { store, log } = this.#tools
    const at = instant(this.#tools.clock())
    const sofar: Told[] = told === 'near' ? ['nothing'] : ['nothing', 'near']
    for (const was of sofar)
      for (const { id, vin, state, due_at } of await store.deliveries.dueBefore(before, was, atOnce)) {
        if (told === 'near' && due_at <= at) continue
        const writes: Write[] = [
          update('delivery_deadline', { ecoc_id: id, told: was }, { told }, 1),
          event({ at, actor: 'gateway', type: `ecoc.deadline_${told}`, subject: id, detail: { due: due_at, state } }),
        ]
        await store.commit(writes)
        log.warn({ ecoc: id, vin, state, due: due_at }, told === 'near' ? 'delivery is due soon' : 'delivery is late')
      }
  }
}
