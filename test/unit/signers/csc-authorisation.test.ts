import { test } from 'tap'
import { cscFixture, credentialOf } from '../../support/csc-fixture.ts'

const data = Buffer.from('what is signed')

for (const version of ['v1', 'v2'] as const) {
  test(`${version}: a wrong PIN is sent once, and not again until its file changes`, async (t) => {
    const { server, open, write } = await cscFixture(t)
    const signer = await open(version)
    write('pin', '999999\n')
    const many = await Promise.allSettled(Array.from({ length: 25 }, () => signer.sign(data)))
    t.ok(many.every((o) => o.status === 'rejected' && o.reason.code === 'SIG-410'))
    await t.rejects(signer.sign(data), { code: 'SIG-410', kind: 'config' })
    await signer.close?.()
    const anew = await open(version)
    await t.rejects(anew.sign(data), { code: 'SIG-410' }, 'nor by a signer that was opened anew')
    t.equal(server.wrongSecrets, 1, 'one attempt in all')
    t.notOk(server.locked)
    write('pin', '123456\n')
    t.equal((await anew.sign(data)).length, 256, 'the right one is used at once')
  })
}

test('a locked credential is said to be locked, and left alone', async (t) => {
  const { server, open } = await cscFixture(t)
  const signer = await open('v1')
  server.locked = true
  await t.rejects(signer.sign(data), { code: 'SIG-416', kind: 'config' })
  await t.rejects(signer.sign(data), { code: 'SIG-410' })
  t.equal(server.bodies('credentials/authorize').length, 1)
})

test('a one-time password is sent once, also when nobody knows what became of it', async (t) => {
  const credentials = [credentialOf('signer', { pin: '123456', otps: ['111111', '222222'] })]
  const { server, open, write } = await cscFixture(t, { credentials })
  const signer = await open('v2', { secrets: { PIN: 'pin', OTP: 'otp' }, timeout: '200ms' })
  server.misbehave.set('credentials/authorize', ['lost'])
  await t.rejects(signer.sign(data), { code: 'SIG-401' })
  await t.rejects(signer.sign(data), { code: 'SIG-410' })
  t.equal(server.bodies('credentials/authorize').length, 1)
  write('otp', '222222\n')
  t.ok(await signer.sign(data))
  await t.rejects(signer.sign(data), { code: 'SIG-410' }, 'used up')
  t.equal(server.wrongSecrets, 0)
})

test('an authorisation without an answer is not asked for again by itself', async (t) => {
  const { server, open } = await cscFixture(t)
  const signer = await open('v2', { timeout: '200ms' })
  for (const misbehaviour of ['hang', 'lost', { status: 503 }] as const) {
    server.calls.length = 0
    server.misbehave.set('credentials/authorize', [misbehaviour])
    await t.rejects(signer.sign(data), {
      code: misbehaviour === 'hang' || misbehaviour === 'lost' ? 'SIG-401' : 'SIG-402',
    })
    t.equal(server.bodies('credentials/authorize').length, 1)
  }
  t.ok(await signer.sign(data), 'the next time it works')
})

test('a lost answer is asked for again with the same authorisation', async (t) => {
  const { server, open } = await cscFixture(t)
  const signer = await open('v2')
  server.misbehave.set('signatures/signHash', [{ status: 500 }])
  t.ok(await signer.sign(data), 'it was not used')
  t.equal(server.bodies('credentials/authorize').length, 1)
  const sads = server.bodies('signatures/signHash').map((b) => b['SAD'])
  t.equal(sads.length, 2)
  t.equal(sads[0], sads[1])

  server.calls.length = 0
  server.misbehave.set('signatures/signHash', ['lost'])
  await t.rejects(signer.sign(data), { code: 'SIG-413', kind: 'operational' }, 'it was used up')
  t.equal(server.bodies('credentials/authorize').length, 1, 'nothing is authorised twice')
})

test('activation data that the service refuses are replaced once', async (t) => {
  const { server, open } = await cscFixture(t)
  const signer = await open('v1')
  const expired = { status: 400, json: { error: 'invalid_request', error_description: 'SAD expired' } }
  server.misbehave.set('signatures/signHash', [expired])
  t.ok(await signer.sign(data))
  t.equal(server.bodies('credentials/authorize').length, 2)
  server.misbehave.set('signatures/signHash', [expired, expired])
  await t.rejects(signer.sign(data), { code: 'SIG-413' })
  t.equal(server.bodies('credentials/authorize').length, 4)
})

test('SCAL 1: an authorisation for many is used on until it is used up or runs out', async (t) => {
  const { server, open, clock } = await cscFixture(t, {
    credentials: [credentialOf('signer', { scal: 1, multisign: 5 })],
  })
  const signer = await open('v2', { signaturesPerAuthorisation: 100 })
  for (let i = 0; i < 7; i++) await signer.sign(data)
  const asked = server.bodies('credentials/authorize')
  t.same(
    asked.map((b) => [b['numSignatures'], b['hashes']]),
    [
      [5, undefined],
      [5, undefined],
    ],
    'no more than the credential allows, and not bound to hashes',
  )
  clock.ahead = 3500_000
  await signer.sign(data)
  t.equal(server.bodies('credentials/authorize').length, 3, 'one that is about to run out is not used')
  server.revokeSads()
  t.ok(await signer.sign(data), 'one that the service forgot is replaced')
})

test('SCAL 1 without that setting authorises what is signed and no more', async (t) => {
  const { server, open } = await cscFixture(t, { credentials: [credentialOf('signer', { scal: 1 })] })
  const signer = await open('v1')
  await signer.sign(data)
  await signer.sign(data)
  t.same(
    server.bodies('credentials/authorize').map((b) => b['numSignatures']),
    [1, 1],
  )
})

test('a token that is no longer taken is renewed, also in the middle of a signature', async (t) => {
  const { server, open, clock } = await cscFixture(t)
  const signer = await open('v1')
  server.revokeTokens()
  t.ok(await signer.sign(data))
  t.equal(server.bodies('oauth2/token').length, 2)
  clock.ahead = 3300_000
  t.ok(await signer.sign(data))
  t.equal(server.bodies('oauth2/token').length, 3, 'and before it runs out')
})
