import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import noVegvesen from '../../../connectors/access-points/no-vegvesen/access-point.ts'
import { openVegvesen } from '../../fakes/vegvesen.ts'
import { examplePki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { makeDocument, vin } from '../simulated-access-point/harness.ts'
import { makeClient } from './client.ts'

const open = async (t: { teardown(done: () => unknown): void }, body: 'object' | 'array' = 'object') => {
  const vegvesen = await openVegvesen({ body })
  t.teardown(() => vegvesen.close())
  return { vegvesen, client: makeClient(noVegvesen, vegvesen.config) }
}

test('the whole document goes as base64, with the tax classification of the facts', async (t) => {
  const { vegvesen } = await open(t)
  const facts = { avgiftsKode: '315', sitteplasser: '3', sengeplasser: '', other: 'x' }
  const client = makeClient(noVegvesen, vegvesen.config, { facts: { facts } })
  const document = makeDocument()
  const accepted = { outcome: 'accepted', iviReferenceId: document.iviReferenceId, reference: vin }
  t.match(await client.submit(document), { status: 200, reply: accepted })
  t.same(vegvesen.bodies, [
    {
      ivi: { iviDokument: document.bytes.toString('base64'), iviReferanse: document.iviReferenceId },
      avgiftsklassifisering: { avgiftsKode: '315', sitteplasserNorskGodkjenning: 3 },
    },
  ])
  t.match(vegvesen.accepted(), [{ sha256: document.sha256, count: 1 }])
})

test('names of facts, the reference and the shape of the body are settings', async (t) => {
  const { vegvesen } = await open(t, 'array')
  const config = { ...vegvesen.config, facts: { taxCode: 'taxNO' } }
  const client = makeClient(noVegvesen, config, { facts: { facts: { taxNO: '101' } } })
  t.match(await client.submit(makeDocument()), { reply: { outcome: 'accepted' } })
  t.match(vegvesen.bodies, [{ avgiftsklassifisering: { avgiftsKode: '101' } }])
  const bare = makeClient(noVegvesen, { ...config, sendReference: false })
  t.notMatch(bare.envelope(makeDocument()).bytes.toString(), /iviReferanse|avgifts/)
})

test('the answers of the guide are understood', async (t) => {
  const { vegvesen, client } = await open(t)
  const cases = [
    ['warn', 200, 'accepted_with_warnings', { code: 'IVI-90', severity: 'warning' }],
    ['reject', 422, 'rejected', { code: 'IVI-12', severity: 'error', path: '/MassInRunningOrder' }],
    ['http-500', 500, 'technical', { text: 'Ukjent feil' }],
    ['busy', 503, 'technical', { code: 'RST-100' }],
    ['malformed-reply', 200, 'unreadable', { code: 'RST-101' }],
    ['duplicate-reply', 422, 'rejected', { text: /allerede mottatt/ }],
  ] as const
  for (const [behaviour, status, outcome, message] of cases) {
    vegvesen.behave(behaviour)
    const told = await client.submit(makeDocument())
    t.match(told, { kind: 'answered', status, reply: { outcome } }, behaviour)
    const messages = told.kind === 'answered' ? told.reply.messages : []
    t.match(messages.at(-1), message, behaviour)
  }
  vegvesen.behave('wrong-receipt')
  const document = makeDocument()
  const told = await client.submit(document)
  t.ok(told.kind === 'answered' && told.reply.iviReferenceId !== document.iviReferenceId)
})

test('a known reference is a duplicate where the site says in which words', async (t) => {
  const { vegvesen } = await open(t)
  const client = makeClient(noVegvesen, { ...vegvesen.config, reply: { duplicateWhen: 'allerede mottatt' } })
  const document = makeDocument()
  await client.submit(document)
  const { iviReferenceId } = document
  t.match(await client.submit(document), { status: 422, reply: { outcome: 'duplicate', iviReferenceId } })
})

test('without an answer the outcome is unknown, and nobody can be asked', async (t) => {
  const { vegvesen } = await open(t)
  const client = makeClient(noVegvesen, { ...vegvesen.config, timeout: '400ms' })
  for (const behaviour of [
    'reset-before-accept',
    'reset-after-accept',
    'timeout-after-accept',
    'half-answer',
  ] as const) {
    vegvesen.behave(behaviour)
    t.match(await client.submit(makeDocument()), { kind: 'unknown' }, behaviour)
  }
  t.notOk('query' in noVegvesen)
})

test('a document is withdrawn by its reference', async (t) => {
  const { vegvesen, client } = await open(t)
  const document = makeDocument()
  await client.submit(document)
  t.match(await client.cancel(document), { outcome: 'accepted', iviReferenceId: document.iviReferenceId })
  t.same(vegvesen.accepted(), [])
  t.match(await client.cancel(document), { outcome: 'rejected', messages: [{ text: /Fant ikke/ }] })
})

test('Maskinporten is shown the key or the certificate, and nothing that it does not know', async (t) => {
  const { vegvesen, client } = await open(t)
  const pki = await examplePki()
  t.match(await client.submit(makeDocument()), { reply: { outcome: 'accepted' } })
  const { keyId, ...rest } = vegvesen.config.maskinporten
  const maskinporten = { ...rest, certificate: pki.file('client.chain.pem'), resource: null }
  const withCertificate = makeClient(noVegvesen, { ...vegvesen.config, maskinporten })
  t.match(await withCertificate.submit(makeDocument()), { reply: { outcome: 'accepted' } })
  const [first, second] = vegvesen.maskinporten.grants
  t.match(first, { header: { alg: 'RS256', kid: keyId }, claims: { resource: 'https://www.vegvesen.no' } })
  t.ok(Array.isArray(second?.header['x5c']))
  t.notOk(Object.hasOwn(second?.claims ?? {}, 'resource'))
})

test('one grant serves many calls; a token that ended is replaced once', async (t) => {
  const { vegvesen, client } = await open(t)
  await Promise.all(Array.from({ length: 6 }, () => client.submit(makeDocument())))
  t.equal(vegvesen.maskinporten.grants.length, 1)
  vegvesen.behave('token-gone')
  t.match(await client.submit(makeDocument()), { reply: { outcome: 'accepted' } })
  t.equal(vegvesen.maskinporten.grants.length, 2)
})

test('a key that cannot be used is found before anything leaves', async (t) => {
  const { vegvesen } = await open(t)
  const folder = await tempFolder(t)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writeFileSync(join(folder, 'ec.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'text.key'), 'no key')
  const submit = async (maskinporten: object) => {
    const config = { ...vegvesen.config, maskinporten: { ...vegvesen.config.maskinporten, ...maskinporten } }
    return makeClient(noVegvesen, config).submit(makeDocument())
  }
  t.match(await submit({ key: join(folder, 'ec.key') }), { kind: 'not_dispatched', reason: /no RSA key/ })
  t.match(await submit({ key: join(folder, 'text.key') }), { kind: 'not_dispatched', reason: /cannot be read/ })
  const pki = await examplePki()
  const other = { keyId: undefined, certificate: pki.file('server.crt') }
  t.match(await submit(other), { kind: 'not_dispatched', reason: /does not belong/ })
  t.match(await submit({ clientId: 'somebody' }), { kind: 'not_dispatched', reason: /^RST-002: .*MP-100/ })
  const both = { ...vegvesen.config.maskinporten, certificate: 'client.pem' }
  t.notOk(noVegvesen.config.safeParse({ ...vegvesen.config, maskinporten: both }).success)
  t.equal(vegvesen.requests().length, 0)
})
