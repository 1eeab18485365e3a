import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { test } from 'tap'
import { CertificateKeeper } from '../../../gateway/certificates/certificate-keeper.ts'
import type { KeeperTools } from '../../../gateway/certificates/certificate-keeper.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { temporaryFolder } from '../../support/http-fixture.ts'
import { makeListPki } from '../../support/list-pki.ts'
import { examplePki } from '../../support/pki.ts'

const pki = await examplePki()
const dayMs = 86_400_000
const hash = (pem: Buffer): string => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()

const open = async (t: { teardown(fn: () => void): void }) => {
  const folder = temporaryFolder(t, 'certificates')
  for (const name of ['client.crt', 'client.key', 'root.crt']) cpSync(pki.file(name), join(folder, name))
  const store = new Store(await openSqlite(folder))
  const point = {
    name: 'nl',
    tls: undefined as KeeperTools['accessPoints'] extends ReadonlyMap<string, infer P>
      ? P extends { tls: infer T }
        ? T
        : never
      : never,
  }
  const state = {
    now: new Date(),
    warnings: [] as string[],
    signer: [new X509Certificate(pki.read('chassis-signer.crt')).raw],
  }
  const tools = {
    store,
    clock: () => state.now,
    configFolder: folder,
    config: {
      signers: [{ name: 'seal' }],
      trustAnchors: ['root.crt'],
      accessPoints: [{ name: 'nl', tls: { certificate: 'client.crt', key: 'client.key', trustAnchors: ['root.crt'] } }],
    },
    accessPoints: new Map([['nl', point]]),
    signers: { named: () => Promise.resolve({ chain: state.signer }) },
    log: {
      warn: (_: object, message: string) => state.warnings.push(message),
      error: () => undefined,
      info: () => undefined,
    },
  } as unknown as KeeperTools
  const events = async (type: string) => (await store.events.from(1, 1000)).filter((e) => e.type === type)
  return { folder, store, point, state, events, tools, keeper: new CertificateKeeper(tools) }
}

test('the register has every certificate once, with all its uses, the first to end first', async (t) => {
  const { keeper } = await open(t)
  const { certificates, problems } = await keeper.register()
  t.same(problems, [])
  const root = certificates.find(({ sha256 }) => sha256 === hash(pki.read('root.crt')))
  t.match(root, {
    uses: ['server-ca', 'trust-anchor'],
    usedBy: ['nl', 'documents'],
    from: ['root.crt'],
    state: 'valid',
  })
  t.match(
    certificates.find(({ uses }) => uses.includes('signing')),
    { usedBy: ['seal'], from: ['signer seal'] },
  )
  t.match(
    certificates.find(({ uses }) => uses.includes('tls-client')),
    { usedBy: ['nl'], from: ['client.crt'] },
  )
  const ends = certificates.map(({ notAfter }) => notAfter)
  t.same(ends, [...ends].sort())
})

test('a file that cannot be read is a problem, and the others are told all the same', async (t) => {
  const { keeper, folder } = await open(t)
  rmSync(join(folder, 'root.crt'))
  const { certificates, problems } = await keeper.register()
  t.equal(certificates.length, 2)
  t.match(problems, [{ use: 'server-ca', problem: /cannot be read/ }, { use: 'trust-anchor' }])
})

test('the end of a certificate is told once, also by a gateway that was started anew', async (t) => {
  const f = await open(t)
  const end = new X509Certificate(pki.read('client.crt')).validToDate.getTime()
  f.state.now = new Date(end - 30 * dayMs)
  await f.keeper.look()
  await f.keeper.look()
  const told = (await f.events('certificate.ends')).filter(({ subject }) => subject === hash(pki.read('client.crt')))
  t.equal(told.length, 1)
  t.match(JSON.parse(told[0]!.detail), { daysLeft: 30, days: 30, uses: ['tls-client'], usedBy: ['nl'] })
  const before = (await f.events('certificate.ends')).length
  const again = await open(t)
  t.equal((await again.events('certificate.ends')).length, 0, 'another store knows nothing of it')
  await f.keeper.look()
  t.equal((await f.events('certificate.ends')).length, before)
})

