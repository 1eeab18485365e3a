// needs: xmlsec1
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import type { EcocId } from '../../../gateway/contract/index.ts'
import { evidenceOfEcoc } from '../../../gateway/flow/signing/evidence-keeper.ts'
import { EvidenceWorker } from '../../../gateway/flow/signing/evidence-worker.ts'
import { CertificateKeeper } from '../../../gateway/certificates/certificate-keeper.ts'
import { twoClocks } from '../../../gateway/clock-skew/clock-watch.ts'
import { raiseLevel } from '../../../gateway/signature/raise-level.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { signingBench } from '../../support/signing-bench.ts'
import { run, scratch } from '../signature/helpers.ts'

const services = await startTrustServices()
const { pki, misbehave } = services

const xmlsec = async (bytes: Buffer): Promise<unknown> => {
  const file = join(scratch(), 'signed.xml')
  writeFileSync(file, bytes)
  const trust = ['--enabled-key-data', 'x509', '--trusted-pem', pki.file('root.crt')]
  return run('xmlsec1', ['--verify', ...trust, file])
}

test('each access point gets the form and level that it declares, with the evidence of the time', async (t) => {
  const bench = await signingBench(t, services)
  const levels = { xmldsig: 'XMLDSig', b: 'XAdES-B', t: 'XAdES-T', lt: 'XAdES-LT' }
  for (const [point, level] of Object.entries(levels)) {
    const id = await bench.checked(point)
    await bench.reaches(id, 'signed')
    const bytes = await bench.signed(id)
    t.match(bench.tools.verify(bytes), { valid: true, level, trust: 'trusted', findings: [] }, point)
    await t.resolves(xmlsec(bytes), `xmlsec1, ${level}`)
    const kept = await evidenceOfEcoc(id, bench.store)
    t.match(kept?.evidence, { missing: [], revoked: [], isOpen: false })
    t.equal(kept?.evidence.certificates.length, 3)
    t.equal(kept?.evidence.revocation.length, 2, 'of the seal and of its issuer')
    t.match((await bench.events('ecoc.signed')).at(-1), { level: level.replace('XAdES-', ''), evidence: kept?.sha256 })
  }
  t.equal(services.asked.filter((path) => path === '/ocsp').length, 1, 'asked once for all of them')
  t.match(bench.tools.clockWatch?.verdict(twoClocks()).peers, [{ kind: 'time-stamp', isBeyond: false }])
  const { certificates } = await new CertificateKeeper(bench.tools).register()
  t.match(
    certificates.find(({ uses }) => uses.includes('tsa')),
    { subject: /Test tsa/, state: 'valid' },
  )
})

test('what was kept raises level B later, when nobody answers any more', async (t) => {
  t.teardown(() => misbehave.clear())
  const bench = await signingBench(t, services)
  const id = await bench.checked('b')
  await bench.reaches(id, 'signed')
  const timeStamp = bench.tools.timeStamps.of('b')
  if (!timeStamp) return t.fail('there is an authority')
  // The authority of time stamps must be known still: its list lies on the same server.
  const kept = await evidenceOfEcoc(id, bench.store)
  misbehave.set('/ocsp', 'error')
  const anchors = bench.tools.anchors
  const options = { level: 'LT', anchors, timeStamp, evidence: kept?.evidence, now: new Date() } as const
  const revocation = bench.tools.revocation
  t.match(await raiseLevel(await bench.signed(id), { ...options, revocation }), { level: 'XAdES-LT' })
  await t.rejects(
    raiseLevel(await bench.signed(id), { ...options, revocation: makeRevocationService({}), evidence: undefined }),
    { code: 'SIG-304' },
  )
})

test('a revoked seal holds the eCoC and signs nothing', async (t) => {
  const bench = await signingBench(t, services, 'revoked')
  for (const point of ['b', 'lt']) {
    const row = await bench.reaches(await bench.checked(point), 'held', 'SIG-310')
    t.match(row, { reason: /Test revoked/, next_step: /new seal/, signed_sha256: null, ivi_reference_id: null })
    t.equal((await bench.signed(row.id)).length, 0)
    t.equal(await bench.store.jobs.get(row.id), undefined, 'it waits for a person')
  }
  t.same(await bench.events('ecoc.signed'), [])
})

