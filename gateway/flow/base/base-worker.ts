import type { FilesSettings } from '../../config/parts/base.ts'
import type { Tools } from '../tools.ts'
import { followIssues } from './base-issues.ts'
import { fetchAnnounced } from './goods-in.ts'
import { handOver } from './hand-over.ts'
import { sweepFiles } from './sweep-files.ts'
import { watchBases } from './watch-bases.ts'

interface Task {
  readonly what: string
  readonly run: () => Promise<unknown>
  readonly everyMs: number
  nextAt: number
  busy: Promise<void> | undefined
}

/** Looks after base eCoCs beside the flow: folders of makers, announced vehicles, corrections, hand-over. Each task by itself: none waits for another. */
export class BaseWorker {
  readonly #tools: Tools
  readonly #tickMs: number
  readonly #tasks: readonly Task[]
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  /** @param firstStage name of the stage at which a record begins */
  constructor(firstStage: string, tools: Tools, tickMs = 1_000) {
    this.#tools = tools
    this.#tickMs = tickMs
    const isStopped = (): boolean => this.#stopped
    const task = (what: string, everyMs: number, run: () => Promise<unknown>): Task => ({
      what,
      run,
      everyMs,
      nextAt: 0,
      busy: undefined,
    })
    const folders = tools.config.base.origins.filter((o): o is FilesSettings => o.kind === 'files')
    this.#tasks = [
      task('bases that are awaited', 1_000, () => fetchAnnounced(firstStage, tools, isStopped)),
      task('bases in use', 1_000, () => watchBases(firstStage, tools, isStopped)),
      task('corrected bases', 5_000, () => followIssues(firstStage, tools)),
      task('hand-over', 1_000, () => handOver(tools, isStopped)),
      ...folders.map((origin) =>
        task(`origin ${origin.name}`, origin.poll, () => sweepFiles(origin, firstStage, tools)),
      ),
    ]
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#tickMs)
    this.#timer.unref()
  }

  /** Returns when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    for (const { busy } of this.#tasks) await busy
  }

  #tick(): void {
    const now = this.#tools.clock().getTime()
    for (const task of this.#tasks) {
      if (task.busy || task.nextAt > now) continue
      task.nextAt = now + task.everyMs
      task.busy = task
        .run()
        .then(() => undefined)
        .catch((error: unknown) =>
          this.#tools.log.warn({ err: error, task: task.what }, 'looking after base eCoCs failed'),
        )
        .finally(() => {
          task.busy = undefined
        })
    }
  }
}
