// slow: makes a PKI, and openssl answers for it
import { test } from 'tap'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { withPatience } from '../../../gateway/trust/with-patience.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'

test('an answer holds to its own nextUpdate where nobody answers any more, and not longer', async (t) => {
  const services = await startTrustServices()
  t.teardown(() => services.close())
  const { pki, misbehave, asked } = services
  const service = makeRevocationService({ fetch: makeTrustFetch({ timeoutMs: 3_000 }) })
  const [certificate, issuer] = ['signer', 'issuing'].map((name) => readCertificate(pki.read(`${name}.crt`)))
  if (!certificate || !issuer) return t.fail('there is a PKI')
  const begun = Date.now()
  const ask = async (hours: number) => {
    const now = new Date(begun + hours * 3_600_000)
    return (await service.ask({ certificate, issuer, at: now, now })).status
  }
  t.equal(await ask(0), 'good')
  const ocsp = () => asked.filter((path) => path === '/ocsp').length
  t.equal(await ask(0.9), 'good')
  t.equal(ocsp(), 1, 'within the hour nobody is asked')
  misbehave.set('/ocsp', 'error').set('/issuing.crl', 'error')
  t.equal(await ask(2), 'good', 'held: its nextUpdate is a day ahead')
  t.equal(ocsp(), 2, 'though somebody was asked')
  t.equal(await ask(23), 'good')
  t.equal(await ask(25), 'unknown')
})

test('patience bounds the wait, and the answer is there for who asks next', async (t) => {
  let answered = 0
  const slow = {
    ask: async () => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      answered += 1
      return { status: 'unknown', why: 'slow' } as const
    },
  }
  const patient = withPatience(slow, 20)
  t.match(await patient.ask(undefined as never), { status: 'unknown', why: /Nobody answered within 20 ms/ })
  t.equal(answered, 0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  t.equal(answered, 1, 'the question went on')
  t.match(await withPatience(slow, 5_000).ask(undefined as never), { why: 'slow' })
})
