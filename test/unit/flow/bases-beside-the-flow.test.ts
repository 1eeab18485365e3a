// slow: makes a PKI, and openssl answers for it
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { test } from 'tap'
import type { FilesSettings } from '../../../gateway/config/parts/base.ts'
import type { EcocId, IviTree, Vin } from '../../../gateway/contract/index.ts'
import { followIssues } from '../../../gateway/flow/base/base-issues.ts'
import { createBases } from '../../../gateway/flow/base/create-bases.ts'
import { announce, fetchAnnounced } from '../../../gateway/flow/base/goods-in.ts'
import { handOver, retryHandovers } from '../../../gateway/flow/base/hand-over.ts'
import { sweepFiles } from '../../../gateway/flow/base/sweep-files.ts'
import { watchBases } from '../../../gateway/flow/base/watch-bases.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { event, update } from '../../../gateway/store/writes.ts'
import { instant } from '../../../gateway/support/clock.ts'
import { makeEcoc } from '../../contract/store-rows.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { signingBench } from '../../support/signing-bench.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { anySigner } from '../signature/attacks/attack.ts'

const services = await startTrustServices()
const { pki } = services
const signer = anySigner(pki.read('signer.key'), pki.read('signer.crt'), pki.read('issuing.crt'))
const signed = async (tree: IviTree): Promise<Buffer> =>
  (await signDocument(writeDocument(tree), signer, { signingTime: new Date() })).bytes
const version = (vin: string, number: string): IviTree => {
  const tree = sampleBaseTree(vin)
  const day = `2026-06-0${number}T10:15:00.000+02:00`
  Object.assign(tree['Header'] as IviTree, { IviVersionNumber: number, IviVersionDateTime: day })
  return tree
}
const never = (): boolean => false
const due = (tools: Tools, vin: Vin) =>
  tools.store.commit([update('base_watch', { vin }, { next_at: instant(new Date(0)) })])

test('a maker’s folder: base eCoCs are taken by the VIN inside, each once, and what is none is told', async (t) => {
  const folder = await tempFolder(t)
  const origin = { kind: 'files', name: 'maker', connector: 'folder', config: { path: folder } } as const
  const { tools, store } = await signingBench(t, services, 'signer', { base: { origins: [origin] } })
  const [settings] = tools.config.base.origins as readonly FilesSettings[]
  if (!settings) return t.fail('there is one')
  const vin = sampleVin(1) as Vin
  await writeFile(join(folder, 'whatever.xml'), await signed(sampleBaseTree(vin)))
  await writeFile(join(folder, 'bad.xml'), '<InitialVehicleInformation/>')
  await writeFile(join(folder, 'notes.txt'), 'not for us')
  t.equal(await sweepFiles(settings, 'base', tools), 1)
  t.match(await store.bases.ofVehicle(vin), [{ stage: 1, origin: 'maker' }])
  t.match(await store.bases.refused(10), [{ origin: 'maker', key: 'bad.xml' }])
  t.equal(await sweepFiles(settings, 'base', tools), 0, 'nothing is read twice')
  const other = sampleVin(2) as Vin
  await writeFile(join(folder, 'bad.xml'), await signed(sampleBaseTree(other)))
  t.match(
    await createBases(tools, 'base').retrieve(other, 'somebody'),
    { ok: true },
    'asked for, the folder is looked at',
  )
  t.strictSame(await store.bases.refused(10), [], 'mended')
  t.ok((await readdir(folder)).includes('whatever.xml'), 'the folder is the maker’s: nothing is moved')
})

