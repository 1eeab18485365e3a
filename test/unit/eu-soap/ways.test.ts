import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import type { TlsMaterial } from '../../../gateway/contract/access-point.ts'
import { sendAttempt } from '../../../gateway/submission/send-attempt.ts'
import { startConnectProxy } from '../../fakes/connect-proxy.ts'
import { testFiles } from '../../support/site-files.ts'
import { testFacts } from '../../support/submission-facts.ts'
import { makeDocument, openSimulator } from '../simulated-access-point/harness.ts'

test('ways to an access point', async (t) => {
  const simulator = await openSimulator()
  const proxy = await startConnectProxy()
  t.teardown(async () => {
    await proxy.close()
    await simulator.close()
  })
  const send = async (
    more: Record<string, unknown>,
    { tls = simulator.tls, proxy }: { tls?: TlsMaterial; proxy?: string } = {},
  ) => {
    const config = euSoapConfig.parse({ endpoint: simulator.endpoint, timeout: '3s', connectTimeout: '2s', ...more })
    const envelope = eusoap.envelope(config, makeDocument(), 'm-1' as never, testFacts)
    const signal = new AbortController().signal
    const result = await sendAttempt(eusoap, config, envelope, { signal, tls, files: testFiles, proxy })
    return result.kind === 'answered'
      ? { kind: result.kind, ...eusoap.parse(config, result.reply) }
      : { kind: result.kind, reason: result.reason }
  }
  const accepted = { kind: 'answered', outcome: 'accepted' }
  const file = (name: string): Promise<Buffer> => readFile(join(simulator.pki, name))

  await t.test('through an HTTP proxy the same client certificate is shown, and the tunnel is kept', async (t) => {
    for (let i = 0; i < 6; i++) t.match(await send({}, { proxy: proxy.address }), accepted)
    t.same([...new Set(proxy.tunnels)], [new URL(simulator.endpoint).host])
    t.ok(proxy.tunnels.length < 6, 'tunnels are used again')
  })

  await t.test('what a proxy refuses was surely not sent', async (t) => {
    const before = (await simulator.requests()).length
    for (const refuse of [403, 407, 502]) {
      proxy.behaviour.refuse = refuse
      t.match(await send({ connectTimeout: `${refuse}ms` }, { proxy: proxy.address }), { kind: 'not_dispatched' })
    }
    delete proxy.behaviour.refuse
    proxy.behaviour.drop = true
    t.match(await send({ connectTimeout: '1s' }, { proxy: proxy.address }), { kind: 'not_dispatched' })
    delete proxy.behaviour.drop
    t.match(await send({}, { proxy: 'http://127.0.0.1:1' }), { kind: 'not_dispatched' }, 'nor where there is no proxy')
    const strange = { ...simulator.tls, trustAnchors: [await file('other-root.crt')] }
    t.match(
      await send({}, { tls: strange, proxy: proxy.address }),
      { kind: 'not_dispatched' },
      'nor to a stranger behind it',
    )
    t.equal((await simulator.requests()).length, before)
  })

  await t.test('a pinned certificate must be the one that answers', async (t) => {
    const pin = new X509Certificate(await file('server.crt')).fingerprint256
    const other = new X509Certificate(await file('client.crt')).fingerprint256
    t.match(await send({ serverCertificates: [other, pin] }), accepted)
    t.match(await send({ serverCertificates: [other] }), {
      kind: 'not_dispatched',
      reason: /not among serverCertificates/,
    })
    t.match(await send({ serverCertificates: [other] }, { proxy: proxy.address }), { kind: 'not_dispatched' })
    t.notOk(euSoapConfig.safeParse({ endpoint: 'https://x', serverCertificates: ['abc'] }).success)
  })

  await t.test('an anchor may be the root, the issuing authority or the certificate itself', async (t) => {
    for (const anchor of ['root.crt', 'issuing.crt', 'server.crt'])
      t.match(await send({}, { tls: { ...simulator.tls, trustAnchors: [await file(anchor)] } }), accepted, anchor)
    const client = { ...simulator.tls, trustAnchors: [await file('client.crt')] }
    t.match(await send({}, { tls: client }), { kind: 'not_dispatched' }, 'another one is none')
  })
})
