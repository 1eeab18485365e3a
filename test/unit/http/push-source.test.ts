import { createHmac } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'tap'
import json from '../../../connectors/codecs/json/codec.ts'
import push from '../../../connectors/push/connector.ts'
import { siteFiles } from '../../../gateway/config/site-files.ts'
import { ecocMovedAnswers } from '../../../gateway/flow/answers.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import { createSources } from '../../../gateway/flow/sources.ts'
import type { ReadySource, Tools } from '../../../gateway/flow/tools.ts'
import { WriteBackWorker } from '../../../gateway/flow/write-back-worker.ts'
import { createApp } from '../../../gateway/http/create-app.ts'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { update } from '../../../gateway/store/writes.ts'
import { openFixture } from '../../support/http-fixture.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { flowBench } from '../flow/flow-tools.ts'

const chassis = JSON.stringify({ vin: 'YC9SAMPLE00100001', order: 'A-1' })

const gateway = async (t: Parameters<typeof flowBench>[0], settings: unknown, over: Partial<ReadySource> = {}) => {
  const folder = await tempFolder(t)
  const files = siteFiles(folder)
  const bench = await flowBench(t)
  const config = push.config.parse(settings)
  const source: ReadySource = {
    ...{ name: 'mes', kind: 'push', connector: 'push', mapper: 'm', pollMs: 10, stablePolls: 2, maxBytes: 1e6 },
    connection: new SourceConnection((context) => push.open(config, { ...context, files }), { timeoutMs: 5000 }),
    ...over,
  }
  const input = {
    ...sampleMapper('chassis-json').input,
    fields: [
      { name: 'vin', type: 'vin', required: true },
      { name: 'order', type: 'text', required: true },
    ],
    recordKey: ['order'],
    vin: 'vin',
  }
  const tools = {
    ...bench.tools,
    mappers: new Map([['m', { name: 'm', input }]]),
    sources: new Map([['mes', source]]),
  } as unknown as Tools
  const sources = createSources(tools, { sources: new Map(), codecs: new Map([['json', json]]) }, 'base')
  const { deps } = await openFixture(t)
  const app = createApp({ ...deps, sources })
  const call = (headers: Record<string, string>, body = chassis, name = 'mes') =>
    app.request(`http://localhost/api/v1/sources/${name}/records`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    })
  return { folder, tools, call, store: bench.store, wait: bench.wait }
}

const sign = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')

test('a token lets in, is read anew at each call, and nothing tells an unknown source from a wrong token', async (t) => {
  const { folder, call, store } = await gateway(t, { bearer: { tokenFile: 'token' } })
  await writeFile(join(folder, 'token'), 'first\n')
  const good = await call({ Authorization: 'Bearer first' })
  t.equal(good.status, 202)
  t.match(await good.json(), { records: [{ recordKey: 'A-1', known: false }], refused: [] })
  const wrong = await call({ Authorization: 'Bearer second' })
  const unknown = await call({ Authorization: 'Bearer first' }, chassis, 'nobody')
  t.equal(wrong.status, 401)
  t.same(await unknown.json(), await wrong.json())
  await writeFile(join(folder, 'token'), 'second\n')
  t.equal((await call({ Authorization: 'Bearer first' })).status, 401, 'rotated')
  t.equal((await call({ Authorization: 'Bearer second' })).status, 202)
  await writeFile(join(folder, 'token'), '\n')
  t.equal((await call({ Authorization: 'Bearer ' })).status, 401, 'an empty token is none')
  t.match(await store.ecocs.list({ limit: 9 }), [{ source: 'mes', record_key: 'A-1' }])
})

test('a signature covers the body and, where asked for, the time', async (t) => {
  const { folder, call } = await gateway(t, { hmac: { secretFile: 's', timestampHeader: 'X-Time' } })
  await writeFile(join(folder, 's'), 'secret')
  const now = Math.floor(Date.now() / 1000)
  const at = (time: number, body = chassis) => ({
    'X-Time': String(time),
    'X-Signature-256': `sha256=${sign('secret', `${time}.${body}`)}`,
  })
  t.equal((await call(at(now))).status, 202)
  t.equal((await call(at(now), `${chassis} `)).status, 401, 'another body')
  t.equal((await call(at(now - 900))).status, 401, 'an old call again')
  t.equal((await call({ ...at(now), 'X-Time': String(now + 1) })).status, 401, 'another time')
  t.equal((await call({})).status, 401)
})

