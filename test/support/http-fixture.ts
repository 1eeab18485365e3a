import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import type { EcocId } from '../../gateway/contract/index.ts'
import { createAccessPointControl } from '../../gateway/flow/delivery/access-point-control.ts'
import { createBases } from '../../gateway/flow/base/create-bases.ts'
import { createActions } from '../../gateway/flow/actions/create-actions.ts'
import { otherAccessPoints } from '../../gateway/flow/actions/route-ecoc.ts'
import { createRouteDesk } from '../../gateway/flow/ask-route.ts'
import { createSignOffDesk } from '../../gateway/flow/sign-off/sign-off-desk.ts'
import { createFlows } from '../../gateway/flow/modes/create-flows.ts'
import type { Tools } from '../../gateway/flow/tools.ts'
import { createApp } from '../../gateway/http/create-app.ts'
import { createPerson, createToken } from '../../gateway/http/auth/credentials.ts'
import { roles, type Role } from '../../gateway/http/auth/roles.ts'
import type { Actions, HealthStatus, HttpDeps } from '../../gateway/http/deps.ts'
import type { Env } from '../../gateway/http/env.ts'
import { refusal } from '../../gateway/http/problem.ts'
import { ivi20 } from '../../gateway/ivi/catalogue.ts'
import type { Store } from '../../gateway/store/store.ts'
import type { EcocRow } from '../../gateway/store/tables.ts'
import { event, insert, update } from '../../gateway/store/writes.ts'
import { signOff } from '../../gateway/config/parts/sign-off.ts'
import { closedCircuit } from '../../gateway/submission/circuit-breaker.ts'
import { instant } from '../../gateway/support/clock.ts'
import { Mutex } from '../../gateway/support/mutex.ts'
import { openFilledStore } from './store-fixture.ts'

export const password = 'correct-horse-battery'

export interface Fixture {
  readonly app: Hono<Env>
  readonly store: Store
  readonly rows: readonly EcocRow[]
  readonly deps: HttpDeps
  readonly tokens: Readonly<Record<Role, string>>
  /** What the actions were asked for, in order. */
  readonly asked: unknown[][]
  /** May be changed by a test. */
  health: HealthStatus
  now: Date
}

/** A fresh folder under test/.tmp, gone when the test is over. */
export const temporaryFolder = (t: { teardown(fn: () => void): void }, name: string): string => {
  const parent = new URL('../.tmp/', import.meta.url).pathname
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, `${name}-`))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Actions that keep what they were asked; sign-off and cancel change the store as the real ones would. */
const recordingActions = (
  store: Store,
  asked: unknown[][],
  clock: () => Date,
): Omit<Actions, 'route' | 'previewBulk' | 'confirmBulk'> => {
  const note =
    (verb: string) =>
    (...args: unknown[]): Promise<void> => {
      asked.push([verb, ...args])
      return Promise.resolve()
    }
  return {
    signOff: async (id: EcocId, input, { name: actor }) => {
      asked.push(['signOff', id, input, actor])
      const open = await store.signOffs.open(id)
      if (!open) throw refusal(409, 'SGN-001', 'No sign-off is open.')
      if (open.document_sha256 !== input.documentSha256) throw refusal(409, 'SGN-002', 'Another document was shown.')
      const at = instant(clock())
      const { decision, comment } = input
      await store.commit([
        update('sign_off', { id: open.id }, { decision, comment, decided_by: actor, decided_at: at }, 1),
        update('ecoc', { id }, { state: decision === 'approve' ? 'signed' : 'held', reason: null, updated_at: at }, 1),
        event({ at, actor, type: `signoff.${decision}`, subject: id, detail: { comment } }),
      ])
    },
    replay: note('replay'),
    retry: note('retry'),
    resolve: note('resolve'),
    correct: note('correct'),
    reopen: note('reopen'),
    cancel: note('cancel'),
    submitted: note('submitted'),
    reply: note('reply'),
    push: (input) => {
      asked.push(['push', { ...input, body: input.body.toString() }])
      return Promise.resolve(
        input.body.length === 0
          ? {
              records: [],
              refused: [
                { line: 0, problems: [{ code: 'INB-001', field: '', value: '', message: 'The file is empty.' }] },
              ],
            }
          : { records: [{ recordKey: 'K', id: 'I', known: false }], refused: [] },
      )
    },
  }
}

/** Acting on many, and on where one goes, is done for real: what counts is what changes. */
const bulkActions = (tools: Tools): Pick<Actions, 'route' | 'previewBulk' | 'confirmBulk'> => {
  const real = createActions(tools, new Map(), 'base')
  return {
    route: (id, input, actor) => real.route(id, input, actor),
    previewBulk: (input, actor) => real.previewBulk(input, actor),
    confirmBulk: (input, actor) => real.confirmBulk(input, actor),
  }
}

