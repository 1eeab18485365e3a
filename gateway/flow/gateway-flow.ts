import type { Codec } from '../contract/index.ts'
import { BaseWorker } from './base/base-worker.ts'
import { DeliveryWatch } from './delivery/delivery-watch.ts'
import { IntakeWorker } from './intake/intake-worker.ts'
import { Runner } from './runner.ts'
import type { Step } from './step.ts'
import type { Tools } from './tools.ts'
import { WriteBackWorker } from './write-back-worker.ts'

/** The workers of a running gateway: intake per source, the stages, write-back. */
export class GatewayFlow {
  readonly intake: readonly IntakeWorker[]
  readonly #runner: Runner
  readonly #writeBack: WriteBackWorker
  readonly #deliveries: DeliveryWatch
  readonly #bases: BaseWorker

  constructor(pipeline: readonly Step[], codecs: ReadonlyMap<string, Codec>, tools: Tools) {
    const first = pipeline[0]?.name ?? ''
    this.intake = [...tools.sources.values()].map((source) => new IntakeWorker(source, codecs, first, tools))
    this.#runner = new Runner(pipeline, tools)
    const byName = new Map(this.intake.map((worker) => [worker.name, worker]))
    this.#writeBack = new WriteBackWorker(tools, (source) => byName.get(source)?.health.state === 'down')
    this.#deliveries = new DeliveryWatch(tools)
    this.#bases = new BaseWorker(first, tools)
  }

  async start(): Promise<void> {
    await this.#runner.start()
    this.#writeBack.start()
    this.#deliveries.start()
    this.#bases.start()
    for (const worker of this.intake) worker.start()
  }

  /** Ends in the direction of the flow: nothing new comes in, what is under way ends, what is due is answered. */
  async stop(): Promise<void> {
    await Promise.all(this.intake.map((worker) => worker.stop()))
    await this.#bases.stop()
    await this.#deliveries.stop()
    await this.#runner.stop()
    await this.#writeBack.stop()
  }
}
