import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { GatewayError } from '../../../gateway/contract/index.ts'
import { problemOf } from '../../../gateway/http/problem.ts'
import { bearer, openFixture, temporaryFolder } from '../../support/http-fixture.ts'

test('health', async (t) => {
  const f = await openFixture(t)
  const sandbox = { control: 'http://127.0.0.1:9', inbox: '/data/inbox/sage-x3' }
  const get = async (path: string): Promise<[number, unknown]> => {
    const r = await f.app.request(path)
    return [r.status, await r.json()]
  }
  t.strictSame(await get('/healthz'), [200, { status: 'ok', version: '0.1.0', sandbox }])
  f.health = {
    ok: true,
    ready: false,
    checks: [{ check: 'access-point', ok: false, issue: 'down', suggestion: 'start it' }],
  }
  t.strictSame(await get('/healthz'), [503, { status: 'starting', version: '0.1.0' }])
  t.strictSame(await get('/readyz'), [503, { ready: false, checks: [{ check: 'access-point', ok: false }] }])
  f.health = { ...f.health, ok: false, ready: true }
  t.strictSame((await get('/healthz'))[1], { status: 'failing', version: '0.1.0' })

  const metrics = await f.app.request('/metrics')
  t.match(metrics.headers.get('content-type'), 'text/plain')
  t.equal(await metrics.text(), 'ecoc_up 1\n')

  const summary = await (await f.app.request('/api/v1/summary', { headers: bearer(f.tokens.viewer) })).json()
  t.match(summary, { total: f.rows.length, sandbox: false, counts: { held: 2, awaiting_signoff: 1 } })
  t.strictSame(summary.issues, [{ check: 'access-point', issue: 'down', suggestion: 'start it' }])
})

test('every answer', async (t) => {
  const folder = temporaryFolder(t, 'ui')
  const f = await openFixture(t, { uiFolder: folder })

  await t.test('carries the headers that keep a browser in check, refusals too', async (t) => {
    for (const path of ['/healthz', '/api/v1/ecocs', '/nowhere']) {
      const { headers } = await f.app.request(path)
      const csp = headers.get('content-security-policy')!
      t.match(csp, /default-src 'none'/)
      t.notMatch(csp, /unsafe|\*/)
      t.equal(headers.get('x-content-type-options'), 'nosniff')
      t.equal(headers.get('referrer-policy'), 'no-referrer')
      t.equal(headers.get('cache-control'), 'no-store')
    }
  })

  await t.test('is given only to a host name that is ours', async (t) => {
    for (const host of ['localhost', 'localhost:8480', '127.0.0.1:1', '[::1]:8480', 'gateway.example'])
      t.equal((await f.app.request('/healthz', { headers: { Host: host } })).status, 200, host)
    for (const host of ['evil.example', 'localhost.evil.example', '10.0.0.1', ''])
      t.equal((await f.app.request('/healthz', { headers: { Host: host } })).status, 421, host)
  })

  await t.test('is a problem where there is nothing', async (t) => {
    const r = await f.app.request('/nowhere')
    t.equal(r.status, 404)
    t.equal(r.headers.get('content-type'), 'application/problem+json')
    t.match(await r.json(), { code: 'API-005', status: 404, title: 'Not Found' })
    const api = await f.app.request('/api/v1/nowhere', { headers: { ...bearer(f.tokens.admin), Accept: 'text/html' } })
    t.equal(api.status, 404, 'no page in place of an answer')
  })
})

test('the files of the UI', async (t) => {
  const folder = temporaryFolder(t, 'ui')
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'app.js'), 'let a')
  writeFileSync(join(folder, 'secret.txt'), 'x')
  mkdirSync(join(folder, 'sub'))
  const f = await openFixture(t, { uiFolder: folder })
  const page = await f.app.request('/')
  t.equal(await page.text(), '<!doctype html>')
  const script = await f.app.request('/app.js')
  t.match(script.headers.get('content-type'), 'text/javascript')
  const again = await f.app.request('/app.js', { headers: { 'If-None-Match': script.headers.get('etag')! } })
  t.equal(again.status, 304)
  t.equal(await (await f.app.request('/ecocs/1', { headers: { Accept: 'text/html' } })).text(), '<!doctype html>')
  for (const path of ['/secret.txt', '/..%2f..%2fpackage.json', '/../package.json', '/sub', '/other.js'])
    t.equal((await f.app.request(path)).status, 404, path)
})

test('an error', (t) => {
  const of = (kind: GatewayError['kind'], params = {}): number =>
    problemOf(new GatewayError({ kind, code: 'X-1', message: 'm', params })).status
  t.equal(of('usage', { status: 409 }), 409)
  t.equal(of('usage', { status: 200 }), 400)
  t.equal(of('operational'), 503)
  t.equal(of('security'), 403)
  t.equal(problemOf(new GatewayError({ kind: 'operational', code: 'STO-003', message: 'm' })).status, 409)
  t.notMatch(
    JSON.stringify(problemOf(new Error('the secret path /root/x'))),
    'secret',
    'an unexpected one tells nothing',
  )
  t.end()
})
