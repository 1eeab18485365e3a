import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { test } from 'tap'
import { testFiles } from '../support/site-files.ts'
import { testFacts } from '../support/submission-facts.ts'
import { SendError, type AccessPoint, type RawReply } from '../../gateway/contract/access-point.ts'
import type { IviReferenceId, MessageId } from '../../gateway/contract/ids.ts'
import type { AccessPointFixture } from './access-point-fixtures/fixture.ts'

/** Every access point there is: a new folder is found by itself, and fails here until it has a fixture. Others hold what they share. */
const folder = new URL('../../connectors/access-points/', import.meta.url)
const names = readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
  e.isDirectory() && existsSync(new URL(`${e.name}/access-point.ts`, folder)) ? [e.name] : [],
)

const outcomes = [
  'accepted',
  'accepted_with_warnings',
  'pending',
  'rejected',
  'duplicate',
  'not_found',
  'technical',
  'unreadable',
]
const messageId = () => randomUUID() as MessageId

test('there is an access point', async (t) => t.ok(names.length > 0))

for (const name of names) {
  test(`access point ${name}`, async (t) => {
    const fixtureUrl = new URL(`access-point-fixtures/${name}.ts`, import.meta.url)
    if (!existsSync(fixtureUrl)) return t.fail(`no test/contract/access-point-fixtures/${name}.ts`)
    const { default: ap } = (await import(new URL(`${name}/access-point.ts`, folder).href)) as { default: AccessPoint }
    const { openFixture } = (await import(fixtureUrl.href)) as { openFixture: () => Promise<AccessPointFixture> }
    const fixture = await openFixture()
    t.teardown(() => fixture.close())
    const config = ap.config.parse(fixture.config)
    const context = (signal = new AbortController().signal) => ({ signal, tls: fixture.tls, files: testFiles })
    const answer = (bytes: Buffer, status = 200): RawReply => ({ status, contentType: 'text/xml', bytes })
    const rejection = async (call: Promise<unknown>): Promise<unknown> =>
      call.then(
        () => undefined,
        (error: unknown) => error,
      )

    await t.test('is called like its folder and has a title', async (t) => {
      t.equal(ap.name, name)
      t.not(ap.title, '')
    })

    await t.test('refuses a configuration with an unknown key', async (t) => {
      t.notOk(ap.config.safeParse({ ...fixture.config, surelyNoSetting: 1 }).success)
    })

    await t.test('declares its delivery', async (t) => {
      const delivery = ap.delivery(config)
      t.type(delivery.idempotentByReference, 'boolean')
      t.ok(delivery.timeoutMs > 0 && delivery.maxProcessingMs >= 0)
    })

    await t.test('an envelope holds the signed bytes as they are, and is the same every time', async (t) => {
      const [document, id] = [fixture.makeDocument(), messageId()]
      const envelope = ap.envelope(config, document, id, testFacts)
      const signed = fixture.documentIn?.(envelope)
      t.ok(signed ? signed.equals(document.bytes) : envelope.bytes.includes(document.bytes), 'signed bytes')
      t.ok(envelope.bytes.includes(id) || Object.values(envelope.headers).some((v) => v.includes(id)), 'message id')
      t.same(ap.envelope(config, document, id, testFacts), envelope)
    })

    await t.test('a document is accepted once, however often it is sent', async (t) => {
      if (fixture.waivers?.sending) {
        t.plan(0, fixture.waivers.sending)
        return
      }
      const document = fixture.makeDocument()
      const envelope = ap.envelope(config, document, messageId(), testFacts)
      const first = ap.parse(config, await ap.send(config, envelope, context()))
      t.match(first, { outcome: fixture.waivers?.immediate ? 'pending' : /^accepted/ })
      t.ok([undefined, document.iviReferenceId].includes(first.iviReferenceId as never))
      if (ap.delivery(config).idempotentByReference) ap.parse(config, await ap.send(config, envelope, context()))
      const held = (await fixture.accepted()).filter((a) => a.iviReferenceId === document.iviReferenceId)
      t.match(held, [{ count: 1, sha256: document.sha256 }])
      if (!ap.query) return
      t.match(ap.parse(config, await ap.query(config, document.iviReferenceId, messageId(), context())), {
        outcome: /^accepted/,
      })
    })

    await t.test('an unknown reference is not found', async (t) => {
      if (!ap.query) {
        t.plan(0, 'it cannot be asked')
        return
      }
      const raw = await ap.query(config, randomUUID() as IviReferenceId, messageId(), context())
      return t.match(ap.parse(config, raw), { outcome: 'not_found' })
    })

    await t.test('an unknown VIN has no base eCoC', async (t) => {
      if (!ap.retrieve) {
        t.plan(0, 'it has no retrieval')
        return
      }
      return t.equal(await ap.retrieve(config, 'XBASE000000000404', messageId(), context()), undefined)
    })

    await t.test('understands any bytes without an exception, and never as a yes', async (t) => {
      const good =
        fixture.goodReply ??
        (await ap.send(config, ap.envelope(config, fixture.makeDocument(), messageId(), testFacts), context()))
      const { contentType } = good
      const statuses = fc.constantFrom(200, 202, 302, 400, 401, 404, 429, 500, 503)
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), statuses, (bytes, status) =>
          ['unreadable', 'technical'].includes(ap.parse(config, answer(Buffer.from(bytes), status)).outcome),
        ),
      )
      const cut = fc.record({ at: fc.nat(good.bytes.length - 1), byte: fc.nat(255) })
      fc.assert(
        fc.property(cut, ({ at, byte }) => {
          const truncated = ap.parse(config, { ...answer(good.bytes.subarray(0, at)), contentType }).outcome
          const damaged = Buffer.from(good.bytes)
          damaged[at] = byte
          return (
            truncated === 'unreadable' &&
            outcomes.includes(ap.parse(config, { ...answer(damaged), contentType }).outcome)
          )
        }),
      )
      t.pass('held')
    })

    await t.test('where nobody listens, surely nothing was sent', async (t) => {
      if (fixture.waivers?.sending) {
        t.plan(0, fixture.waivers.sending)
        return
      }
      const away = ap.config.parse(fixture.unreachable)
      const error = await rejection(
        ap.send(away, ap.envelope(away, fixture.makeDocument(), messageId(), testFacts), context()),
      )
      t.ok(error instanceof SendError)
      t.match(error, { dispatched: false })
      t.ok(
        (await ap.test(away, context())).some((step) => !step.ok),
        'and the connection test says so',
      )
    })

    await t.test('the connection test passes and submits nothing', async (t) => {
      const before = (await fixture.accepted()).length
      t.same(
        (await ap.test(config, context())).filter((step) => !step.ok),
        [],
      )
      t.equal((await fixture.accepted()).length, before)
    })

    await t.test('stopped before it begins, nothing is sent; without an answer, it may have been', async (t) => {
      const envelope = ap.envelope(config, fixture.makeDocument(), messageId(), testFacts)
      t.match(await rejection(ap.send(config, envelope, context(AbortSignal.abort()))), { dispatched: false })
      if (fixture.waivers?.silence) return
      await fixture.fallSilent()
      const control = new AbortController()
      setTimeout(() => control.abort(), 400)
      t.match(await rejection(ap.send(config, envelope, context(control.signal))), { dispatched: true })
    })
  })
}
