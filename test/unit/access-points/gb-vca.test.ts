import { writeFileSync } from 'node:fs'
import { test } from 'tap'
import gbVca from '../../../connectors/access-points/gb-vca/access-point.ts'
import { openVca } from '../../fakes/vca.ts'
import { makeDocument } from '../simulated-access-point/harness.ts'
import { makeClient } from './client.ts'

const open = async (t: { teardown(done: () => unknown): void }, more: Record<string, unknown> = {}) => {
  const vca = await openVca()
  t.teardown(() => vca.close())
  return { vca, client: makeClient(gbVca, { ...vca.config, ...more }) }
}
const queued = { kind: 'answered', status: 202, reply: { outcome: 'pending', reference: String } }

test('what is queued is decided later, and found by either number', async (t) => {
  const { vca, client } = await open(t)
  const [good, odd, bad] = [makeDocument(), makeDocument(), makeDocument()]
  const sent = await client.submit(good)
  t.match(sent, queued)
  const submissionId = sent.kind === 'answered' ? sent.reply.reference : undefined
  const accepted = { reply: { outcome: 'accepted', iviReferenceId: good.iviReferenceId, reference: submissionId } }
  t.match(await client.query(good, submissionId), accepted)
  t.match(await client.query(good), accepted, 'without the number of the submission')
  vca.behave('warn')
  t.match(await client.submit(odd), queued)
  const warned = { reply: { outcome: 'accepted_with_warnings', messages: [{ code: 'GB-900', severity: 'warning' }] } }
  t.match(await client.query(odd), warned)
  vca.behave('reject')
  t.match(await client.submit(bad), queued)
  const refused = { reply: { outcome: 'rejected', messages: [{ code: 'GB-017', path: '/Header', severity: 'error' }] } }
  t.match(await client.query(bad), refused)
  t.equal(vca.accepted().length, 2)
})

test('what is in process stays pending until it is decided', async (t) => {
  const { vca, client } = await open(t)
  vca.behave('pending')
  const document = makeDocument()
  await client.submit(document)
  t.match(await client.query(document), { reply: { outcome: 'pending' } })
  vca.decide('Completed with warnings')
  t.match(await client.query(document), { reply: { outcome: 'accepted_with_warnings' } })
  vca.behave('pending')
  const second = makeDocument()
  await client.submit(second)
  vca.decide('Something new')
  t.match(await client.query(second), { reply: { outcome: 'unreadable', messages: [{ code: 'RST-102' }] } })
})

test('trouble on the way is never taken for a decision', async (t) => {
  const { vca, client } = await open(t, { timeout: '500ms' })
  const cases = [
    ['http-500', { kind: 'answered', reply: { outcome: 'technical', messages: [{ code: 'INTERNAL' }] } }, 'not_found'],
    ['busy', { kind: 'answered', retryAfter: '7', reply: { outcome: 'technical' } }, 'not_found'],
    ['reset-before-accept', { kind: 'unknown' }, 'not_found'],
    ['reset-after-accept', { kind: 'unknown' }, 'accepted'],
    ['timeout-after-accept', { kind: 'unknown' }, 'accepted'],
    ['half-answer', { kind: 'unknown' }, 'accepted'],
    ['malformed-reply', { kind: 'answered', reply: { outcome: 'unreadable' } }, 'accepted'],
    ['slow', { kind: 'answered', reply: { outcome: 'pending' } }, 'accepted'],
  ] as const
  for (const [behaviour, told, later] of cases) {
    vca.behave(behaviour)
    const document = makeDocument()
    t.match(await client.submit(document), told, behaviour)
    vca.behave('accept')
    t.match(await client.query(document), { reply: { outcome: later } }, `${behaviour}, asked later`)
  }
})

test('an answer about another document names it, a duplicate tells what is held', async (t) => {
  const { vca, client } = await open(t)
  const document = makeDocument()
  vca.behave('wrong-receipt')
  const wrong = await client.submit(document)
  t.ok(wrong.kind === 'answered' && wrong.reply.iviReferenceId !== document.iviReferenceId)
  vca.behave('accept')
  const { iviReferenceId, sha256 } = document
  t.match(await client.submit(document), { status: 409, reply: { outcome: 'duplicate', iviReferenceId, sha256 } })
  t.match(vca.accepted(), [{ count: 1 }])
})

test('what is wrong with the call is no rejection of the document', async (t) => {
  const { vca } = await open(t)
  const submit = (more: Record<string, unknown>) => makeClient(gbVca, { ...vca.config, ...more }).submit(makeDocument())
  const strange = '11111111-1111-4111-8111-111111111111'
  t.match(await submit({ contactId: strange }), { status: 400, reply: { outcome: 'technical' } })
  t.match(await submit({ headers: { contactId: 'x-contact' } }), { status: 400, reply: { outcome: 'technical' } })
  t.match(await submit({ paths: { submit: '/wrong' } }), { status: 404, reply: { outcome: 'unreadable' } })
  const broken = { ...makeDocument(), bytes: Buffer.from('<Nothing/>') }
  t.match(await makeClient(gbVca, vca.config).submit(broken), {
    status: 422,
    reply: { outcome: 'rejected', messages: [{ code: 'XSD', path: '/' }, { code: 'VALIDATION_FAILED' }] },
  })
})

