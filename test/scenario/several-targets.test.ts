import { rename, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import tap, { test } from 'tap'
import { compose } from '../../gateway/compose.ts'
import { findConnectors } from '../../gateway/config/find-connectors.ts'
import { configSchema } from '../../gateway/config/schema.ts'
import type { Vin } from '../../gateway/contract/index.ts'
import { GatewayFlow } from '../../gateway/flow/gateway-flow.ts'
import { importApprovals } from '../../gateway/flow/import-approvals.ts'
import type { ReadyAccessPoint } from '../../gateway/flow/tools.ts'
import { writeDocument } from '../../gateway/ivi/write-document.ts'
import { pipeline } from '../../gateway/pipeline.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals } from '../../gateway/sandbox/samples/sample-files.ts'
import { openSqlite } from '../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../gateway/store/store.ts'
import { insert } from '../../gateway/store/writes.ts'
import { instant } from '../../gateway/support/clock.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { StandInAccessPoint } from '../fakes/stand-in-access-point.ts'
import { openVca } from '../fakes/vca.ts'
import { openVegvesen } from '../fakes/vegvesen.ts'
import { examplePki } from '../support/pki.ts'
import { until } from '../support/sandbox-gateway.ts'
import { tempFolder } from '../support/temp-folder.ts'

tap.setTimeout(120_000)

const samples = new URL('../../gateway/sandbox/samples/mappers', import.meta.url).pathname
const vin = sampleVin(810)
const to = (destination: string): Buffer =>
  Buffer.from(
    sampleExport([vin])
      .toString('latin1')
      .replace(/;[A-Z]{1,3}\r\n$/, `;${destination}\r\n`),
    'latin1',
  )

/** A site with an access point in the Union, the VCA's and Norway's; the last two as their published guides have them. */
const site = async (t: Parameters<typeof tempFolder>[0]) => {
  const [folder, pki, vca, vegvesen] = await Promise.all([tempFolder(t), examplePki(), openVca(), openVegvesen()])
  const inbox = join(folder, 'inbox')
  await mkdir(inbox)
  const store = new Store(await openSqlite(folder))
  const config = configSchema.parse({
    site: {
      name: 'Test',
      settings: { signerName: 'Alex Example', signerPosition: 'Head', signerPlace: 'Example Town' },
    },
    signer: {
      key: { kind: 'pkcs12', file: pki.file('signer.p12'), passwordFile: pki.file('signer.p12.password') },
    },
    trustAnchors: [pki.file('root.crt')],
    sources: [{ name: 'drop', connector: 'folder', mapper: 'sage-x3', poll: '100ms', config: { path: inbox } }],
    accessPoints: [
      { name: 'nl', connector: 'eu-soap', environment: 'acceptance', config: { endpoint: 'https://127.0.0.1:9/' } },
      { name: 'gb', connector: 'gb-vca', environment: 'acceptance', config: vca.config },
      { name: 'no', connector: 'no-vegvesen', environment: 'acceptance', config: vegvesen.config },
    ],
    routing: {
      environment: 'acceptance',
      accessPoints: [
        { country: 'NL', accessPoint: 'nl' },
        { country: 'GB', accessPoint: 'gb' },
        { country: 'NO', accessPoint: 'no' },
      ],
      twins: [{ approval: 'e4*2018/858*99002', also: 'g11*2018/858*99102*00', issued: '2026-01-05' }],
    },
    delivery: { firstRetry: '200ms', longestRetry: '1s' },
    base: { retry: '500ms' },
    writeBack: { gather: '100ms' },
  })
  const stop = new AbortController()
  const connectors = await findConnectors()
  const log = pino({ level: 'silent' })
  const tools = await compose({
    ...{ config, configFolder: folder, mapperFolder: samples, dataFolder: folder },
    ...{ store, connectors, log, signal: stop.signal },
  })
  // The Union's access point is a stand-in without a wire: its protocol is not what this is about.
  const nl = new StandInAccessPoint({ clock: () => new Date() })
  Object.assign(tools.accessPoints.get('nl') as ReadyAccessPoint, { connector: nl.connector, config: {} })
  await importApprovals(sampleApprovals(), 'test', 'base', tools)
  const bytes = writeDocument(sampleBaseTree(vin))
  const at = instant(new Date())
  const base = { vin: vin as Vin, stage: 1, bytes, sha256: sha256(bytes), origin: 'test', verification: '{}', at }
  await store.commit([insert('base_ecoc', base)])
  const flow = new GatewayFlow(pipeline, connectors.codecs, tools)
  await flow.start()
  t.teardown(async () => {
    await flow.stop()
    stop.abort()
    await tools.signers.close()
    await Promise.all([vca.close(), vegvesen.close()])
    await store.close()
  })
  const drop = async (name: string, content: Buffer): Promise<void> => {
    await writeFile(join(folder, name), content)
    await rename(join(folder, name), join(inbox, name))
  }
  const standing = async (): Promise<string[]> =>
    (await store.ecocs.openOf(vin as Vin, 'live'))
      .filter((e) => e.proposal_of === null)
      .map((e) => `${e.profile ?? ''} ${e.access_point ?? ''} ${e.state} v${e.version} ${e.reason ?? ''}`.trim())
      .sort()
  return { store, drop, standing, nl, vca, vegvesen, inbox }
}

test('one vehicle goes to the Union, to Great Britain and to Norway, each on its own way', async (t) => {
  const s = await site(t)
  await s.drop('norway.csv', to('N'))
  const all = ['EU nl accepted v1', 'NO no accepted v1', 'UK gb accepted v1']
  let seen: string[] = []
  await until('three acceptances', 30_000, async () => {
    seen = await s.standing()
    return JSON.stringify(seen) === JSON.stringify(all)
  }).catch(() => t.same(seen, all))

  const document = async (profile: string): Promise<string> => {
    const row = (await s.store.ecocs.openOf(vin as Vin, 'live')).find((e) => e.profile === profile)
    return (await s.store.contents.get(row!.id, 'signed'))!.bytes.toString()
  }
  const reference = (xml: string): string | undefined => /<IviReferenceId>(.*?)</.exec(xml)?.[1]
  const [eu, uk, no] = [await document('EU'), await document('UK'), await document('NO')]
  t.equal(new Set([eu, uk, no].map(reference)).size, 3, 'each has a reference of its own')
  t.match(eu, '<TypeApprovalNumber>e4*2018/858*99002')
  t.match(uk, '<TypeApprovalNumber>g11*2018/858*99102*00</TypeApprovalNumber>')
  t.match(no, '<TypeApprovalNumber>e4*2018/858*99002')
  t.same(
    [...s.nl.accepted.keys(), s.vegvesen.accepted().length, s.vca.accepted().length],
    [reference(eu), 1, 1],
    'each access point got one, its own',
  )

  const read = (name: string) =>
    until(name, 10_000, async () => (await readFile(join(s.inbox, name), 'utf8').catch(() => '')) || undefined)
  const line = await until('the result', 10_000, async () => {
    const text = await read('norway.csv.result.csv')
    return /accepted; .*accepted; .*accepted/.test(text) && text.split('\r\n')[1]
  })
  t.match(line, /accepted; (NO|UK): accepted; (NO|UK): accepted/)
  t.equal((JSON.parse(await read(`${vin}.receipt.json`)) as { accessPoint: string }).accessPoint, 'nl')
  t.equal((JSON.parse(await read(`${vin}.NO.receipt.json`)) as { accessPoint: string }).accessPoint, 'no')

  // A change at the source is a proposed correction of each of them, and nothing is sent by itself.
  await s.drop('change.csv', Buffer.from(to('N').toString('latin1').replace('6,800', '6,810'), 'latin1'))
  const proposals = await until('three proposals', 20_000, async () => {
    const open = (await s.store.ecocs.openOf(vin as Vin, 'live')).filter((e) => e.proposal_of !== null)
    return open.filter((e) => e.reason_code === 'FLO-005').length === 3 && open
  })
  t.same(proposals.map((e) => e.profile).sort(), ['EU', 'NO', 'UK'])
  t.same(await s.standing(), all)
  t.equal(s.vegvesen.accepted().length, 1)
})
