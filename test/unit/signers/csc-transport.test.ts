import { createServer, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { test } from 'tap'
import { cscSignerConfig } from '../../../gateway/signers/csc/config.ts'
import { cscFixture } from '../../support/csc-fixture.ts'
import { examplePki } from '../../support/pki.ts'

const data = Buffer.from('what is signed')
const pki = await examplePki()
const tls = { cert: pki.read('server.chain.pem'), key: pki.read('server.key'), ca: pki.read('root.crt') }
// Full paths stay as they are.
const client = {
  certificate: pki.file('client.chain.pem'),
  key: pki.file('client.key'),
  trustAnchors: [pki.file('root.crt')],
}

test('a client certificate is shown, and the service must stand under the roots that were given', async (t) => {
  const { open } = await cscFixture(t, { tls })
  const signer = await open('v2', { tls: client })
  t.equal((await signer.sign(data)).length, 256)
  await t.rejects(
    open('v2', { tls: { trustAnchors: client.trustAnchors } }),
    { code: 'SIG-401' },
    'without a certificate',
  )
  await t.rejects(open('v2', { tls: { ...client, trustAnchors: [pki.file('other-root.crt')] } }), { code: 'SIG-401' })
  await t.rejects(open('v2', { tls: { ...client, key: '/nowhere' } }), { code: 'SIG-001', kind: 'config' })
})

test('with a proxy every call goes through it', async (t) => {
  const tunnels: string[] = []
  const proxy = createServer().on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    tunnels.push(request.url ?? '')
    const [host, port] = (request.url ?? '').split(':')
    const there = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      there.write(head)
      there.pipe(socket).pipe(there)
    })
    there.on('error', () => socket.destroy())
    socket.on('error', () => there.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  t.teardown(() => proxy.close())
  const { server, open } = await cscFixture(t, { tls })
  const { port } = proxy.address() as AddressInfo
  const signer = await open('v1', { tls: client, proxy: `http://127.0.0.1:${port}` })
  t.equal((await signer.sign(data)).length, 256)
  t.ok(tunnels.length > 0)
  t.same([...new Set(tunnels)], [server.url.replace('https://', '')])
  await signer.close?.()
})

test('trouble on the way is told from refusals', async (t) => {
  const { server, open, write } = await cscFixture(t)
  const signer = await open('v1', { timeout: '200ms' })
  const late = { status: 503 }
  server.misbehave.set('signatures/signHash', [late, late])
  await t.rejects(signer.sign(data), { code: 'SIG-402', kind: 'operational' })
  server.misbehave.set('signatures/signHash', ['hang', 'hang'])
  await t.rejects(signer.sign(data), { code: 'SIG-401', message: /no answer within 200 ms/ })
  server.misbehave.set('signatures/signHash', [{ status: 429 }, { status: 429 }])
  await t.rejects(signer.sign(data), { code: 'SIG-402' })
  const refused = {
    status: 400,
    json: { error: 'invalid_request', error_description: 'Hash is not authorized by the SAD\n' },
  }
  server.misbehave.set('signatures/signHash', [refused])
  await t.rejects(signer.sign(data), { code: 'SIG-412', message: /Hash is not authorized by the SAD/ })
  server.misbehave.set('signatures/signHash', [{ status: 200, json: { signatures: 'none' } }])
  await t.rejects(signer.sign(data), { code: 'SIG-404' })
  server.misbehave.set('signatures/signHash', [{ status: 307, headers: { location: 'http://127.0.0.1:9/' } }])
  await t.rejects(signer.sign(data), { code: 'SIG-404' }, 'no redirect is followed')
  server.misbehave.set('signatures/signHash', [{ status: 200, json: { signatures: ['A'.repeat(2_000_000)] } }])
  await t.rejects(signer.sign(data), { code: 'SIG-404', message: /megabyte/ })
  server.misbehave.set('signatures/signHash', [{ status: 403, json: { error: 'access_denied' } }])
  await t.rejects(signer.sign(data), { code: 'SIG-403', kind: 'config' })
  t.ok(await signer.sign(data), 'and then it works again')

  write('secret', 'wrong')
  await t.rejects(open('v1'), { code: 'SIG-403', message: /invalid_client/ })
  await t.rejects(open('v1', { url: 'http://127.0.0.1:9', timeout: '500ms' }), { code: 'SIG-401' })
})

test('many at once ask for one token', async (t) => {
  const { server, open } = await cscFixture(t)
  const signer = await open('v2')
  server.revokeTokens()
  server.calls.length = 0
  await Promise.all(Array.from({ length: 40 }, () => signer.sign(data)))
  t.equal(server.bodies('oauth2/token').length, 1)
})

test('settings that would send secrets in the clear are refused', async (t) => {
  const settings = (more: object) =>
    cscSignerConfig.safeParse({
      kind: 'csc',
      url: 'https://qtsp.example',
      version: 'v2',
      token: { clientId: 'x' },
      ...more,
    }).success
  t.ok(settings({}))
  t.ok(settings({ url: 'http://127.0.0.1:8080' }))
  t.notOk(settings({ url: 'http://qtsp.example' }))
  t.notOk(settings({ url: 'https://user:secret@qtsp.example' }))
  t.notOk(settings({ token: { clientId: 'x', url: 'http://qtsp.example/token' } }))
  t.notOk(settings({ token: { clientId: 'x', clientSecret: 'in the clear' } }))
  t.notOk(settings({ tls: { certificate: 'only one of the two' } }))
})
