import { test } from 'tap'
import { createPerson, createToken } from '../../../gateway/http/auth/credentials.ts'
import { LoginThrottle } from '../../../gateway/http/auth/login-throttle.ts'
import { hashPassword, newPassword, verifyPassword, dummyHash } from '../../../gateway/http/auth/password.ts'
import { openFixture, password, type Fixture } from '../../support/http-fixture.ts'

const origin = { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' }
const json = { 'Content-Type': 'application/json' }
const login = (
  f: Fixture,
  body: unknown,
  headers: Record<string, string> = {},
  url = '/api/v1/session',
): Promise<Response> =>
  Promise.resolve(f.app.request(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) }))

test('a session', async (t) => {
  const f = await openFixture(t)
  const answer = await login(f, { name: 'operator', password }, origin)
  const setCookie = answer.headers.get('set-cookie')!
  const cookie = { Cookie: setCookie.split(';')[0]! }
  const someId = f.rows.find((r) => r.state === 'held')!.id
  const replay = (headers: Record<string, string>, body = '{}'): Promise<Response> =>
    Promise.resolve(f.app.request(`/api/v1/ecocs/${someId}/replay`, { method: 'POST', headers, body }))

  await t.test('is opened by name and password, and tells what the person may do', async (t) => {
    t.equal(answer.status, 200)
    t.strictSame(await answer.json(), { name: 'operator', role: 'operator', permissions: ['read', 'operate'] })
    const r = await f.app.request('/api/v1/session', { headers: cookie })
    t.match(await r.json(), { name: 'operator' })
  })

  await t.test('lies in a cookie that scripts and other sites cannot use', async (t) => {
    for (const flag of [/HttpOnly/, /SameSite=Strict/, /Path=\//, /Max-Age=43200/]) t.match(setCookie, flag)
    t.notMatch(setCookie, /Secure/, 'plain HTTP on the loopback would lose it')
    const tls = await login(f, { name: 'operator', password }, {}, 'https://localhost/api/v1/session')
    t.match(tls.headers.get('set-cookie'), /^__Host-ecoc=.*Secure/)
    t.ok(tls.headers.get('strict-transport-security'))
  })

  await t.test('changes things only from our own page, as JSON', async (t) => {
    t.equal((await replay({ ...cookie, ...json, ...origin })).status, 200)
    t.same(f.asked.at(-1), ['replay', someId, 'operator'])
    const before = f.asked.length
    const forged: Record<string, string>[] = [
      json,
      { ...json, Origin: 'http://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      { ...json, Origin: 'http://localhost:81' },
      { ...json, ...origin, 'Sec-Fetch-Site': 'same-site' },
      { ...json, Origin: 'null' },
      { ...origin, 'Content-Type': 'text/plain' },
      { ...origin, 'Content-Type': 'application/x-www-form-urlencoded' },
    ]
    for (const headers of forged) {
      const r = await replay({ ...cookie, ...headers })
      t.equal(r.status, 403, JSON.stringify(headers))
      t.equal((await r.json()).code, 'API-014')
    }
    t.equal(f.asked.length, before, 'nothing was done')
  })

  await t.test('is not opened for a foreign page', async (t) => {
    const r = await login(
      f,
      { name: 'operator', password },
      { Origin: 'http://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    )
    t.equal(r.status, 403)
    t.notOk(r.headers.get('set-cookie'))
  })

  await t.test('ends by log-out, and by itself after 12 hours', async (t) => {
    const own = { Cookie: (await login(f, { name: 'viewer', password })).headers.get('set-cookie')!.split(';')[0]! }
    t.equal((await f.app.request('/api/v1/session', { headers: own })).status, 200)
    t.equal((await f.app.request('/api/v1/session', { method: 'DELETE', headers: { ...own, ...origin } })).status, 204)
    t.equal((await f.app.request('/api/v1/session', { headers: own })).status, 401)
    const start = f.now
    f.now = new Date(start.getTime() + 12 * 3_600_000 - 1000)
    t.equal((await f.app.request('/api/v1/session', { headers: cookie })).status, 200)
    f.now = new Date(start.getTime() + 12 * 3_600_000 + 1000)
    t.equal((await f.app.request('/api/v1/session', { headers: cookie })).status, 401)
    f.now = start
  })

  await t.test('leaves its opening in the audit chain, and only a hash in the store', async (t) => {
    const events = await f.store.events.of('operator')
    t.ok(events.some((e) => e.type === 'session.opened'))
    t.notMatch(JSON.stringify(events), cookie.Cookie.split('=')[1]!)
  })
})

test('a log-in', async (t) => {
  const f = await openFixture(t)

  await t.test('fails alike for a wrong password and an unknown name', async (t) => {
    const [a, b] = await Promise.all([
      login(f, { name: 'quality', password: 'nope' }),
      login(f, { name: 'nobody', password }),
    ])
    t.equal(a.status, 401)
    t.equal(b.status, 401)
    t.strictSame(await a.json(), await b.json())
    t.equal((await f.store.events.of('nobody')).length, 0, 'what was typed as a name is not kept')
  })

  await t.test('is slowed down after five failures, also with the right password, and works again later', async (t) => {
    for (let i = 0; i < 5; i++) await login(f, { name: 'admin', password: 'nope' })
    const r = await login(f, { name: 'admin', password })
    t.equal(r.status, 429)
    t.ok(Number(r.headers.get('retry-after')) >= 1)
    t.equal((await login(f, { name: 'auditor', password })).status, 200, 'others are not held up')
    f.now = new Date(f.now.getTime() + 2000)
    t.equal((await login(f, { name: 'admin', password })).status, 200)
  })

  await t.test('refuses what is no name and password', async (t) => {
    t.equal((await login(f, { name: 'admin' })).status, 400)
    t.equal((await login(f, { name: 'admin', password, more: 1 })).status, 400)
    t.equal((await login(f, { name: 'admin', password: 'x'.repeat(9999) })).status, 413)
    t.equal((await login(f, { name: 'admin', password }, { 'Content-Type': 'text/plain' })).status, 415)
  })
})

test('the throttle waits longer with every failure, up to a limit, and forgets', (t) => {
  let now = 0
  const throttle = new LoginThrottle(() => new Date(now))
  const waits: number[] = []
  for (let i = 0; i < 20; i++) {
    const wait = throttle.begin('n', 'a')
    waits.push(wait)
    if (wait > 0) {
      now += wait
      t.equal(throttle.begin('n', 'a'), 0)
    }
  }
  t.same(waits.slice(0, 8), [0, 0, 0, 0, 0, 1000, 2000, 4000])
  t.equal(Math.max(...waits), 15 * 60_000)
  now += 31 * 60_000
  t.equal(throttle.begin('n', 'a'), 0)
  t.equal(throttle.begin('n', 'a'), 0)
  t.end()
})

test('who fails under a name elsewhere holds its owner up for half a minute at most', (t) => {
  let now = 0
  const throttle = new LoginThrottle(() => new Date(now))
  for (let i = 0; i < 5; i++) throttle.begin('n', 'attacker')
  t.ok(throttle.begin('n', 'attacker') > 0)
  t.equal(throttle.begin('n', 'owner'), 0, 'a few failures elsewhere hold nobody up')
  throttle.succeeded('n', 'owner')
  const waits: number[] = []
  for (let i = 0; i < 60; i++) {
    const wait = throttle.begin('n', `a${i}`)
    waits.push(wait)
    now += wait
    if (wait > 0) throttle.begin('n', `a${i}`)
  }
  t.equal(waits.indexOf(1000), 15, 'the twenty-first failure of the name from wherever has to wait')
  t.equal(Math.max(...waits), 30_000)
  const own = throttle.begin('n', 'owner')
  t.ok(own > 0 && own <= 30_000)
  now += own
  t.equal(throttle.begin('n', 'owner'), 0)
  throttle.succeeded('n', 'owner')
  t.equal(throttle.begin('other', 'owner'), 0, 'other names are not held up')
  t.ok(throttle.begin('n', 'b') > 0, 'a success does not free those who guess')
  t.end()
})

test('passwords', async (t) => {
  const hash = await hashPassword('ein längeres Wort')
  t.match(hash, /^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  t.ok(await verifyPassword('ein längeres Wort', hash))
  t.notOk(await verifyPassword('ein laengeres Wort', hash))
  t.notOk(await verifyPassword('', dummyHash))
  t.notOk(await verifyPassword('x', 'md5$x'))
  t.not(hash, await hashPassword('ein längeres Wort'), 'each has its own salt')
  const made = new Set(Array.from({ length: 50 }, newPassword))
  t.equal(made.size, 50)
  for (const p of made) t.match(p, /^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/)
})

test('people and tokens are made only with a role and a name that exist', async (t) => {
  t.throws(() => createToken({ name: 'x', role: 'root' }), { code: 'API-018' })
  t.throws(() => createToken({ name: 'a\nb', role: 'admin' }), { code: 'API-017' })
  await t.rejects(createPerson({ name: 'x', role: 'admin', password: 'short' }), { code: 'API-019' })
  const { token, row } = createToken({ name: 'x', role: 'viewer' })
  t.match(token, /^ecoc_[\w-]{43}$/)
  t.notMatch(JSON.stringify(row), token)
})
