// slow: makes a PKI, and openssl answers for it
import { createHash } from 'node:crypto'
import { test } from 'tap'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import type { Certificate } from '../../../gateway/trust/certificate.ts'
import { checkTimeStamp } from '../../../gateway/trust/check-time-stamp.ts'
import type { TimeStampCheck } from '../../../gateway/trust/check-time-stamp.ts'
import { makeTimeStampService } from '../../../gateway/trust/time-stamp-service.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { readTimeStamp, timeStampRequest, tokenOf } from '../../../gateway/trust/tsp.ts'
import { forgeTimeStamp, startTrustServices, tstInfoOf } from '../../fakes/tsa-ocsp.ts'

const services = await startTrustServices()
const { pki, misbehave } = services
const certificate = (name: string): Certificate => readCertificate(pki.read(`${name}.crt`))
const anchors = [certificate('root')]
const fetch = makeTrustFetch({ timeoutMs: 2_000 })
const data = Buffer.from('what is stamped')
const url = (name = 'tsa'): string => `${services.url}/${name}`
const service = (name?: string, policy?: string) => makeTimeStampService({ fetch, url: url(name), anchors, policy })

const raw = async (name = 'tsa', nonce = Buffer.from([0x40, 1, 2]), policy?: string): Promise<Buffer> => {
  const bytes = timeStampRequest(createHash('sha256').update(data).digest(), nonce, policy)
  return fetch({ url: url(name), body: { type: 'application/timestamp-query', bytes }, maxBytes: 100_000 })
}
const { token } = await service().stamp(data, new Date())
const check = (change: Partial<TimeStampCheck> = {}, bytes = token) =>
  checkTimeStamp(bytes, { data, anchors, at: new Date(), ...change })
const codes = (change?: Partial<TimeStampCheck>, bytes?: Buffer): string[] =>
  check(change, bytes).findings.map(({ code }) => code)

test('a time stamp is fetched and verified; only a hash leaves', async (t) => {
  const { checked } = await service().stamp(data, new Date())
  t.match(checked, { trust: 'trusted', findings: [] })
  t.equal(checked.stamp?.policy, '1.3.6.1.4.1.13762.3')
  t.ok(Math.abs(Date.now() - (checked.stamp?.time.getTime() ?? 0)) < 60_000)
  t.same(
    checked.path.map(({ subject }) => /CN=(.*)$/.exec(subject)?.[1]),
    ['Test tsa', 'Test issuing', 'Test Root'],
  )
  const request = timeStampRequest(createHash('sha256').update(data).digest(), Buffer.from([0x40]))
  t.notOk(request.includes(data))
})

test('openssl reads our request as it is meant', async (t) => {
  const { execFileSync } = await import('node:child_process')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(pki.file('q'), timeStampRequest(Buffer.alloc(32, 0xab), Buffer.from([0x40, 0xff]), '1.2.3.4'))
  const text = execFileSync('openssl', ['ts', '-query', '-in', pki.file('q'), '-text'], { encoding: 'utf8' })
  t.match(text, /Hash Algorithm: sha256[^]*Policy OID: 1\.2\.3\.4[^]*Nonce: 0x40FF[^]*Certificate required: yes/)
})

test('each way in which a stamp can be wrong has its code', async (t) => {
  t.same(codes(), [])
  t.same(codes({ data: Buffer.from('something else') }), ['TRU-130'])
  t.same(codes({ nonce: Buffer.from([0x41]) }), ['TRU-132'])
  t.same(codes({ policy: '1.2.3' }), ['TRU-133'])
  t.same(codes({ at: new Date(Date.now() - 3_600_000) }), ['TRU-134'])
  t.same(codes({ anchors: [] }), ['TRU-135'])
  t.match(check({ anchors: [certificate('tsa-other')] }), { trust: 'untrusted', findings: [{ severity: 'warning' }] })
  t.match(check({ at: new Date(Date.now() + 12 * 365 * 86_400_000) }).findings, [{ message: /TRU-101.*expired/ }])
  t.same(codes({}, Buffer.from('x')), ['TRU-001'])
})

