import { test } from 'tap'
import { may, roles } from '../../../gateway/http/auth/roles.ts'
import { openapiDocument } from '../../../gateway/http/routes/openapi.ts'
import { bearer, openFixture } from '../../support/http-fixture.ts'

const { paths } = openapiDocument('1')
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
const someId = '0190a0a0-0000-7000-8000-000000000000'

test('routes and document', async (t) => {
  const f = await openFixture(t)

  await t.test('name the same calls, neither more nor less', async (t) => {
    const registered = new Set(
      f.app.routes
        // What is registered for all methods is middleware.
        .filter((r) => r.method !== 'ALL')
        .map((r) => `${r.method} ${r.path.replace(/:(\w+)/g, '{$1}')}`),
    )
    const documented = new Set(operations.map((o) => `${o.method} ${o.path}`))
    t.ok(registered.size > 15)
    t.same([...registered].sort(), [...documented].sort())
  })

  await t.test('is served to all, and its references lead somewhere', async (t) => {
    const r = await f.app.request('/api/v1/openapi.json')
    const document = await r.json()
    t.equal(document.openapi, '3.1.0')
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map((m) => m[1]!)
    t.ok(refs.length > 5)
    for (const ref of refs) t.ok(document.components.schemas[ref], ref)
    const ids = operations.map((o) => o.operation.operationId)
    t.equal(new Set(ids).size, ids.length, 'operation ids are unique')
    for (const o of operations)
      t.same(
        ((o.operation.parameters ?? []) as { in: string; name: string }[])
          .filter((p) => p.in === 'path')
          .map((p) => `{${p.name}}`),
        o.path.match(/\{\w+\}/g) ?? [],
        o.path,
      )
  })

  for (const { path, method, operation } of operations) {
    const permission = operation['x-permission']
    if (permission === 'none') continue
    const call = (headers: Record<string, string>): Promise<Response> =>
      Promise.resolve(f.app.request(path.replace('{id}', someId), { method, headers }))

    await t.test(`${method} ${path} is for nobody without a valid token`, async (t) => {
      const answers = await Promise.all(
        [{}, bearer('ecoc_wrong'), { Authorization: 'Basic YTpi' }, { Cookie: 'ecoc=x' }].map((h) => call(h)),
      )
      for (const r of answers) {
        t.equal(r.status, 401)
        t.equal(r.headers.get('www-authenticate'), 'Bearer')
        t.match(await r.json(), { code: 'API-010', status: 401 })
      }
    })

    if (permission === 'any') continue
    await t.test(`${method} ${path} is only for roles with ${permission}`, async (t) => {
      for (const role of roles) {
        const r = await call(bearer(f.tokens[role]))
        if (may(role, permission)) t.notMatch([401, 403], r.status, role)
        else t.equal(r.status, 403, role)
        await r.body?.cancel()
      }
    })
  }

  await t.test('a revoked token counts for nothing', async (t) => {
    const { createToken } = await import('../../../gateway/http/auth/credentials.ts')
    const { insert } = await import('../../../gateway/store/writes.ts')
    const { token, row } = createToken({ name: 'gone', role: 'admin' })
    await f.store.commit([insert('token', { ...row, revoked_at: row.created_at })])
    t.equal((await f.app.request('/api/v1/summary', { headers: bearer(token) })).status, 401)
  })
})

test('who runs the gateway does not judge drift', (t) => {
  t.notOk(may('admin', 'signOff'))
  t.same(
    roles.filter((r) => may(r, 'signOff')),
    ['quality', 'approver'],
  )
  t.end()
})
