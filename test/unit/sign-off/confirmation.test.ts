import { test } from 'tap'
import { openFixture, password } from '../../support/http-fixture.ts'

test('a session says the password again, and failed tries count as at the log-in', async (t) => {
  const f = await openFixture(t)
  const page = { 'Content-Type': 'application/json', Origin: 'http://localhost', Host: 'localhost' }
  const post = (path: string, body: unknown, cookie = ''): Promise<Response> =>
    Promise.resolve(
      f.app.request(`http://localhost/api/v1${path}`, {
        method: 'POST',
        headers: { ...page, Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
        body: JSON.stringify(body),
      }),
    )
  const opened = await post('/session', { name: 'quality', password })
  t.equal(opened.status, 200)
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  const row = f.rows.find((r) => r.state === 'awaiting_signoff')!
  const decide = (more: object) =>
    post(
      `/ecocs/${row.id}/sign-off`,
      { decision: 'approve', comment: '', documentSha256: row.document_sha256, ...more },
      cookie,
    )

  const settings = await f.app.request('http://localhost/api/v1/sign-off/settings', { headers: { Cookie: cookie } })
  t.match(await settings.json(), { confirmation: 'password', me: { name: 'quality', mayDecide: true } })

  const missing = await decide({})
  t.match([missing.status, await missing.json()], [401, { code: 'API-062' }])
  const wrong = () => decide({ confirmation: { password: 'wrong' } })
  t.match(await (await wrong()).json(), { code: 'API-062' })
  t.match((await f.store.events.of('quality')).at(-1), { type: 'session.confirmation_refused', actor: 'quality' })
  t.equal(f.asked.length, 0, 'nothing was decided')
  for (let i = 0; i < 5; i++) await wrong()
  const locked = await decide({ confirmation: { password } })
  t.equal(locked.status, 429, 'even the right one waits now')
  t.ok(Number(locked.headers.get('retry-after')) > 0)
  t.equal((await post('/session', { name: 'quality', password })).status, 429, 'the log-in too')

  f.now = new Date(f.now.getTime() + 60_000)
  const right = await decide({ confirmation: { password } })
  t.equal(right.status, 200)
  t.match(f.asked.at(-1), ['signOff', row.id, { decision: 'approve' }, 'quality'])
})