test('an authority whose certificate is for other things too is refused', async (t) => {
  const info = tstInfoOf(token)
  t.same(codes({}, await forgeTimeStamp(pki, info, 'tsa')), [], 'the way these are made is not what is refused')
  t.match(check({}, await forgeTimeStamp(pki, info, 'tsa-loose')).findings, [{ code: 'TRU-135', message: /TRU-110/ }])
  t.match(check({}, await forgeTimeStamp(pki, info, 'signer')).findings, [{ code: 'TRU-135', message: /TRU-110/ }])
  t.match(check({}, await forgeTimeStamp(pki, info, 'tsa', 'signer')).findings, [
    { code: 'TRU-131', message: /2 signers/ },
  ])
  t.same(codes({}, await forgeTimeStamp(pki, Buffer.from('0500', 'hex'), 'tsa')), ['TRU-001'])
  await t.rejects(service('tsa-other').stamp(data, new Date()), { code: 'TRU-136', message: /not trusted/ })
})

test('a policy that is asked for must be the one given', async (t) => {
  t.match((await service('tsa', '1.3.6.1.4.1.13762.4').stamp(data, new Date())).checked, { findings: [] })
  await t.rejects(service('tsa', '1.2.3').stamp(data, new Date()), { code: 'TRU-141', message: /rejection/ })
})

test('every changed byte of a token is refused', (t) => {
  const passed: number[] = []
  for (let at = 0; at < token.length; at += 2) {
    const copy = Buffer.from(token)
    copy[at] = copy[at]! ^ 0x02
    if (check({}, copy).trust === 'trusted') passed.push(at)
    if (check({}, token.subarray(0, at)).trust === 'trusted') t.fail(`cut at ${at}`)
  }
  // What CMS does not sign: version numbers, the list of digest algorithms, the signer's name beside its hash, NULL parameters.
  const signedInfo = token.indexOf(Buffer.from('2a864886f70d0109100104', 'hex'))
  const unsigned = passed.map((at) => `${at}: ${token.subarray(Math.max(0, at - 4), at + 4).toString('hex')}`)
  t.ok(passed.length < token.length / 20, unsigned.join('\n'))
  t.notOk(
    passed.some((at) => at > signedInfo + 20 && at < signedInfo + 150),
    'never in the stamped info',
  )
  t.end()
})

test('what the authority sends instead of a stamp is told', async (t) => {
  t.teardown(() => misbehave.clear())
  const stamp = (): Promise<unknown> => service().stamp(data, new Date())
  misbehave.set('/tsa', 'error')
  await t.rejects(stamp(), { code: 'TRU-140', kind: 'operational', message: /HTTP 500/ })
  misbehave.set('/tsa', 'hang')
  await t.rejects(stamp(), { code: 'TRU-140', message: /no answer within 2000 ms/ })
  misbehave.set('/tsa', 'flood')
  await t.rejects(stamp(), { code: 'TRU-140', message: /more than/ })
  misbehave.set('/tsa', 'garbage')
  await t.rejects(stamp(), { code: 'TRU-001' })
  misbehave.clear()
  const another = await raw()
  misbehave.set('/tsa', () => another)
  await t.rejects(stamp(), { code: 'TRU-136', message: /another request/ }, 'an old answer is none')
  t.match(readTimeStamp(tokenOf(another)), { policy: '1.3.6.1.4.1.13762.3' })
  misbehave.clear()
  const refused = await raw('tsa', Buffer.from([1]), '1.2.3')
  t.throws(() => tokenOf(refused), { code: 'TRU-141' })
  await t.rejects(makeTimeStampService({ fetch, url: 'ftp://x/', anchors }).stamp(data, new Date()), {
    code: 'TRU-140',
  })
})

test('the services are closed', async () => services.close())