test('a client certificate counts by its fingerprint, and only where the proxy may hand it on', async (t) => {
  const fingerprint = 'ab'.repeat(32)
  const header = { 'X-Client-Cert': fingerprint.toUpperCase() }
  const trusting = await gateway(t, { certificate: { fingerprints: [fingerprint], proxyHeader: 'X-Client-Cert' } })
  t.equal((await trusting.call(header)).status, 202)
  t.equal((await trusting.call({ 'X-Client-Cert': 'cd'.repeat(32) })).status, 401)
  const strict = await gateway(t, { certificate: { fingerprints: [fingerprint] } })
  t.equal((await strict.call(header)).status, 401, 'a header alone proves nothing')
})

test('the same key is taken once, another body under it is refused, and too many calls wait', async (t) => {
  const { folder, call, store } = await gateway(t, { bearer: { tokenFile: 'token' } }, { callsPerMinute: 4 })
  await writeFile(join(folder, 'token'), 'x')
  const headers = { Authorization: 'Bearer x', 'Idempotency-Key': 'k1' }
  const [first, second] = [await (await call(headers)).json(), await (await call(headers)).json()]
  t.same(second, first)
  t.equal((await store.events.from(1, 100)).filter((e) => e.type === 'file.taken').length, 1)
  t.equal((await call(headers, chassis.replace('A-1', 'A-2'))).status, 422)
  t.equal((await call({ ...headers, 'Idempotency-Key': 'k2' }, '{"vin":"x"}')).status, 422)
  const late = await call(headers)
  t.equal(late.status, 429)
  t.equal(late.headers.get('retry-after'), '15')
})

test('the caller is told what became of its record; a no for good waits for a person', async (t) => {
  const calls: { url: string | undefined; signature: unknown; body: string }[] = []
  let status = 503
  const server = createServer((request: IncomingMessage, reply) => {
    void request.toArray().then((chunks) => {
      calls.push({
        url: request.url,
        signature: request.headers['x-signature-256'],
        body: Buffer.concat(chunks as Buffer[]).toString(),
      })
      reply.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/coc/{recordKey}`
  const b = await gateway(t, { bearer: { tokenFile: 'token' }, callback: { url, secretFile: 'token' } })
  await writeFile(join(b.folder, 'token'), 'x')
  await b.call({ Authorization: 'Bearer x' })
  const [ecoc] = await b.store.ecocs.list({ limit: 1 })
  const back = new WriteBackWorker(b.tools)
  back.start()
  t.teardown(() => back.stop())
  const move = async (state: 'accepted' | 'held') =>
    b.store.commit([update('ecoc', { id: ecoc!.id }, { state }), ...(await ecocMovedAnswers(ecoc!, state, b.tools))])
  await move('accepted')
  b.wait(5000)
  const problem = async () => (await b.store.writeBacks.of(ecoc!.id))[0]?.problem ?? ''
  await until('not now', 8000, async () => calls.length === 1 && (await problem()).includes('503'))
  status = 200
  b.wait(20_000)
  await until('told', 8000, async () => (await b.store.writeBacks.of(ecoc!.id))[0]?.state === 'done')
  t.equal(calls[1]?.url, '/coc/A-1')
  t.match(JSON.parse(calls[1]?.body ?? ''), { recordKey: 'A-1', coc_status: 'accepted', coc_error_code: '' })
  t.equal(calls[1]?.signature, `sha256=${sign('x', calls[1]?.body ?? '')}`)
  status = 410
  await move('held')
  b.wait(5000)
  await until('parked', 8000, async () => (await b.store.writeBacks.of(ecoc!.id))[0]?.state === 'failed')
  t.equal(calls.length, 3, 'not tried again')
})