/** Knows no mapper; a test that needs some brings a workbench of its own. */
const unknown = () => Promise.reject(refusal(404, 'WRK-002', 'There is no such mapper.'))
const noWorkbench: HttpDeps['workbench'] = {
  list: () => Promise.resolve([]),
  recordOf: () => Promise.resolve(undefined),
  describe: unknown,
  find: unknown,
  preview: unknown,
  contract: unknown,
  propose: unknown,
  approve: unknown,
  release: unknown,
  rollBack: unknown,
}

/** Has no source; a test that needs some brings its own. */
const noSources: HttpDeps['sources'] = {
  list: () => Promise.resolve([]),
  connectors: () => [],
  test: () => Promise.reject(refusal(404, 'SRC-001', 'There is no such source.')),
  parked: () => Promise.resolve([]),
  retry: () => Promise.resolve(0),
  receive: () => Promise.reject(refusal(401, 'SRC-002', 'Not proven.')),
}

/** The app on a real store full of plausible rows, with one token and one person per role (the person has its name). */
export const openFixture = async (
  t: { teardown(fn: () => unknown): void },
  options: {
    workbench?: (store: Store) => HttpDeps['workbench']
    sources?: (store: Store) => HttpDeps['sources']
    uiFolder?: string
    shutdown?: AbortSignal
    now?: Date
  } = {},
): Promise<Fixture> => {
  const now = options.now ?? new Date('2026-11-20T12:00:00Z')
  const { store, rows } = await openFilledStore(temporaryFolder(t, 'http'), now)
  // Teardowns run last first: the store closes before its folder goes.
  t.teardown(() => store.close())
  const asked: unknown[][] = []
  const tokens: Partial<Record<Role, string>> = {}
  const password_ = (await createPerson({ name: 'template', password, role: 'viewer' })).password
  for (const role of roles) {
    const { token, row } = createToken({
      name: `${role}-token`,
      role,
      ...(role === 'quality' || role === 'approver' ? { person: role } : {}),
    })
    tokens[role] = token
    // One hash for all: scrypt is slow on purpose.
    await store.commit([
      insert('token', row),
      insert('person', { name: role, role, password: password_, created_at: row.created_at }),
    ])
  }
  const fixture = {
    store,
    rows,
    asked,
    now,
    tokens: tokens as Record<Role, string>,
    health: {
      ok: true,
      ready: true,
      checks: [],
      sandbox: { control: 'http://127.0.0.1:9', inbox: '/data/inbox/sage-x3' },
    } as HealthStatus,
  }
  const title = 'Sage X3, completed vehicles'
  const point = (name: string, testOf?: string): unknown => ({
    ...{ name, testOf, environment: 'sandbox', config: {}, circuit: closedCircuit },
    connector: { name: 'eu-soap', title: 'Example', delivery: () => ({ channel: 'call' }) },
  })
  const tools = {
    store,
    clock: () => fixture.now,
    mappers: new Map([['sage-x3', { name: 'sage-x3', version: '1.0.0', title }]]),
    accessPoints: new Map([
      ['nl-example', point('nl-example')],
      ['nl-acceptance', point('nl-acceptance', 'nl-example')],
    ]),
    routingTable: { environment: 'sandbox', accessPoints: [], rules: [], otherwise: 'nl-example' },
    config: {
      site: { timeZone: 'UTC' },
      signOff: signOff.parse({}),
      flows: [],
      delivery: { parallel: 4, failuresToOpen: 5, probeEvery: 60_000 },
    },
    taking: new Mutex(),
    sources: new Map(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as Tools
  const deps: HttpDeps = {
    store,
    clock: () => fixture.now,
    version: '0.1.0',
    actions: {
      ...recordingActions(store, asked, () => fixture.now),
      ...bulkActions(tools),
    },
    bases: createBases(tools, 'base'),
    flows: createFlows(tools, 'base'),
    askRoute: createRouteDesk(tools),
    otherAccessPoints: (ecoc) => otherAccessPoints(ecoc, tools),
    accessPoints: createAccessPointControl(tools),
    workbench: options.workbench?.(store) ?? noWorkbench,
    signOffs: createSignOffDesk(tools, 'base'),
    sources: options.sources?.(store) ?? noSources,
    status: () => Promise.resolve(fixture.health),
    metrics: () => Promise.resolve({ contentType: 'text/plain; version=0.0.4', body: 'ecoc_up 1\n' }),
    certificates: () => Promise.resolve({ certificates: [], problems: [] }),
    uiFolder: options.uiFolder,
    mappers: () => [{ name: 'sage-x3', version: '1.0.0', title }],
    catalogueOf: () => ivi20,
    allowedHosts: ['gateway.example'],
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...(options.shutdown && { shutdown: options.shutdown }),
  }
  return Object.assign(fixture, { app: createApp(deps), deps })
}

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` })