test('a base in use is asked for again: its correction reaches what was accepted and what was on its way', async (t) => {
  const answers = new Map<string, Buffer>()
  const server = createServer((req, res) => {
    const bytes = answers.get((req.url ?? '').slice(1))
    res.writeHead(bytes ? 200 : 404).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise((resolve) => server.close(resolve)))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{vin}`
  const { tools, store } = await signingBench(t, services, 'signer', {
    base: { origins: [{ kind: 'page', name: 'maker', url }], watch: { every: '1h', for: '10d' } },
  })
  const vin = sampleVin(3) as Vin
  await announce([{ vin }], 'goods-in', tools)
  await fetchAnnounced('base', tools, never)
  t.match(await store.bases.announced(vin), { state: 'waiting', tries: 1, problem: 'Asked: maker' })
  answers.set(vin, await signed(version(vin, '1')))
  await announce([{ vin }], 'goods-in', tools)
  await fetchAnnounced('base', tools, never)
  t.match(await store.bases.announced(vin), { state: 'kept', announced_by: 'goods-in' })

  const sent = { vin, mapper: 'sage-x3', stage: 2, signed_sha256: 'x' as never }
  const accepted = makeEcoc({ ...sent, state: 'accepted' })
  const leaving = makeEcoc({ ...sent, state: 'awaiting_receipt', profile: 'UK' })
  await store.commit([...accepted.writes, ...leaving.writes])
  await due(tools, vin)
  await watchBases('base', tools, never)
  t.strictSame(await store.bases.openIssues(9), [], 'the same base is no news')

  answers.set(vin, await signed(version(vin, '2')))
  await due(tools, vin)
  await watchBases('base', tools, never)
  t.equal((await store.bases.earlier(vin)).length, 1)
  const issues = new Map((await store.bases.openIssues(9)).map((i) => [i.ecoc_id, i]))
  t.match(issues.get(accepted.row.id), { code: 'BAS-011', proposal: String })
  t.match(issues.get(leaving.row.id), { code: 'BAS-012', proposal: null })
  const proposal = issues.get(accepted.row.id)?.proposal as EcocId
  t.match(await store.ecocs.get(proposal), { state: 'received', proposal_of: accepted.row.id })

  await store.commit([
    update('ecoc', { id: leaving.row.id }, { state: 'accepted' }),
    update('ecoc', { id: proposal }, { state: 'cancelled' }),
  ])
  await followIssues('base', tools)
  const now = new Map((await store.bases.issuesOf(vin)).map((i) => [i.ecoc_id, i]))
  t.match(now.get(accepted.row.id), { closed_at: String }, 'its proposal was decided')
  t.match(now.get(leaving.row.id), { code: 'BAS-011', proposal: String, closed_at: null }, 'accepted: proposed now')
  t.match(await store.events.of(vin), [{}, { type: 'base.imported' }, { type: 'base.corrected' }])
})

test('an accepted base vehicle goes to the next maker by folder and by mail, once; a refusal is parked', async (t) => {
  const mails: string[] = []
  let isRefusing = true
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_, __, done) =>
      isRefusing ? done(Object.assign(new Error('no such mailbox'), { responseCode: 550 })) : done(),
    onData(stream, _, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => void (text += chunk.toString()))
      stream.on('end', () => {
        mails.push(text)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise<void>((resolve) => smtp.close(() => resolve())))
  const { port } = smtp.server.address() as AddressInfo
  const folder = join(await tempFolder(t), 'next')
  await mkdir(folder)
  const mail = {
    kind: 'mail',
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'ecoc@maker.example',
    to: ['in@next.example'],
  }
  const { tools, store } = await signingBench(t, services, 'signer', {
    base: {
      handover: [
        { name: 'next-folder', to: { kind: 'files', connector: 'folder', config: { path: folder } } },
        { name: 'next-mail', to: mail },
        { name: 'others', mappers: ['other-flow'], to: mail },
      ],
    },
  })
  await handOver(tools, never)
  const vin = sampleVin(4) as Vin
  const { row, writes } = makeEcoc({ vin, state: 'accepted', mapper: 'chassis-json', mode: 'live' })
  const xml = await signed(sampleBaseTree(vin))
  const at = instant(new Date())
  const told = event({ at, actor: 'gateway', type: 'ecoc.accepted', subject: row.id, detail: {} })
  await store.commit([...writes, store.contents.write(row.id, 'signed', xml, at), told])
  await handOver(tools, never)
  t.strictSame((await readdir(folder)).sort(), [`${vin}.v1.pdf`, `${vin}.v1.xml`])
  t.ok(xml.equals(await readFile(join(folder, `${vin}.v1.xml`))), 'the exact bytes')
  const states = async () =>
    Object.fromEntries((await store.bases.handovers(undefined, 9)).map((h) => [h.target, h.state]))
  t.strictSame(await states(), { 'next-folder': 'done', 'next-mail': 'failed' })
  t.match(await store.bases.handover(row.id, 'next-mail'), { problem: /no such mailbox/, tries: 1 })

  isRefusing = false
  await handOver(tools, never)
  t.strictSame(mails, [], 'parked until a person looks')
  t.equal(await retryHandovers('somebody', tools), 1)
  await handOver(tools, never)
  await handOver(tools, never)
  t.equal(mails.length, 1, 'once')
  t.match(mails[0] ?? '', new RegExp(`${vin}\\.v1\\.xml[^]*${vin}\\.v1\\.pdf`))
  t.match(mails[0] ?? '', /Message-ID:\s+<[0-9a-f]{32}\./)
  t.strictSame(await states(), { 'next-folder': 'done', 'next-mail': 'done' })
})

test('the services are closed', async () => services.close())
