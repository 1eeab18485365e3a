import { request } from 'node:http'
import { test } from 'tap'
import { control, makeDocument, openSimulator, vin } from './harness.ts'

test('control of the simulated access point', async (t) => {
  const simulator = await openSimulator()
  t.teardown(() => simulator.close())
  const client = simulator.client()

  await t.test('the address has no trailing slash and is on loopback', async (t) => {
    t.match(simulator.control, /^http:\/\/127\.0\.0\.1:\d+$/)
    t.match((await control(simulator, 'health')).json, { status: 'ok', pid: process.pid, endpoint: simulator.endpoint })
  })

  await t.test('another host name is refused', async (t) => {
    const { port } = new URL(simulator.control)
    const status = await new Promise((resolve) => {
      request({ port, host: '127.0.0.1', path: '/_control/accepted', headers: { host: 'example.com' } }, (r) =>
        resolve(r.resume().statusCode),
      ).end()
    })
    t.equal(status, 403)
  })

  await t.test('a web page is refused, whatever it asks for', async (t) => {
    const as = (origin: string, init: RequestInit = {}) =>
      fetch(`${simulator.control}/_control/behaviour`, { ...init, headers: { origin } }).then((r) => r.status)
    t.equal(await as('https://example.com'), 403)
    t.equal(await as('null'), 403)
    t.equal(await as(simulator.control, { method: 'POST', body: '{"behaviour":"reject"}' }), 403)
    t.match((await control(simulator, 'behaviour')).json, { behaviour: 'accept' }, 'and nothing came of it')
  })

  await t.test('requests are listed with what was decided and whether it was answered', async (t) => {
    const [good, bad] = [makeDocument(), makeDocument('bad-rule')]
    await client.submit(good, 'message-1' as never)
    await client.submit(bad, 'message-2' as never)
    await simulator.behave('reset-after-accept')
    const cut = makeDocument()
    await client.submit(cut, 'message-3' as never)
    await simulator.behave('accept')
    await client.query(good)
    const rows = await simulator.requests()
    t.match(rows, [
      {
        operation: 'submit',
        iviReferenceId: good.iviReferenceId,
        vin,
        messageId: 'message-1',
        sha256: good.sha256,
        outcome: 'accepted',
        answered: true,
      },
      {
        operation: 'submit',
        iviReferenceId: bad.iviReferenceId,
        messageId: 'message-2',
        outcome: 'rejected',
        answered: true,
      },
      {
        operation: 'submit',
        iviReferenceId: cut.iviReferenceId,
        messageId: 'message-3',
        outcome: 'accepted',
        answered: false,
      },
      { operation: 'query', iviReferenceId: good.iviReferenceId, vin, outcome: 'accepted', answered: true },
    ])
    t.match(rows[0]?.at, /^\d{4}-.*Z$/)
  })

  await t.test('unknown behaviours and odd values are refused', async (t) => {
    for (const body of [
      { behaviour: 'explode' },
      { behaviour: 'slow', probability: 2 },
      { behaviour: 'slow', x: 1 },
      '{',
    ]) {
      t.equal((await control(simulator, 'behaviour', body)).status, 422)
    }
    t.match((await control(simulator, 'behaviour', { behaviour: 'accept' })).json, { probability: 1, seed: 1 })
  })

  await t.test('the same seed strikes the same submissions, about as often as told', async (t) => {
    const run = async (seed: number) => {
      await simulator.behave('reject', 0.5, seed)
      const outcomes: string[] = []
      for (let i = 0; i < 40; i++) {
        const { next } = (await client.submit(makeDocument())) as { next: string }
        outcomes.push(next)
      }
      await simulator.behave('accept')
      return outcomes
    }
    const first = await run(7)
    t.same(await run(7), first)
    t.notSame(await run(8), first)
    const rejected = first.filter((o) => o === 'rejected').length
    t.ok(rejected > 8 && rejected < 32, `${rejected} of 40`)
  })

  await t.test('behaviour touches submissions only', async (t) => {
    const document = makeDocument()
    await client.submit(document)
    for (const behaviour of [
      'reject',
      'soap-fault',
      'http-500',
      'reset-before-accept',
      'malformed-reply',
      'wrong-receipt',
    ]) {
      await simulator.behave(behaviour)
      t.match(await client.query(document), { next: 'accepted' }, behaviour)
    }
    await simulator.behave('accept')
  })

  await t.test('base eCoCs come back by VIN as they were put in, and are never among the accepted', async (t) => {
    const before = (await simulator.accepted()).length
    const base = makeDocument('base').bytes.toString()
    const of = 'XBASE000000000001'
    const xml = base.replace(vin, of)
    t.match(
      await control(
        simulator,
        'base-ecoc',
        `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`,
        'application/xml',
      ),
      {
        status: 201,
        json: { vin: of },
      },
    )
    t.equal(String(await client.retrieve(of)), xml)
    t.match(await control(simulator, 'base-ecoc', xml.replace('base', 'newer'), 'text/plain'), { status: 201 })
    t.match(String(await client.retrieve(of)), /newer/, 'a later one replaces it')
    t.equal(await client.retrieve('XBASE000000000009'), undefined)
    t.match(await control(simulator, 'base-ecoc', { vin: 'XBASE000000000002' }), {
      status: 201,
      json: { vin: 'XBASE000000000002' },
    })
    t.match(String(await client.retrieve('XBASE000000000002')), /XBASE000000000002/)
    t.equal((await simulator.accepted()).length, before)
    t.same((await control(simulator, 'sample-base')).json, { wheelbase: 3450 })
  })

  await t.test('what is no IVI document is refused', async (t) => {
    for (const body of ['<a/>', '<broken', '<!DOCTYPE a><InitialVehicleInformation/>', { vin: 'short' }, {}]) {
      t.equal((await control(simulator, 'base-ecoc', body)).status, 422)
    }
    t.equal((await control(simulator, 'nothing-here')).status, 404)
  })

  await t.test('the connection test says what works', async (t) => {
    t.same(
      (await client.test()).map((s) => [s.step, s.ok]),
      [
        ['client certificate', true],
        ['connection', true],
        ['status query', true],
      ],
    )
  })
})
