// slow: makes a PKI, and openssl answers for it
import { test } from 'tap'
import { loadPemSigner } from '../../../gateway/signature/file-signer.ts'
import { gatherEvidence } from '../../../gateway/signature/signing-evidence.ts'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import type { Certificate } from '../../../gateway/trust/certificate.ts'
import { askCrl } from '../../../gateway/trust/crl.ts'
import { askOcsp, ocspRequest } from '../../../gateway/trust/ocsp.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import type { Revocation, RevocationQuestion } from '../../../gateway/trust/revocation.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'

const services = await startTrustServices()
const { pki, misbehave, asked } = services
const certificate = (name: string): Certificate => readCertificate(pki.read(`${name}.crt`))
const day = 86_400_000
const question = (name: string, issuer = 'issuing', afterDays = 0): RevocationQuestion => {
  const at = new Date(Date.now() + afterDays * day)
  return { certificate: certificate(name), issuer: certificate(issuer), at, now: at }
}
const service = (): ReturnType<typeof makeRevocationService> =>
  makeRevocationService({ fetch: makeTrustFetch({ timeoutMs: 2_000 }) })
const ask = (name: string, issuer?: string, afterDays?: number): Promise<Revocation> =>
  service().ask(question(name, issuer, afterDays))
const why = (answer: Revocation): string => (answer.status === 'unknown' ? answer.why : answer.status)
/** An answer of the responder of these days, for tests that change it. */
const answerOf = async (name: string): Promise<Buffer> => {
  const bytes = ocspRequest(certificate(name), certificate('issuing'), Buffer.alloc(16, 7))
  return makeTrustFetch()({
    url: `${services.url}/ocsp`,
    body: { type: 'application/ocsp-request', bytes },
    maxBytes: 100_000,
  })
}
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString().replace(/[-:T]|\.\d+/g, '')

test('good, revoked and unknown are three answers, by OCSP or revocation list', async (t) => {
  t.match(await ask('signer'), { status: 'good', evidence: { kind: 'ocsp' }, nextUpdate: Date })
  t.match(await ask('revoked'), { status: 'revoked', reason: 'keyCompromise', evidence: { kind: 'ocsp' } })
  t.match(await ask('crl-only'), { status: 'good', evidence: { kind: 'crl' } })
  t.match(await ask('revoked-crl'), { status: 'revoked', reason: 'cessationOfOperation', evidence: { kind: 'crl' } })
  t.match(await ask('issuing', 'root'), { status: 'good', evidence: { kind: 'crl' } })
  t.match(await ask('silent'), { status: 'unknown', why: /names neither/ })
})

test('a revocation from after the time in question is told and does not touch it', async (t) => {
  const now = new Date()
  const before = { ...question('revoked'), at: new Date(now.getTime() - 3_600_000), now }
  t.match(await service().ask(before), { status: 'good', revokedLater: { reason: 'keyCompromise' } })
})

test('the list is asked for where the responder fails, and what fails leaves its reason', async (t) => {
  t.teardown(() => misbehave.clear())
  for (const how of ['error', 'garbage', 'redirect', 'hang'] as const) {
    misbehave.set('/ocsp', how)
    t.match(await ask('signer'), { status: 'good', evidence: { kind: 'crl' } }, how)
  }
  misbehave.set('/ocsp', 'flood').set('/issuing.crl', 'error')
  t.match(why(await ask('signer')), /answers more than .* bytes.*answers HTTP 500/)
  misbehave.set('/issuing.crl', 'flood')
  t.match(why(await ask('crl-only')), /answers more than/)
  misbehave.set('/issuing.crl', () => pki.read('root.crl'))
  t.match(why(await ask('crl-only')), /of another issuer/)
})

test('a proxy is used for everything, and one that is not there is a reason', async (t) => {
  const fetch = makeTrustFetch({ proxy: 'http://127.0.0.1:1', timeoutMs: 2_000 })
  const before = asked.length
  t.match(why(await makeRevocationService({ fetch }).ask(question('signer'))), /could not be asked/)
  t.equal(asked.length, before)
  t.match(why(await makeRevocationService({}).ask(question('signer'))), /not asked/)
  const lists = [pki.read('issuing.crl')]
  t.match(await makeRevocationService({ lists }).ask(question('revoked')), { status: 'revoked' }, 'lists from files')
})

