import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { IntakeWorker } from '../flow/intake/intake-worker.ts'
import type { Tools } from '../flow/tools.ts'
import { states } from '../contract/index.ts'

/** Prometheus metrics; read from the store when asked for, so that they are right after every restart. */
export const createMetrics = (tools: Tools, intake: readonly IntakeWorker[]) => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'ecoc_ecocs',
    help: 'eCoCs by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await tools.store.ecocs.countByState()
      for (const state of states) this.set({ state }, counts[state] ?? 0)
    },
  })
  new Gauge({
    name: 'ecoc_jobs',
    help: 'eCoCs under way or waiting to be tried again',
    registers: [registry],
    async collect() {
      this.set(await tools.store.jobs.count())
    },
  })
  new Gauge({
    name: 'ecoc_write_backs_pending',
    help: 'Answers that are still to be written beside their records',
    registers: [registry],
    async collect() {
      this.set(await tools.store.writeBacks.countPending())
    },
  })
  new Gauge({
    name: 'ecoc_source_last_listed_seconds',
    help: 'When a source was last listed without error (Unix time)',
    labelNames: ['source'],
    registers: [registry],
    collect() {
      for (const worker of intake) this.set({ source: worker.name }, (worker.lastListedAt?.getTime() ?? 0) / 1000)
    },
  })
  return async (): Promise<{ contentType: string; body: string }> => ({
    contentType: registry.contentType,
    body: await registry.metrics(),
  })
}
