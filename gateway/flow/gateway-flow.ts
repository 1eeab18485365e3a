import type { Codec } from '../contract/index.ts'
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

  constructor(pipeline: readonly Step[], codecs: ReadonlyMap<string, Codec>, tools: Tools) {
    const first = pipeline[0]?.name ?? ''
    this.intake = [...tools.sources.values()].map((source) => new IntakeWorker(source, codecs, first, tools))
    this.#runner = new Runner(pipeline, tools)
    this.#writeBack = new WriteBackWorker(tools)
  }

  async start(): Promise<void> {
    await this.#runner.start()
    this.#writeBack.start()
    for (const worker of this.intake) worker.start()
  }

  /** Ends in the direction of the flow: nothing new comes in, what is under way ends, what is due is answered. */
  async stop(): Promise<void> {
    await Promise.all(this.intake.map((worker) => worker.stop()))
    await this.#runner.stop()
    await this.#writeBack.stop()
  }
}