test('answers are kept: the same question goes out once an hour, a failure once a minute', async (t) => {
  t.teardown(() => misbehave.clear())
  const one = service()
  asked.length = 0
  await Promise.all(Array.from({ length: 20 }, () => one.ask(question('signer'))))
  await one.ask(question('signer'))
  await Promise.all([one.ask(question('crl-only')), one.ask(question('issuing', 'root'))])
  await one.ask(question('revoked-crl'))
  t.same(asked.toSorted(), ['/issuing.crl', '/ocsp', '/root.crl'])
  const later = new Date(Date.now() + 3_700_000)
  await one.ask({ ...question('signer'), at: later, now: later })
  t.equal(asked.filter((path) => path === '/ocsp').length, 2)
  misbehave.set('/ocsp', 'error').set('/issuing.crl', 'error')
  const failing = service()
  await failing.ask(question('signer'))
  await failing.ask(question('signer'))
  t.equal(asked.filter((path) => path === '/ocsp').length, 3)
})

test('who may answer: the issuer, and who it named for it', async (t) => {
  const was = services.ocspOptions
  t.teardown(() => {
    services.ocspOptions = was
  })
  const by = (name: string): string[] => ['-rsigner', `${name}.crt`, '-rkey', `${name}.key`, '-ndays', '1']
  services.ocspOptions = by('issuing')
  t.match(askOcsp(await answerOf('signer'), question('signer')), { status: 'good' })
  services.ocspOptions = by('silent')
  t.match(why(askOcsp(await answerOf('signer'), question('signer'))), /Test silent may not answer for/)
  services.ocspOptions = by('tsa-other')
  t.match(why(askOcsp(await answerOf('signer'), question('signer'))), /may not answer/)
  services.ocspOptions = ['-rsigner', 'ocsp.crt', '-rkey', 'ocsp.key', '-ndays', '1', '-resp_no_certs']
  t.match(why(askOcsp(await answerOf('signer'), question('signer'))), /signature of the OCSP response does not hold/)
  services.ocspOptions = ['-rsigner', 'ocsp.crt', '-rkey', 'ocsp.key', '-ndays', '1', '-rmd', 'sha1']
  t.match(why(askOcsp(await answerOf('signer'), question('signer'))), /algorithm is not accepted/)
})

test('an OCSP response for another certificate, request or time proves nothing', async (t) => {
  const response = await answerOf('signer')
  t.match(askOcsp(response, question('signer'), Buffer.alloc(16, 7)), { status: 'good' })
  t.match(why(askOcsp(response, question('signer'), Buffer.alloc(16, 8))), /another request/)
  t.match(why(askOcsp(response, question('silent'))), /another certificate/)
  t.match(why(askOcsp(response, question('signer', 'issuing', 2))), /held only until/)
  t.match(why(askOcsp(response, question('signer', 'issuing', -1))), /from the future/)
  const old = { ...question('signer', 'issuing', 0.9), maxAgeMs: day / 2 }
  t.match(why(askOcsp(response, old)), /it is from/, 'older than allowed although it says that it still holds')
  const past = { ...question('signer'), at: new Date(Date.now() - day) }
  t.match(askOcsp(response, past), { status: 'good' }, 'who is not revoked now was not revoked yesterday')
})

test('a changed statement never counts, and no bytes make an exception', async (t) => {
  const statements: [string, Buffer, (der: Buffer) => Revocation][] = [
    ['OCSP', await answerOf('revoked'), (der) => askOcsp(der, question('revoked'))],
    ['list', pki.read('issuing.crl'), (der) => askCrl(der, question('revoked'))],
  ]
  for (const [name, whole, judge] of statements) {
    t.equal(judge(whole).status, 'revoked', name)
    for (let at = 0; at < whole.length; at += 7) {
      const copy = Buffer.from(whole)
      copy[at] = copy[at]! ^ 0x04
      const { status } = judge(copy)
      // The responder's own certificate lies outside the signature; a harmless bit of it may change.
      if (status === 'good') t.fail(`${name} byte ${at}: good`)
      if (judge(whole.subarray(0, at)).status !== 'unknown') t.fail(`${name} cut at ${at}`)
    }
  }
})

