import { setTimeout } from 'node:timers/promises'
import type { Hono } from 'hono'
import { signOff, type SignOffSettings } from '../../gateway/config/parts/sign-off.ts'
import { isResting, type Vin } from '../../gateway/contract/index.ts'
import { createActions } from '../../gateway/flow/actions/create-actions.ts'
import { createAccessPointControl } from '../../gateway/flow/delivery/access-point-control.ts'
import { GatewayFlow } from '../../gateway/flow/gateway-flow.ts'
import { createFlows } from '../../gateway/flow/modes/create-flows.ts'
import { createSignOffDesk } from '../../gateway/flow/sign-off/sign-off-desk.ts'
import type { Tools } from '../../gateway/flow/tools.ts'
import { createPerson, createToken } from '../../gateway/http/auth/credentials.ts'
import { createApp } from '../../gateway/http/create-app.ts'
import type { Env } from '../../gateway/http/env.ts'
import { ivi20 } from '../../gateway/ivi/catalogue.ts'
import { writeDocument } from '../../gateway/ivi/write-document.ts'
import { pipeline } from '../../gateway/pipeline.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import type { EcocRow } from '../../gateway/store/tables.ts'
import { insert, upsert } from '../../gateway/store/writes.ts'
import { instant } from '../../gateway/support/clock.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { openSandbox } from '../unit/commands/command-fixture.ts'

export const password = 'correct-horse-battery'
const columns =
  'MFGNUM;VIN;TYPE;VARIANT;VERSION;BODY;BODYMASS;MASS_RO;MASS_ACT;MASS_AX1;MASS_AX2;WHEELBASE;LENGTH;WIDTH;HEIGHT;MFGDATE;COP;DEST'
/** A body of the sample builder that fits the sample chassis. */
const fitting = {
  ...{ MFGNUM: 'X-1', TYPE: 'EXB5', VARIANT: 'BOX42', VERSION: 'V01', BODY: 'BA', BODYMASS: '0,600' },
  ...{ MASS_RO: '2,880', MASS_ACT: '2,905', MASS_AX1: '1,336', MASS_AX2: '1,569', WHEELBASE: '3,750' },
  ...{ LENGTH: '6,800', WIDTH: '2,200', HEIGHT: '3,050', MFGDATE: '06.07.2026', COP: 'J', DEST: 'NL' },
}
export type Row = Partial<typeof fitting>

/** An answer, whose JSON tests look into. */
export interface Answer {
  readonly status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test says by its patterns what must be there
  readonly body: any
}

export interface InProcess {
  readonly app: Hono<Env>
  readonly tools: Tools
  readonly data: Awaited<ReturnType<typeof openSandbox>>['data']
  readonly run: Awaited<ReturnType<typeof openSandbox>>['run']
  /** A VIN of its own whose base eCoC is known. */
  vehicle(): Promise<Vin>
  /** The secret of a token; bound to the person of that name, unless it is to be nobody's. */
  token(name: string, role: string, bound?: boolean): Promise<string>
  call(token: string, method: string, path: string, body?: unknown): Promise<Answer>
  push(token: string, vin: string, row?: Row): Promise<Answer>
  /** The newest eCoC of a VIN, once it rests or is signed. */
  settled(vin: string): Promise<EcocRow>
}

/**
 * The real gateway in this process, store, flow and HTTP alike, as far as the signature: nothing is sent. It counts as
 * production, so that what the sandbox lets pass is not let pass.
 */
export const openInProcess = async (
  t: { teardown(done: () => Promise<void>): void },
  settings: Partial<SignOffSettings> = {},
): Promise<InProcess> => {
  const { data, run } = await openSandbox(t)
  const own = signOff.parse({})
  // What is configured by hand elsewhere is set in the one configuration that everything was made with.
  Object.assign(data.tools.config, { signOff: { ...own, ...settings } })
  const { tools, connectors } = data
  const { store } = tools
  await store.commit([upsert('setting', { key: 'kind', value: 'production' })])
  const first = pipeline[0]?.name ?? ''
  const flow = new GatewayFlow(
    pipeline.filter((step) => step.name !== 'submission'),
    connectors.codecs,
    tools,
  )
  const app = createApp({
    store,
    clock: tools.clock,
    version: '1',
    actions: createActions(tools, connectors.codecs, first),
    flows: createFlows(tools, first),
    accessPoints: createAccessPointControl(tools),
    signOffs: createSignOffDesk(tools, first),
    status: () => Promise.resolve({ ok: true, ready: true, checks: [] }),
    mappers: () => [...tools.mappers.values()],
    catalogueOf: () => ivi20,
    otherAccessPoints: () => [],
    allowedHosts: [],
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as Parameters<typeof createApp>[0])
  await flow.start()
  t.teardown(() => flow.stop())

  const hashed = (await createPerson({ name: 'template', password, role: 'viewer' })).password
  let vehicles = 100
  let tokens = 0
  const call: InProcess['call'] = async (token, method, path, body) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await app.request(`/api/v1${path}`, { method, headers, ...sent })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, body: isJson ? JSON.parse(text) : text }
  }
  return {
    ...{ app, tools, data, run, call },
    async vehicle() {
      const vin = sampleVin(++vehicles) as Vin
      const bytes = writeDocument(sampleBaseTree(vin))
      const at = instant(tools.clock())
      const row = { vin, stage: 1, bytes, sha256: sha256(bytes), origin: 'upload', verification: '{}', at }
      await store.commit([upsert('base_ecoc', row)])
      return vin
    },
    async token(name, role, bound = true) {
      const { token, row } = createToken({ name: `${name}-${++tokens}`, role, ...(bound ? { person: name } : {}) })
      const known = await store.access.person(name)
      const person = { name, role, password: hashed, created_at: row.created_at }
      await store.commit([insert('token', row), ...(bound && !known ? [insert('person', person)] : [])])
      return token
    },
    async push(token, vin, row = {}) {
      const all: Record<string, string> = { ...fitting, ...row, VIN: vin }
      const line = columns.split(';').map((c) => all[c])
      const body = `${columns}\r\n${line.join(';')}\r\n`
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv; charset=windows-1252' }
      const answer = await app.request('/api/v1/records?mapper=sage-x3', { method: 'POST', headers, body })
      return { status: answer.status, body: await answer.json() }
    },
    async settled(vin) {
      for (let tries = 0; ; tries++) {
        const [ecoc] = await store.ecocs.list({ vin, limit: 1 })
        const job = ecoc && (await store.jobs.get(ecoc.id))
        if (ecoc && !job && (isResting(ecoc.state) || ecoc.state === 'signed')) return ecoc
        if (ecoc && job && isResting(ecoc.state) && ecoc.state !== 'held') return ecoc
        if (tries > 2000)
          throw new Error(`${vin} never came to rest: ${ecoc?.state ?? 'nothing'} ${ecoc?.reason ?? ''}`)
        await setTimeout(5)
      }
    },
  }
}
