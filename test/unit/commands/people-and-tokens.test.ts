import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import type { Instant } from '../../../gateway/contract/index.ts'
import { insert } from '../../../gateway/store/writes.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { openSandbox } from './command-fixture.ts'

test('access from the command line', async (t) => {
  const { folder, data, run } = await openSandbox(t)
  const { store } = data.tools

  await t.test('a password that is reset ends the sessions of that person, and of nobody else', async (t) => {
    for (const name of ['ann', 'bob']) {
      t.equal((await run('person', 'create', '--name', name, '--role', 'viewer')).code, 0)
      const session = { hash: sha256(name), person: name, expires_at: '2099-01-01T00:00:00.000Z' as Instant }
      await store.commit([insert('session', session)])
    }
    const now = new Date().toISOString() as Instant
    t.ok(await store.access.session(sha256('ann'), now))
    t.equal((await run('person', 'reset', '--name', 'ann')).code, 0)
    t.equal(await store.access.session(sha256('ann'), now), undefined)
    t.ok(await store.access.session(sha256('bob'), now))
  })

  await t.test('a token that is revoked opens nothing any more, and the audit chain says so', async (t) => {
    const made = await run('token', 'create', '--name', 'erp', '--role', 'ingest', '--json')
    const hash = sha256((JSON.parse(made.out) as { token: string }).token)
    t.ok(await store.access.token(hash))
    const revoked = await run('token', 'revoke', '--name', 'erp', '--json')
    t.match(revoked, { code: 0, out: /^\{"name":"erp","revokedAt":"2.*Z"\}$/ })
    t.equal(await store.access.token(hash), undefined)
    t.match(
      (await store.events.of('erp')).map((e) => e.type),
      ['token.created', 'token.revoked'],
    )
    t.match(await run('token', 'revoke', '--name', 'erp'), { code: 2, err: /was revoked at/ })
    t.match(await run('token', 'revoke', '--name', 'nobody'), { code: 2, err: /no token nobody/ })
    t.match(await run('token', 'revoke', '--name', 'erp', '--role', 'admin'), { code: 2, err: /CLI-001/ })
  })

  await t.test('an anchor that is none is exit 2 and says what it must hold', async (t) => {
    const anchor = join(folder, 'anchor.json')
    for (const text of ['', '{', '[]', '{"events":"5","head":"x"}', `{"events":-1,"head":"${'0'.repeat(64)}"}`]) {
      await writeFile(anchor, text)
      t.match(await run('audit', 'verify', '--anchor', anchor), { code: 2, err: /is no anchor: it must hold/ }, text)
    }
    t.match(await run('audit', 'verify', '--anchor', 'missing'), { code: 3, err: /CLI-002/ })
    const verdict = await run('audit', 'verify', '--json')
    await writeFile(anchor, verdict.out)
    t.match(await run('audit', 'verify', '--anchor', anchor), { code: 0, out: /^whole/ })
  })
})