test('changed files are taken in without a restart; what does not fit together stays outside', async (t) => {
  const { keeper, folder, point, state } = await open(t)
  const next = await makeListPki(t)('client-2', 'plain')
  const write = (name: string, text: string | Buffer): void => writeFileSync(join(folder, name), text)
  await keeper.look()
  const first = point.tls
  t.same(first?.certificate, pki.read('client.crt'))
  await keeper.look()
  t.equal(point.tls, first, 'nothing changed')

  state.now = new Date(Date.now() + 60_000)
  write('client.crt', next.pem)
  await keeper.look()
  await keeper.look()
  t.equal(point.tls, first, 'its key is not there yet')
  t.equal(state.warnings.filter((w) => w.includes('cannot be used')).length, 1, 'told once')
  write('client.key', next.key)
  await keeper.look()
  t.same(point.tls?.certificate, Buffer.from(next.pem))
  t.same(point.tls?.key, Buffer.from(next.key))
})

test('a prepared certificate takes over on its day, once, and is shown before', async (t) => {
  const { keeper, folder, point, state, events, store } = await open(t)
  const next = await makeListPki(t)('client-3', 'plain')
  writeFileSync(join(folder, 'next.crt'), next.pem)
  writeFileSync(join(folder, 'next.key'), next.key)
  const from = new Date(Date.now() + 10 * dayMs)
  await keeper.prepareTls('nl', { certificate: 'next.crt', key: 'next.key' }, from, 'person')
  t.match(
    (await keeper.register()).certificates.filter(({ uses }) => uses.includes('tls-client')),
    [
      { sha256: next.sha256, next: null, preparedFrom: from.toISOString() },
      {
        sha256: hash(pki.read('client.crt')),
        next: { sha256: next.sha256, from: from.toISOString() },
        preparedFrom: null,
      },
    ],
  )
  state.now = new Date(from.getTime() - 1)
  await keeper.look()
  t.same(point.tls?.certificate, pki.read('client.crt'))
  state.now = from
  await keeper.look()
  await keeper.look()
  t.same(point.tls?.certificate, Buffer.from(next.pem))
  t.equal((await events('certificate.switched')).length, 1)
  t.equal((await events('certificate.prepared'))[0]?.actor, 'person')
  t.match(await store.certificates.next(), [{ slot: 'tls-client nl', switched_at: from.toISOString() }])
  const now = (await keeper.register()).certificates.find(({ uses }) => uses.includes('tls-client'))
  t.match(now, { sha256: next.sha256, next: null })
})

test('what cannot take over is refused when it is prepared', async (t) => {
  const { keeper, folder } = await open(t)
  const next = await makeListPki(t)('client-4', 'plain')
  writeFileSync(join(folder, 'next.crt'), next.pem)
  writeFileSync(join(folder, 'next.key'), next.key)
  const files = { certificate: 'next.crt', key: 'next.key' }
  const soon = new Date(Date.now() + dayMs)
  await t.rejects(keeper.prepareTls('nl', { ...files, key: 'client.key' }, soon, 'x'), { code: 'CRT-002' })
  await t.rejects(keeper.prepareTls('nl', { ...files, key: 'client.crt' }, soon, 'x'), { code: 'CRT-002' })
  await t.rejects(keeper.prepareTls('nl', files, new Date('2040-01-01'), 'x'), {
    code: 'CRT-002',
    message: /not valid on/,
  })
  await t.rejects(keeper.prepareTls('nl', { ...files, certificate: 'no.crt' }, soon, 'x'), { code: 'CRT-001' })
  await t.rejects(keeper.prepareTls('de', files, soon, 'x'), { code: 'CRT-003' })
  t.same(readFileSync(join(folder, 'client.crt')), pki.read('client.crt'))
})

test('the next key of a signer is shown with its day; one on a token shows when it takes over', async (t) => {
  const { tools } = await open(t)
  const from = new Date(Date.now() + 10 * dayMs).toISOString()
  const later = new X509Certificate(pki.read('signer.crt')).raw
  const register = async (chain: readonly Buffer[] | undefined) => {
    const signers = { ...tools.signers, next: async () => chain && { from, chain } }
    const config = { ...tools.config, signers: [{ name: 'seal', next: { from, key: { kind: 'pem' } } }] }
    return (await new CertificateKeeper({ ...tools, signers, config } as unknown as KeeperTools).register())
      .certificates
  }
  const signing = (await register([later])).filter(({ uses }) => uses.includes('signing'))
  const sha256 = hash(pki.read('signer.crt'))
  t.match(
    signing.find(({ preparedFrom }) => preparedFrom !== null),
    { sha256, preparedFrom: from, usedBy: ['seal'] },
  )
  t.match(
    signing.find(({ preparedFrom }) => preparedFrom === null),
    { next: { sha256, from } },
  )
  t.equal((await register(undefined)).filter(({ uses }) => uses.includes('signing')).length, 1)
})