test('a revocation list counts for what it is about, while it is in force', async (t) => {
  const list = (): Buffer => pki.read('issuing.crl')
  t.teardown(() => pki.writeCrl('issuing'))
  t.match(why(askCrl(list(), question('signer', 'issuing', 31))), /held only until/)
  t.match(why(askCrl(list(), question('signer', 'issuing', -1))), /from the future/)
  t.match(why(askCrl(list(), { ...question('signer'), issuer: certificate('root') })), /signature .* does not hold/)
  t.match(why(askCrl(Buffer.from('x'), question('signer'))), /cannot be read/)
  await pki.writeCrl('issuing', '-md', 'sha1')
  t.match(why(askCrl(list(), question('signer'))), /algorithm is not accepted/)
  await pki.writeCrl('issuing', '-crl_lastupdate', `${inDays(-60)}Z`.replace('ZZ', 'Z'), '-crl_nextupdate', inDays(-1))
  t.match(why(askCrl(list(), question('revoked'))), /held only until/)

  const scoped = async (...lines: string[]): Promise<Buffer> => {
    const { writeFileSync, readFileSync } = await import('node:fs')
    const whole = readFileSync(pki.file('pki.cnf'), 'utf8')
    writeFileSync(
      pki.file('pki.cnf'),
      `${whole}\n[scope]\nissuingDistributionPoint = critical, @point\n[point]\n${lines.join('\n')}\n`,
    )
    await pki.writeCrl('issuing', '-crlexts', 'scope').finally(() => writeFileSync(pki.file('pki.cnf'), whole))
    return list()
  }
  t.match(askCrl(await scoped('onlyuser = TRUE'), question('revoked')), { status: 'revoked' })
  t.match(why(askCrl(await scoped('onlyCA = TRUE'), question('revoked'))), /for certificates of authorities only/)
  t.match(why(askCrl(await scoped('onlysomereasons = keyCompromise'), question('signer'))), /some reasons only/)
  t.match(why(askCrl(await scoped('indirectCRL = TRUE'), question('signer'))), /indirect/)
  t.match(
    why(askCrl(await scoped('fullname = URI:http://127.0.0.1/part2.crl'), question('signer'))),
    /another part of the list/,
  )
  const own = `fullname = URI:${services.url}/issuing.crl`
  t.match(askCrl(await scoped(own), question('signer')), { status: 'good' })
})

test('what a signer needs later is gathered, and what is missing is said', async (t) => {
  t.teardown(() => misbehave.clear())
  const anchors = [certificate('root')]
  const gather = async (name: string, chain = ['issuing']) =>
    gatherEvidence(
      await loadPemSigner({
        name,
        keyFile: pki.file(`${name}.key`),
        certificateFiles: [name, ...chain].map((c) => pki.file(`${c}.crt`)),
      }),
      { anchors, revocation: service(), now: new Date() },
    )
  const whole = await gather('signer')
  t.match(whole, { missing: [], revoked: [] })
  t.same(
    whole.certificates,
    ['signer', 'issuing', 'root'].map((name) => certificate(name).der.toString('base64')),
  )
  t.same(
    whole.revocation.map(({ kind }) => kind),
    ['ocsp', 'crl'],
  )
  t.same(JSON.parse(JSON.stringify(whole)), whole, 'it can be stored as it is')
  t.match(await gather('silent'), { missing: [/Test silent: .*names neither/], revocation: [{ kind: 'crl' }] })
  t.match(await gather('revoked'), { missing: [], revoked: [/Test revoked/] })
  t.match(await gather('signer', []), { missing: [/issuer .* is not known/], revocation: [] })
  misbehave.set('/root.crl', 'error')
  t.match(await gather('signer'), { missing: [/Test issuing: .*HTTP 500/], revocation: [{ kind: 'ocsp' }] })
})

test('a list of a hundred thousand entries is searched quickly', async (t) => {
  const { appendFileSync, readFileSync, writeFileSync } = await import('node:fs')
  const index = readFileSync(pki.file('issuing.index'), 'utf8')
  t.teardown(async () => {
    writeFileSync(pki.file('issuing.index'), index)
    await pki.writeCrl('issuing')
  })
  const rows = Array.from({ length: 100_000 }, (_, i) => {
    const serial = (0x1000000 + i).toString(16).toUpperCase().padStart(8, '0')
    return `R\t300101000000Z\t260101000000Z\t${serial}\tunknown\t/CN=${i}`
  })
  appendFileSync(pki.file('issuing.index'), `${rows.join('\n')}\n`)
  await pki.writeCrl('issuing')
  const list = pki.read('issuing.crl')
  const begun = performance.now()
  t.match(askCrl(list, question('signer')), { status: 'good' })
  const took = performance.now() - begun
  t.comment(`${list.length} bytes in ${took.toFixed(0)} ms`)
  t.ok(took < 3_000, 'a tenth of a second on a quiet machine')
})

test('the services are closed', async () => services.close())
