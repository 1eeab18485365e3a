import { z } from 'zod'
import type { Connectors } from '../config/find-connectors.ts'
import { type Codec, GatewayError, type InboundCall, type OpenSource, type TestStep } from '../contract/index.ts'
import type { WriteBackRow } from '../store/tables.ts'
import { event, update } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { pushRecords, type PushResult } from './actions/push-records.ts'
import { refuse } from './actions/refuse.ts'
import type { IntakeWorker } from './intake/intake-worker.ts'
import type { SourceState } from './intake/source-health.ts'
import type { Tools } from './tools.ts'

/** How a source stands. */
export interface SourceView {
  readonly name: string
  readonly connector: string
  readonly kind: OpenSource['kind']
  readonly mapper: string
  /** `stopped` where only a command looks, and nothing polls. */
  readonly state: SourceState | 'stopped'
  readonly since: string | null
  readonly lastLookAt: string | null
  readonly nextLookAt: string | null
  readonly problem: string | null
  readonly answersPending: number
  readonly answersParked: number
}

/** A connector with the form of its settings (JSON Schema). */
export interface ConnectorView {
  readonly name: string
  readonly title: string
  readonly kind: OpenSource['kind']
  readonly schema: object
}

/** A call from outside. */
export interface PushCall extends InboundCall {
  readonly contentType: string
  readonly idempotencyKey: string | undefined
}

/** What people and callers may ask of sources. */
export interface Sources {
  list(): Promise<SourceView[]>
  connectors(): ConnectorView[]
  test(name: string): Promise<readonly TestStep[]>
  /** Answers that a source refused for good. */
  parked(source?: string): Promise<WriteBackRow[]>
  /** Sends a parked answer, or all of a source, again. @returns how many */
  retry(
    which: { readonly kind: string; readonly subject: string } | { readonly source: string },
    actor: string,
  ): Promise<number>
  receive(name: string, call: PushCall): Promise<PushResult>
}

/** The form of a connector's settings as JSON Schema: what the page, the reference and the form are made from. */
export const schemaOfSettings = (config: z.ZodType): object => {
  const json = z.toJSONSchema(config, { unrepresentable: 'any', io: 'input' })
  delete json.$schema
  return json
}

const noSource = (name: string): GatewayError =>
  refuse(404, 'SRC-001', `There is no source ${name}.`, 'GET /api/v1/sources lists them.')

/** Of an unknown source no more is told than of a wrong proof. */
const notProven = (): GatewayError =>
  new GatewayError({
    kind: 'usage',
    code: 'SRC-002',
    message: 'The call does not prove that it may hand over records here.',
    hint: 'Send what the source asks for: token, signature or client certificate.',
    params: { status: 401 },
  })

const tooMany = (seconds: number): GatewayError =>
  new GatewayError({
    kind: 'usage',
    code: 'SRC-003',
    message: 'Too many calls to this source.',
    hint: 'Wait as Retry-After says, or send more records in one call.',
    params: { status: 429, retryAfterS: seconds },
  })

/** Lets so many calls a minute through, also all at once, and says how long the next one waits. */
const callLimit = (clock: () => Date): ((name: string, perMinute: number) => void) => {
  const due = new Map<string, number>()
  return (name, perMinute) => {
    const now = clock().getTime()
    const next = Math.max(now, due.get(name) ?? 0)
    if (next - now > 60_000 * (1 - 1 / perMinute)) throw tooMany(Math.ceil(60 / perMinute))
    due.set(name, next + 60_000 / perMinute)
  }
}

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null

/** Most parked answers that are listed, or sent again, at once. */
const mostParked = 1000

export const createSources = (
  tools: Tools,
  connectors: Pick<Connectors, 'sources'> & { readonly codecs: ReadonlyMap<string, Codec> },
  firstStage: string,
  intake: readonly IntakeWorker[] | undefined = [],
): Sources => {
  const { store } = tools
  const limit = callLimit(tools.clock)
  const workers = new Map(intake.map((worker) => [worker.name, worker]))
  return {
    async list() {
      const counts = await store.writeBacks.counts()
      return [...tools.sources.values()].map(({ name, connector, kind, mapper }) => {
        const worker = workers.get(name)
        return {
          name,
          connector: connector ?? '',
          kind: kind ?? 'files',
          mapper,
          state: worker?.health.state ?? 'stopped',
          since: iso(worker?.health.since),
          lastLookAt: iso(worker?.lastListedAt),
          nextLookAt: iso(worker?.nextLookAt),
          problem: worker?.lastProblem ?? null,
          answersPending: counts.get(name)?.pending ?? 0,
          answersParked: counts.get(name)?.failed ?? 0,
        }
      })
    },
    connectors: () =>
      [...connectors.sources.values()].map(({ name, title, kind, config }) => ({
        name,
        title,
        kind: kind ?? 'files',
        schema: schemaOfSettings(config),
      })),
    async test(name) {
      const source = tools.sources.get(name)
      if (!source) throw noSource(name)
      const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(60_000)])
      return (await source.test?.({ signal })) ?? []
    },
    parked: (source) => store.writeBacks.list({ state: 'failed', ...(source ? { source } : {}), limit: mostParked }),
    async retry(which, actor) {
      const failed =
        'source' in which
          ? await store.writeBacks.list({ state: 'failed', source: which.source, limit: mostParked })
          : [await store.writeBacks.get(which.kind, which.subject)].filter((row) => row?.state === 'failed')
      const at = instant(tools.clock())
      const rows = failed.filter((row) => row !== undefined)
      await store.commit(
        rows.flatMap(({ kind, subject, source }) => [
          update('write_back', { kind, subject, state: 'failed' }, { state: 'pending', due_at: at, tries: 0 }),
          event({ at, actor, type: 'write-back.retried', subject, detail: { kind, source } }),
        ]),
      )
      return rows.length
    },
    async receive(name, call) {
      const source = tools.sources.get(name)
      if (source?.kind !== 'push') throw notProven()
      if (source.callsPerMinute !== undefined) limit(name, source.callsPerMinute)
      if (call.body.length > source.maxBytes)
        throw refuse(422, 'INT-001', `The body is larger than ${source.maxBytes} bytes.`, 'Send it in parts.')
      const caller = await source.connection.call(tools.signal, async (open, context) =>
        open.kind === 'push' ? open.authenticate(call, context) : undefined,
      )
      if (caller === undefined) throw notProven()
      const { contentType, idempotencyKey, body } = call
      const input = { mapper: source.mapper, source: name, body, contentType, idempotencyKey, actor: `source:${name}` }
      return pushRecords(input, connectors.codecs, firstStage, tools)
    },
  }
}
