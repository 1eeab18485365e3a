import { test } from 'tap'
import { z } from 'zod'
import {
  SendError,
  type AccessPoint,
  type AccessPointContext,
  type RawReply,
} from '../../../gateway/contract/access-point.ts'
import type { IviReferenceId, MessageId } from '../../../gateway/contract/ids.ts'
import { testFiles } from '../../support/site-files.ts'
import { queryAttempt, sendAttempt } from '../../../gateway/submission/send-attempt.ts'

const envelope = { bytes: Buffer.from('x'), contentType: 'text/xml', headers: {} }
const raw: RawReply = { status: 200, contentType: 'text/xml', bytes: Buffer.from('y') }
const context = (): AccessPointContext => ({ signal: new AbortController().signal, tls: undefined, files: testFiles })

const accessPoint = (send: (context: AccessPointContext) => Promise<RawReply>): AccessPoint<null> => ({
  name: 'stand-in',
  title: 'Stand-in',
  config: z.null(),
  delivery: () => ({
    idempotentByReference: false,
    maxProcessingMs: 0,
    versionAfterRejection: 'same',
    timeoutMs: 20,
    channel: 'call',
    reusesEnvelope: true,
    maxBytes: 1_000,
    duplicate: 'ask',
  }),
  test: async () => [],
  envelope: () => envelope,
  send: (_config, _envelope, c) => send(c),
  parse: () => ({
    outcome: 'unreadable',
    reference: undefined,
    iviReferenceId: undefined,
    sha256: undefined,
    messages: [],
  }),
})
const attempt = (send: (context: AccessPointContext) => Promise<RawReply>, c = context()) =>
  sendAttempt(accessPoint(send), null, envelope, c)

test('an answer is handed on as it came', async (t) => {
  t.same(await attempt(async () => raw), { kind: 'answered', reply: raw })
})

test('only an error that says so counts as not dispatched', async (t) => {
  t.match(await attempt(async () => Promise.reject(new SendError('refused', false))), {
    kind: 'not_dispatched',
    reason: 'refused',
  })
  t.match(await attempt(async () => Promise.reject(new SendError('cut', true))), { kind: 'unknown', reason: 'cut' })
  t.match(await attempt(async () => Promise.reject(new TypeError('bug'))), { kind: 'unknown', reason: 'bug' })
  t.match(
    await attempt(() => {
      throw new TypeError('thrown at once')
    }),
    { kind: 'unknown' },
  )
})

test('a connector that ignores its signal cannot hold us', async (t) => {
  const start = Date.now()
  t.match(await attempt(() => new Promise(() => undefined)), { kind: 'unknown', reason: /no answer within 20 ms/ })
  t.ok(Date.now() - start < 2_000)
})

test('stopped before: nothing is sent; stopped while under way: unknown', async (t) => {
  let sent = false
  const stopped = { ...context(), signal: AbortSignal.abort() }
  const send = async () => {
    sent = true
    return raw
  }
  t.match(await attempt(send, stopped), { kind: 'not_dispatched' })
  t.notOk(sent)
  const control = new AbortController()
  const under = attempt(() => new Promise(() => undefined), { ...context(), signal: control.signal })
  control.abort()
  t.match(await under, { kind: 'unknown' })
})

test('a connector that stops when told is believed when it says that nothing had left', async (t) => {
  const connecting = (c: AccessPointContext) =>
    new Promise<RawReply>((_, reject) => {
      c.signal.addEventListener('abort', () => reject(new SendError('still connecting', false)))
    })
  t.match(await attempt(connecting), { kind: 'not_dispatched', reason: 'still connecting' })
})

test('an access point that cannot be asked is not asked', async (t) => {
  const result = await queryAttempt(
    accessPoint(async () => raw),
    null,
    'r' as IviReferenceId,
    'm' as MessageId,
    context(),
  )
  t.match(result, { kind: 'not_dispatched', reason: /cannot be asked/ })
})
