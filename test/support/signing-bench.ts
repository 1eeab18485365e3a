import { join } from 'node:path'
import pino from 'pino'
import { compose } from '../../gateway/compose.ts'
import { findConnectors } from '../../gateway/config/find-connectors.ts'
import { configSchema } from '../../gateway/config/schema.ts'
import type { EcocId } from '../../gateway/contract/index.ts'
import { makeDocument } from '../../gateway/document/make-document.ts'
import { Runner } from '../../gateway/flow/runner.ts'
import { signatureStep } from '../../gateway/flow/steps/signature-step.ts'
import type { Tools } from '../../gateway/flow/tools.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { openSqlite } from '../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../gateway/store/store.ts'
import type { EcocRow } from '../../gateway/store/tables.ts'
import { makeEcoc, makeJob } from '../contract/store-rows.ts'
import type { TrustServices } from '../fakes/tsa-ocsp.ts'
import { until } from './sandbox-gateway.ts'
import { tempFolder } from './temp-folder.ts'

const mappers = new URL('../../gateway/sandbox/samples/mappers', import.meta.url).pathname

/** The signature stage of a gateway as it is composed, on the trust services of a test; its runner takes what is due. */
export interface SigningBench {
  readonly tools: Tools
  readonly store: Store
  /** A checked document on its way to an access point named `xmldsig`, `b`, `t` or `lt`. */
  checked(accessPoint: string): Promise<EcocId>
  /** The row once it is in this state, for this reason. */
  reaches(id: EcocId, state: string, code?: string): Promise<EcocRow>
  signed(id: EcocId): Promise<Buffer>
  events(type: string): Promise<Record<string, unknown>[]>
}

export const signingBench = async (
  t: { teardown(done: () => Promise<void>): void },
  { url, pki }: TrustServices,
  signer = 'signer',
  more: Record<string, unknown> = {},
): Promise<SigningBench> => {
  const folder = await tempFolder(t)
  const store = new Store(await openSqlite(folder))
  const point = (name: string, level: string): object => ({
    name,
    connector: 'eu-soap',
    environment: 'sandbox',
    signature: { level },
    config: { endpoint: 'https://127.0.0.1:9/' },
  })
  const config = configSchema.parse({
    site: { name: 'Test' },
    signer: {
      key: {
        kind: 'pem',
        key: pki.file(`${signer}.key`),
        certificates: [pki.file(`${signer}.crt`), pki.file('issuing.crt')],
      },
    },
    trustAnchors: [pki.file('root.crt')],
    trust: { timeStamp: { url: `${url}/tsa`, trustAnchors: [pki.file('root.crt')] } },
    sources: [{ name: 'drop', connector: 'folder', mapper: 'sage-x3', config: { path: join(folder, 'inbox') } }],
    accessPoints: [point('xmldsig', 'XMLDSig'), point('b', 'B'), point('t', 'T'), point('lt', 'LT')],
    routing: { environment: 'sandbox', otherwise: 'b' },
    delivery: { firstRetry: '300ms', longestRetry: '1s' },
    ...more,
  })
  const stop = new AbortController()
  const tools = await compose({
    config,
    configFolder: folder,
    mapperFolder: mappers,
    dataFolder: folder,
    store,
    connectors: await findConnectors(),
    log: pino({ level: 'silent' }),
    signal: stop.signal,
  })
  const runner = new Runner([signatureStep], tools)
  await runner.start()
  t.teardown(async () => {
    await runner.stop()
    stop.abort()
    await tools.signers.close()
    await store.close()
  })
  let count = 0
  return {
    tools,
    store,
    async checked(accessPoint) {
      const vin = sampleVin((count += 1))
      const tree = sampleBaseTree(vin)
      const { sha256 } = makeDocument(tree, tools.releases.catalogueOf(tree, 'EU'))
      const { row, writes } = makeEcoc({
        ...{ vin: vin as EcocRow['vin'], manufacturer: 'Example Chassis', stage: 1, profile: 'EU' },
        ...{ access_point: accessPoint, environment: 'sandbox', state: 'checked', document_sha256: sha256 },
      })
      const model = { vin, manufacturer: 'Example Chassis', stage: 1, tree, provenance: {}, facts: {} }
      const bytes = Buffer.from(JSON.stringify(model))
      const job = makeJob(row.id, { stage: 'signature', owner: null, lease_until: null, tries: 0 })
      await store.commit([...writes, store.contents.write(row.id, 'model', bytes, row.created_at), job])
      return row.id
    },
    reaches: (id, state, code) =>
      until(`${id} to be ${state} ${code ?? ''}`, 15_000, async () => {
        const row = await store.ecocs.get(id)
        return row?.state === state && (row.reason_code ?? undefined) === code ? row : undefined
      }),
    signed: async (id) => (await store.contents.get(id, 'signed'))?.bytes ?? Buffer.alloc(0),
    events: async (type) =>
      (await store.events.from(1, 1000))
        .filter((e) => e.type === type)
        .map((e) => ({ subject: e.subject, ...(JSON.parse(e.detail) as object) })),
  }
}