test('a 404 counts as "not found" only in the words of the service', async (t) => {
  const { vca, client } = await open(t)
  const document = makeDocument()
  t.match(await client.query(document, 'nobody'), { status: 404, reply: { outcome: 'not_found' } })
  const lost = makeClient(gbVca, { ...vca.config, paths: { status: '/v2/{submissionId}' } })
  t.match(await lost.query(document, 'nobody'), { status: 404, reply: { outcome: 'unreadable' } })
  const without = makeClient(gbVca, { ...vca.config, paths: { statusByReference: null } })
  t.match(await without.query(document), { kind: 'not_dispatched', reason: /without the number/ })
})

test('several submissions of one document are not guessed at', async (t) => {
  const { vca, client } = await open(t)
  vca.behave('reject')
  const document = makeDocument()
  await client.submit(document)
  await client.submit(document)
  t.match(await client.query(document), { reply: { outcome: 'unreadable', messages: [{ code: 'RST-104' }] } })
})

test('one token serves many calls, and a call under way gets a new one', async (t) => {
  const { vca, client } = await open(t)
  await Promise.all(Array.from({ length: 8 }, () => client.submit(makeDocument())))
  t.equal(vca.state.tokensGiven, 1)
  vca.behave('token-gone')
  const document = makeDocument()
  t.match(await client.submit(document), queued, 'the token ended between two calls')
  t.equal(vca.state.tokensGiven, 2)
  t.match(
    vca.accepted().filter((a) => a.iviReferenceId === document.iviReferenceId),
    [{ count: 1 }],
  )
})

test('a token near its end is renewed before it is used', async (t) => {
  const { vca, client } = await open(t)
  vca.state.lifetime = 1
  await client.submit(makeDocument())
  await new Promise((resolve) => setTimeout(resolve, 850))
  const refusedBefore = vca.requests().length
  t.match(await client.submit(makeDocument()), queued)
  t.equal(vca.state.tokensGiven, 2)
  t.equal(vca.requests().length, refusedBefore + 1)
})

test('without a token nothing is sent, and no secret is told', async (t) => {
  const { vca, client } = await open(t)
  vca.state.lifetime = -1
  const useless = await client.submit(makeDocument())
  t.match(useless, { kind: 'not_dispatched', reason: /^RST-003: .*HTTP 401/ }, 'refused with a new token too')
  vca.state.lifetime = 3600
  writeFileSync(vca.config.clientSecret, 'another\n')
  const refused = await client.submit(makeDocument())
  t.match(refused, { kind: 'not_dispatched', reason: /^RST-002: .*invalid_client: AADSTS7000215/ })
  t.notMatch(JSON.stringify(refused), /another/)
  t.match(await client.test(), [{ step: 'token', ok: false }])
  const away = makeClient(gbVca, { ...vca.config, tokenEndpoint: 'https://127.0.0.1:1/token' })
  t.match(await away.submit(makeDocument()), { kind: 'not_dispatched', reason: /^RST-001/ })
  const noFile = makeClient(gbVca, { ...vca.config, clientSecret: '/nowhere/secret' })
  t.match(await noFile.submit(makeDocument()), { kind: 'not_dispatched', reason: /nowhere/ })
  t.equal(vca.requests().length, 0)
})

test('the environments have their own hosts and scopes; secrets go over TLS only', async (t) => {
  const { vca } = await open(t)
  const { host, tokenEndpoint, ...rest } = vca.config
  t.ok(gbVca.config.safeParse({ ...rest, environment: 'production' }).success)
  t.notOk(gbVca.config.safeParse({ ...rest, environment: 'acceptance' }).success)
  t.notOk(gbVca.config.safeParse({ ...rest, host: host.replace('https', 'http') }).success)
  t.notOk(gbVca.config.safeParse({ ...rest, tokenEndpoint: tokenEndpoint.replace('https', 'http') }).success)
  t.notOk(gbVca.config.safeParse({ ...rest, manufacturerId: 'us' }).success)
})

test('the connection test asks for nobody; what is not confirmed is said', async (t) => {
  const { vca, client } = await open(t)
  t.match(await client.test(), [
    { step: 'token', ok: true },
    { step: 'status query', ok: true, detail: /not_found/ },
  ])
  t.match(gbVca.standing?.(client.config), { profile: 'GB', verified: false, note: /unverified/ })
  const tried = gbVca.config.parse({ ...vca.config, confirmed: 'API guide 1.3, tried on 2026-12-01' })
  t.match(gbVca.standing?.(tried), { verified: true, note: /1\.3/ })
})
