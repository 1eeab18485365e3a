import { createHash } from 'node:crypto'
import { test } from 'tap'
import { states } from '../../../gateway/contract/index.ts'
import { verbsOf, ecocPage } from '../../../gateway/http/views/ecoc-view.ts'
import { ecocTrace } from '../../../gateway/http/views/trace-schema.ts'
import { bearer, openFixture } from '../../support/http-fixture.ts'

test('the list', async (t) => {
  const f = await openFixture(t)
  const get = async (
    query: string,
  ): Promise<{ status: number; body: { items: { id: string }[]; next: string | null; code?: string } }> => {
    const r = await f.app.request(`/api/v1/ecocs${query}`, { headers: bearer(f.tokens.viewer) })
    return { status: r.status, body: await r.json() }
  }

  await t.test('is newest first, and its pages hold every eCoC once', async (t) => {
    const seen: string[] = []
    let next: string | null = null
    do {
      const { body } = await get(`?limit=7${next ? `&after=${next}` : ''}`)
      ecocPage.parse(body)
      seen.push(...body.items.map((i: { id: string }) => i.id))
      next = body.next
    } while (next)
    t.same(seen, f.rows.map((r) => r.id).reverse())
  })

  await t.test('has no next page when the last one is just full', async (t) => {
    const { body } = await get(`?limit=${f.rows.length}`)
    t.equal(body.items.length, f.rows.length)
    t.equal(body.next, null)
  })

  await t.test('holds 50 when nothing else is asked', async (t) => t.equal((await get('')).body.items.length, 50))

  await t.test('filters by state, by VIN in any case, and by a part of the VIN', async (t) => {
    const held = f.rows
      .filter((r) => r.state === 'held')
      .map((r) => r.id)
      .reverse()
    t.same(
      (await get('?state=held')).body.items.map((i: { id: string }) => i.id),
      held,
    )
    const row = f.rows[3]!
    t.same(
      (await get(`?vin=${row.vin.toLowerCase()}`)).body.items.map((i: { id: string }) => i.id),
      [row.id],
    )
    t.same(
      (await get(`?q=${row.vin.slice(-6)}`)).body.items.map((i: { id: string }) => i.id),
      [row.id],
    )
  })

  await t.test('takes empty parameters as absent, and a limit that is too large as the largest', async (t) => {
    const all = (await get(`?limit=${f.rows.length}`)).body.items.length
    const empty = await get('?q=&vin=&state=&after=&limit=')
    t.equal(empty.status, 200)
    t.equal(empty.body.items.length, 50, 'the usual page')
    for (const limit of ['501', '100000', '9'.repeat(400)]) {
      const { status, body } = await get(`?limit=${limit}`)
      t.equal(status, 200)
      t.equal(body.items.length, all)
    }
  })

  for (const query of [
    '?limit=0',
    '?limit=x',
    '?limit=1.5',
    '?state=nope',
    '?vin=SHORT',
    '?after=1',
    '?sort=vin',
    `?q=${'a'.repeat(65)}`,
  ])
    await t.test(`refuses ${query.slice(0, 20)}`, async (t) => {
      const { status, body } = await get(query)
      t.equal(status, 400)
      t.match(body, { code: 'API-001', status: 400, type: 'urn:ecoc-gateway:error:API-001' })
    })
})

test('the trace', async (t) => {
  const f = await openFixture(t)
  const get = (path: string, headers = {}): Promise<Response> =>
    Promise.resolve(f.app.request(`/api/v1/ecocs/${path}`, { headers: { ...bearer(f.tokens.viewer), ...headers } }))

  await t.test('of every state is as the document describes it, and offers the verbs of the state', async (t) => {
    for (const row of f.rows) {
      const body = await (await get(row.id)).json()
      ecocTrace.parse(body)
      t.same(body.verbs, verbsOf(row))
    }
  })

  await t.test('of one that waits for a sign-off tells what is to be decided on', async (t) => {
    const row = f.rows.find((r) => r.state === 'awaiting_signoff')!
    const body = await (await get(row.id)).json()
    t.equal(body.signOff.documentSha256, row.document_sha256)
    t.equal(body.documentSha256, row.document_sha256)
    t.equal(body.signOff.findings[0].code, 'DRF-MASS-001')
  })

  await t.test('of one without an open sign-off has no such member', async (t) => {
    const row = f.rows.find((r) => r.state === 'accepted')!
    t.notOk('signOff' in (await (await get(row.id)).json()))
  })

  await t.test('says of each element where its value came from', async (t) => {
    const row = f.rows.find((r) => r.state === 'accepted')!
    const { model } = await (await get(row.id)).json()
    const path = '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[1]/AxleSpacing'
    t.strictSame(
      model.elements.find((e: { path: string; source: string | null }) => e.path === path),
      { path, value: '4325', source: 'record:WHEELBASE' },
    )
    t.ok(model.elements.every((e: { path: string; source: string | null }) => e.source !== null))
  })

  await t.test('of an answered one never shows the raw answer', async (t) => {
    const row = f.rows.find((r) => r.state === 'rejected')!
    const { receipts } = await (await get(row.id)).json()
    t.equal(receipts[0].meaning.messages[0].code, 'IVI-1207')
    t.notOk('raw' in receipts[0])
  })

  await t.test('of an unknown id is a 404', async (t) => {
    for (const id of ['0190a0a0-0000-7000-8000-000000000000', 'x', '..%2f..%2fetc%2fpasswd']) {
      const r = await get(id)
      t.equal(r.status, 404)
      t.match(r.headers.get('content-type'), 'application/problem+json')
    }
  })

  await t.test('gives the signed bytes, under their hash', async (t) => {
    const row = f.rows.find((r) => r.state === 'accepted')!
    const stored = await f.store.contents.get(row.id, 'signed')
    const r = await get(`${row.id}/ivi.xml`)
    const bytes = Buffer.from(await r.arrayBuffer())
    t.ok(bytes.equals(stored!.bytes))
    t.equal(r.headers.get('etag'), `"${createHash('sha256').update(bytes).digest('hex')}"`)
    t.equal(r.headers.get('content-type'), 'application/xml')
    t.match(r.headers.get('content-disposition'), `${row.vin}.xml`)
    t.equal((await get(`${row.id}/ivi.xml`, { 'If-None-Match': r.headers.get('etag') })).status, 304)
  })

  await t.test('has no signed bytes before it is signed', async (t) => {
    const row = f.rows.find((r) => r.state === 'held')!
    const r = await get(`${row.id}/ivi.xml`)
    t.equal(r.status, 404)
    t.equal((await r.json()).code, 'API-007')
  })
})

test('every verb of a state is one that can be called', (t) => {
  for (const state of states)
    for (const verb of verbsOf({ state, proposal_of: null }))
      t.match(verb, /^(sign-off|replay|retry|correct|reopen|cancel|resolve)$/)
  t.same(verbsOf({ state: 'received', proposal_of: null }), [])
  t.same(verbsOf({ state: 'awaiting_signoff', proposal_of: null }), ['sign-off', 'replay'])
  t.end()
})
