import { test } from 'tap'
import { bearer, openFixture, type Fixture } from '../../support/http-fixture.ts'

const post = (
  f: Fixture,
  path: string,
  body: string | undefined,
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
  token = f.tokens.quality,
): Promise<Response> =>
  Promise.resolve(
    f.app.request(`/api/v1${path}`, {
      method: 'POST',
      headers: { ...bearer(token), ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  )

test('a sign-off', async (t) => {
  const f = await openFixture(t)
  const row = f.rows.find((r) => r.state === 'awaiting_signoff')!
  const path = `/ecocs/${row.id}/sign-off`
  const decision = { decision: 'approve', comment: 'weighed twice', documentSha256: row.document_sha256 }

  await t.test('needs the hash of what was shown, and a decision', async (t) => {
    for (const bad of [
      {},
      { ...decision, decision: 'maybe' },
      { ...decision, documentSha256: 'ABC' },
      { ...decision, more: 1 },
      [],
    ])
      t.equal((await post(f, path, JSON.stringify(bad))).status, 400)
    t.equal((await post(f, path, '{"decision":')).status, 400)
    t.equal((await post(f, path, JSON.stringify(decision), { 'Content-Type': 'text/plain' })).status, 415)
    t.equal((await post(f, path, JSON.stringify({ ...decision, comment: 'x'.repeat(70_000) }))).status, 413)
  })

  await t.test('of another document is a conflict', async (t) => {
    const r = await post(f, path, JSON.stringify({ ...decision, documentSha256: 'a'.repeat(64) }))
    t.equal(r.status, 409)
    t.match(await r.json(), { code: 'SGN-002', detail: 'Another document was shown.' })
  })

  await t.test('is that of the person whom the token speaks for', async (t) => {
    const r = await post(f, path, JSON.stringify(decision))
    t.equal(r.status, 200)
    t.match(await r.json(), { id: row.id, state: 'signed' })
    t.equal((await f.store.signOffs.of(row.id))[0]!.decided_by, 'quality')
  })
})

test('the other verbs reach the gateway with who asked for them', async (t) => {
  const f = await openFixture(t)
  const { id } = f.rows[0]!
  const operator = (path: string, body?: unknown): Promise<Response> =>
    post(
      f,
      `/ecocs/${id}/${path}`,
      body === undefined ? undefined : JSON.stringify(body),
      body === undefined ? {} : undefined,
      f.tokens.operator,
    )
  const actor = 'token:operator-token'
  for (const verb of ['replay', 'retry', 'correct']) {
    t.equal((await operator(verb)).status, 200)
    t.same(f.asked.at(-1), [verb, id, actor])
  }
  t.equal((await operator('cancel', { comment: 'scrapped' })).status, 200)
  t.same(f.asked.at(-1), ['cancel', id, 'scrapped', actor])
  t.equal((await operator('reopen', { comment: 'wrong mass, letter of 3 March' })).status, 200)
  t.same(f.asked.at(-1), ['reopen', id, 'wrong mass, letter of 3 March', actor])
  t.equal((await operator('reopen', { comment: ' ' })).status, 400, 'an objection says to what')
  t.equal((await operator('resolve', { outcome: 'not_received', comment: 'asked by phone' })).status, 200)
  t.same(f.asked.at(-1), ['resolve', id, { outcome: 'not_received', comment: 'asked by phone' }, actor])
  t.equal((await operator('resolve', { outcome: 'maybe' })).status, 400)
  t.equal((await operator('replay', { force: true })).status, 400)
})

test('records', async (t) => {
  const f = await openFixture(t)
  const push = (
    query: string,
    body: string,
    headers: Record<string, string> = { 'Content-Type': 'application/json' },
  ): Promise<Response> => post(f, `/records${query}`, body, headers, f.tokens.ingest)

  await t.test('are handed on as they are, with their key', async (t) => {
    const r = await push('?mapper=sage-x3', 'A;B\r\n', {
      'Content-Type': 'text/csv; charset=windows-1252',
      'Idempotency-Key': 'k-1',
    })
    t.equal(r.status, 202)
    t.strictSame(await r.json(), { records: [{ recordKey: 'K', id: 'I', known: false }], refused: [] })
    t.match(f.asked.at(-1), [
      'push',
      {
        mapper: 'sage-x3',
        body: 'A;B\r\n',
        contentType: 'text/csv; charset=windows-1252',
        idempotencyKey: 'k-1',
        actor: 'token:ingest-token',
      },
    ])
  })
  await t.test('of which none could be taken are a 422 that says why', async (t) => {
    const r = await push('?mapper=sage-x3', '')
    t.equal(r.status, 422)
    t.match(await r.json(), { code: 'API-009', refused: [{ line: 0, problems: [{ code: 'INB-001' }] }] })
  })
  await t.test('need a mapper that is there, a kind that is read, and a sane key', async (t) => {
    t.equal((await push('', '{}')).status, 400)
    t.equal((await push('?mapper=../x', '{}')).status, 400)
    t.equal((await push('?mapper=other', '{}')).status, 404)
    t.equal((await push('?mapper=sage-x3', '{}', { 'Content-Type': 'image/png' })).status, 415)
    t.equal(
      (await push('?mapper=sage-x3', '{}', { 'Content-Type': 'application/json', 'Idempotency-Key': 'a b' })).status,
      400,
    )
  })
  await t.test('above 32 MB are refused before they are read', async (t) => {
    const r = await push('?mapper=sage-x3', '{}', {
      'Content-Type': 'application/json',
      'Content-Length': String(33 * 1024 * 1024),
    })
    t.equal(r.status, 413)
  })
})
