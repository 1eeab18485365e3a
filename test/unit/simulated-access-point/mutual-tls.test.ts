import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { test } from 'tap'
import { clientObjection } from '../../../gateway/sandbox/simulated-access-point/client-certificate.ts'
import { readCertificates } from '../../../gateway/trust/certificate.ts'
import { clientTls, makeClient, makeDocument, openSimulator } from './harness.ts'

test('who may speak to the simulated access point', async (t) => {
  const simulator = await openSimulator()
  const scratch = await mkdtemp(join(tmpdir(), 'ecoc-tls-'))
  t.teardown(async () => {
    await simulator.close()
    await rm(scratch, { recursive: true })
  })
  const notSent = { kind: 'not_dispatched' }
  const submitWith = (tls: Parameters<typeof makeClient>[1], endpoint = simulator.endpoint) =>
    makeClient(endpoint, tls).submit(makeDocument())

  await t.test('a client of the PKI is let in', async (t) => {
    t.match(await submitWith(simulator.tls), { next: 'accepted' })
  })

  await t.test('without TLS material nothing is sent', async (t) => {
    t.match(await submitWith(undefined), { ...notSent, reason: /no client certificate/ })
  })

  await t.test('a client without a certificate is cut off before it can say anything', async (t) => {
    const { port } = new URL(simulator.endpoint)
    const heard = await new Promise<string>((resolve) => {
      const socket = connect({ port: Number(port), host: '127.0.0.1', ca: [...simulator.tls.trustAnchors] }, () => {
        socket.write('POST /ivi HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n')
      })
      socket
        .on('data', (data) => resolve(`answered: ${data.toString()}`))
        .on('error', (e) => resolve((e as NodeJS.ErrnoException).code ?? ''))
    })
    t.match(heard, /ALERT_CERTIFICATE_REQUIRED/)
  })

  await t.test('a certificate of another CA is refused', async (t) => {
    const stranger = { ...(await clientTls(simulator.pki, 'other-signer')), trustAnchors: simulator.tls.trustAnchors }
    t.not((await submitWith(stranger)).kind, 'answered')
  })

  await t.test('a certificate that is not for clients is refused', async (t) => {
    t.not((await submitWith(await clientTls(simulator.pki, 'server'))).kind, 'answered')
  })

  await t.test('a seal is no key to the door, though OpenSSL lets it in', async (t) => {
    for (const name of ['signer', 'revoked']) {
      const client = makeClient(simulator.endpoint, await clientTls(simulator.pki, name))
      const answer = await client.submit(makeDocument())
      t.match(answer, { reply: { outcome: 'unreadable', messages: [{ text: /HTTP 403/ }] }, next: 'ask' }, name)
      t.notOk((await client.test()).at(-1)?.ok, 'and the connection test says so')
    }
  })

  await t.test('a client certificate that was revoked, or none, is not served', async (t) => {
    const certificate = readCertificates(simulator.tls.certificate)[0]!
    t.equal(
      clientObjection(certificate.der, () => false),
      undefined,
    )
    t.match(
      clientObjection(certificate.der, (c) => c.sha256 === certificate.sha256),
      /revoked/,
    )
    t.match(
      clientObjection(undefined, () => false),
      /no client certificate/,
    )
  })

  await t.test('we do not speak to a server of a CA we do not trust', async (t) => {
    const other = { ...simulator.tls, trustAnchors: [await readFile(join(simulator.pki, 'other-root.crt'))] }
    t.match(await submitWith(other), { ...notSent, reason: /UNABLE_TO_|SELF_SIGNED/ })
  })

  await t.test('nor to one of another name', async (t) => {
    const named = simulator.endpoint.replace('127.0.0.1', '127.0.0.2')
    t.match(await submitWith(simulator.tls, named), notSent)
  })

  await t.test('TLS 1.1 is not spoken', async (t) => {
    const { host } = new URL(simulator.endpoint)
    const args = ['s_client', '-connect', host, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']
    await t.rejects(promisify(execFile)('openssl', args, { cwd: scratch, timeout: 5_000 }))
  })

  await t.test('a closed port and an unknown name: surely nothing was sent', async (t) => {
    t.match(await submitWith(simulator.tls, 'https://127.0.0.1:1/ivi'), { ...notSent, reason: /ECONNREFUSED/ })
    t.match(await submitWith(simulator.tls, 'https://no-such-host.invalid/ivi'), notSent)
  })

  await t.test('none of the refused ones was received', async (t) => {
    t.equal((await simulator.requests()).length, 1)
  })
})