test('levels T and LT wait while the time-stamping authority is away, and go on with the signature they made', async (t) => {
  t.teardown(() => misbehave.clear())
  const bench = await signingBench(t, services)
  misbehave.set('/tsa', 'error')
  const ids: EcocId[] = [await bench.checked('t'), await bench.checked('lt')]
  for (const id of ids) {
    const row = await bench.reaches(id, 'held', 'SIG-311')
    t.match(row, { reason: /TRU-140.*HTTP 500/, next_step: /by itself/ })
  }
  const tried = services.asked.length
  while (services.asked.length < tried + 4) await new Promise((resolve) => setTimeout(resolve, 50))
  t.equal((await bench.events('signature.made')).length, 2, 'the key was used once for each, and that is in the audit')
  t.equal((await bench.events('ecoc.held')).length, 2, 'told once')
  misbehave.clear()
  for (const [i, id] of ids.entries()) {
    await bench.reaches(id, 'signed')
    const bytes = await bench.signed(id)
    t.match(bench.tools.verify(bytes), { valid: true, level: i === 0 ? 'XAdES-T' : 'XAdES-LT' })
    await t.resolves(xmlsec(bytes))
    t.equal(await bench.store.contents.get(id, 'unstamped'), undefined)
  }
  t.equal((await bench.events('signature.made')).length, 2)
})

test('without an answer about revocation level B goes on and asks again, levels T and LT wait', async (t) => {
  t.teardown(() => misbehave.clear())
  const bench = await signingBench(t, services)
  misbehave.set('/ocsp', 'error').set('/issuing.crl', 'error').set('/root.crl', 'error')
  const id = await bench.checked('b')
  await bench.reaches(id, 'signed')
  const [signed] = await bench.events('ecoc.signed')
  t.match(signed, { level: 'B', evidenceMissing: [/Test signer.*HTTP 500/, /Test issuing.*HTTP 500/] })
  for (const point of ['t', 'lt']) {
    const row = await bench.reaches(await bench.checked(point), 'held', 'SIG-311')
    t.match(row.reason, /Test signer: .*HTTP 500/)
  }
  t.same(await bench.events('signature.made'), [], 'the key was not used in vain')

  const worker = new EvidenceWorker({ ...bench.tools, revocation: makeRevocationService({}) })
  await worker.look()
  t.match((await evidenceOfEcoc(id, bench.store))?.evidence, { isOpen: true, revocation: [] })
  misbehave.clear()
  const { makeTrustFetch } = await import('../../../gateway/trust/trust-fetch.ts')
  const revocation = makeRevocationService({ fetch: makeTrustFetch() })
  await new EvidenceWorker({ ...bench.tools, revocation }).look()
  const completed = await evidenceOfEcoc(id, bench.store)
  t.match(completed?.evidence, { isOpen: false, missing: [] })
  t.equal(completed?.evidence.revocation.length, 2)
  t.match(await bench.events('evidence.completed'), [{ subject: completed?.sha256 }])
  t.same(await bench.store.settings.withPrefix('evidence open ', '', 10), [])
})

test('a trust service that never answers holds up no signature at level B', async (t) => {
  t.teardown(() => misbehave.clear())
  const bench = await signingBench(t, services)
  misbehave.set('/ocsp', 'hang').set('/issuing.crl', 'hang').set('/root.crl', 'hang')
  const begun = performance.now()
  const row = await bench.reaches(await bench.checked('b'), 'signed')
  t.ok(performance.now() - begun < 6_000)
  t.match((await evidenceOfEcoc(row.id, bench.store))?.evidence, { isOpen: true, missing: [/nobody answered/] })
})

test('the services are closed', async () => services.close())
