// slow: makes a PKI, and openssl answers for it
import { test } from 'tap'
import clock from '../../../gateway/health/checks/clock.ts'
import services from '../../../gateway/health/checks/asked-services.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { signingBench } from '../../support/signing-bench.ts'

test('the doctor asks time-stamping authority and revocation services, and tells the skew of the clock', async (t) => {
  const trust = await startTrustServices()
  t.teardown(() => trust.close())
  const { tools } = await signingBench(t, trust)
  t.match(await services.run(tools), [
    { about: /time stamps of .*\/tsa, by .*Test tsa/, ok: true },
    { about: /revocation of signer seal: good/, ok: true },
  ])
  t.match(await clock.run(tools), [{ ok: true, about: /^\d+ ms \(± \d+\) from that of http/ }])
  trust.misbehave.set('/tsa', 'error').set('/ocsp', 'error').set('/issuing.crl', 'error')
  const { tools: later } = await signingBench(t, trust)
  t.match(await services.run(later), [
    { about: /time stamps/, ok: false, issue: /HTTP 500/, suggestion: /trust anchors/ },
    { about: /revocation/, ok: false, issue: /Test signer: .*HTTP 500/ },
  ])
  const revoked = await signingBench(t, trust, 'revoked-crl')
  trust.misbehave.clear()
  t.match((await services.run(revoked.tools)).at(-1), { ok: false, issue: /Revoked: .*revoked-crl/ })
})
