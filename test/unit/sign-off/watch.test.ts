import { test } from 'tap'
import { SMTPServer } from 'smtp-server'
import check from '../../../gateway/health/checks/sign-offs.ts'
import trends from '../../../gateway/health/checks/drift-trends.ts'
import type { AddressInfo } from 'node:net'
import { signOff } from '../../../gateway/config/parts/sign-off.ts'
import { SignOffWatch } from '../../../gateway/flow/sign-off/sign-off-watch.ts'
import { insert } from '../../../gateway/store/writes.ts'
import { flowBench } from '../flow/flow-tools.ts'

const waiting = async (t: Parameters<typeof flowBench>[0]) => {
  const bench = await flowBench(t)
  const { ecoc } = await bench.claimed({ state: 'awaiting_signoff' })
  const at = bench.tools.clock().toISOString() as never
  const row = { id: 's1', ecoc_id: ecoc.id, document_sha256: 'd' as never, findings: '[]', requested_at: at }
  await bench.store.commit([
    insert('sign_off', { ...row, decision: null, decided_by: null, comment: null, decided_at: null, approvers: 1 }),
  ])
  return { ...bench, ecoc }
}
const hour = 3_600_000

test('what waits is told once after hours, and above after a day, by mail too', async (t) => {
  const { tools, store, wait, ecoc } = await waiting(t)
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        mails.push([...session.envelope.rcptTo.map((r) => r.address), Buffer.concat(parts).toString()].join('\n'))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  const mail = { host: '127.0.0.1', port, security: 'none', from: 'gateway@site.example', to: ['quality@site.example'] }
  Object.assign(tools.config, { signOff: signOff.parse({ mail: { ...mail, escalateTo: ['head@site.example'] } }) })
  const watch = new SignOffWatch({ ...tools, configFolder: '/' })
  const told = async () => (await store.events.of(ecoc.id)).map((e) => e.type).filter((e) => e.startsWith('signoff.'))

  await watch.look()
  t.strictSame(await told(), [])
  wait(5 * hour)
  await watch.look()
  await watch.look()
  t.strictSame(await told(), ['signoff.reminded'])
  t.equal(mails.length, 1)
  t.match(mails[0], new RegExp(`quality@site[^]*Please decide[^]*${ecoc.vin}, waits 5 h`))
  t.strictSame(await check.run(tools), [{ ok: true }])
  wait(20 * hour)
  await watch.look()
  t.strictSame(await told(), ['signoff.reminded', 'signoff.escalated'])
  t.match(mails[1], /head@site[^]*Nobody decided/)
  t.match(await check.run(tools), [{ ok: false, issue: new RegExp(ecoc.vin) }])
  t.match(await store.ecocs.get(ecoc.id), { next_step: /those above were told/ })
})

test('a mail that cannot be sent is told in the audit and holds nothing up', async (t) => {
  const { tools, store, wait } = await waiting(t)
  const mail = { host: '127.0.0.1', port: 9, security: 'none', from: 'a@b.example', to: ['c@d.example'] }
  Object.assign(tools.config, { signOff: signOff.parse({ mail }) })
  wait(5 * hour)
  await new SignOffWatch({ ...tools, configFolder: '/' }).look()
  t.match(await store.events.of('sign-offs'), [{ type: 'signoff.mail_failed', detail: /127.0.0.1:9/ }])
})

test('a mean that moves is told, and that it settled again', async (t) => {
  const { tools, store, wait } = await flowBench(t)
  const watch = new SignOffWatch({ ...tools, configFolder: '/' })
  let n = 0
  const build = async (count: number, deviation: number) => {
    for (let i = 0; i < count; i++) {
      wait(60_000)
      const at = tools.clock().toISOString() as never
      const of = { vin: `V${++n}` as never, stage: 2, field: 'weighing', variant: 'a/b/c', ecoc_id: 'e' as never, at }
      await store.commit([insert('drift_value', { ...of, deviation: deviation + (i % 2) / 10 })])
    }
    await watch.look()
  }
  await build(30, 0.2)
  t.strictSame(await store.weighings.alerts(), [])
  await build(10, 1.8)
  t.match(await store.weighings.alerts(), [{ variant: 'a/b/c', field: 'weighing' }])
  t.match(await trends.run(tools), [{ about: 'a/b/c', ok: false, issue: /moved by 1.60/ }])
  await build(100, 1.8)
  t.strictSame(await store.weighings.alerts(), [])
  t.strictSame(
    (await store.events.of('a/b/c')).map((e) => e.type),
    ['drift.moved', 'drift.settled'],
  )
})
