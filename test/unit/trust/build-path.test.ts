// slow: makes many certificates
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'tap'
import { buildPath } from '../../../gateway/trust/build-path.ts'
import { readCertificate, readCertificates } from '../../../gateway/trust/certificate.ts'
import type { Certificate } from '../../../gateway/trust/certificate.ts'
import { examplePki } from '../../support/pki.ts'

const pki = await examplePki()
const certificate = (name: string): Certificate => readCertificate(pki.read(`${name}.crt`))
const [signer, issuing, root] = [certificate('signer'), certificate('issuing'), certificate('root')]
const inAMinute = (): Date => new Date(Date.now() + 60_000)
const run = promisify(execFile)
const dir = mkdtempSync(join(tmpdir(), 'ecoc-trust-'))

/** A certificate made for one test; `issuer` undefined makes it self-signed. */
const make = async (name: string, extensions: string, issuer?: string, ...more: string[]): Promise<Certificate> => {
  const file = (end: string): string => join(dir, name + end)
  writeFileSync(file('.ext'), `[req]\ndistinguished_name=d\n[d]\n[x]\n${extensions}\n`)
  const subject = [
    '-subj',
    `/CN=${name}`,
    '-config',
    file('.ext'),
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    file('.key'),
  ]
  if (issuer === undefined) {
    await run('openssl', ['req', '-new', '-x509', ...subject, '-extensions', 'x', ...more, '-out', file('.crt')])
  } else {
    await run('openssl', ['req', '-new', ...subject, '-out', file('.csr')])
    const ca = ['-CA', join(dir, `${issuer}.crt`), '-CAkey', join(dir, `${issuer}.key`), '-CAcreateserial']
    await run('openssl', [
      'x509',
      '-req',
      '-in',
      file('.csr'),
      ...ca,
      '-extfile',
      file('.ext'),
      '-extensions',
      'x',
      ...more,
      '-out',
      file('.crt'),
    ])
  }
  return readCertificate(readFileSync(file('.crt')))
}
const ca = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign'
const seal = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature'
const codes = (leaf: Certificate, intermediates: Certificate[], anchors: Certificate[], when = inAMinute()): string[] =>
  buildPath({ leaf, intermediates, anchors, at: when }).findings.map(({ code }) => code)

test('a path is found over intermediates in any order, among strangers', (t) => {
  const intermediates = [certificate('other-root'), certificate('server'), root, issuing, signer]
  const { trust, path, findings } = buildPath({ leaf: signer, intermediates, anchors: [root], at: inAMinute() })
  t.same({ trust, findings }, { trust: 'trusted', findings: [] })
  t.same(
    path.map(({ sha256 }) => sha256),
    [signer, issuing, root].map(({ sha256 }) => sha256),
  )
  t.end()
})

test('the issuing CA or the seal itself may be the anchor', (t) => {
  t.same(codes(signer, [], [issuing]), [])
  t.same(codes(signer, [], [signer]), [])
  t.end()
})

test('what is wrong with a path has its code', (t) => {
  t.same(codes(signer, [issuing], []), ['TRU-100'])
  t.same(codes(certificate('expired'), [issuing], [root]), ['TRU-101'])
  t.same(codes(signer, [issuing], [root], new Date('2020-01-01')), ['TRU-102', 'TRU-102', 'TRU-102'])
  t.same(codes(certificate('wrong-usage'), [issuing], [root]), ['TRU-103'])
  t.same(
    codes(certificate('server'), [issuing], [root]),
    ['TRU-103'],
    'a TLS server certificate has digitalSignature too',
  )
  t.same(codes(certificate('client'), [issuing], [root]), ['TRU-103'])
  t.same(codes(signer, [], [root]), ['TRU-104'])
  t.same(codes(certificate('other-signer'), [issuing], [root]), ['TRU-104'])
  t.same(codes(certificate('other-signer'), [certificate('other-root')], [root]), ['TRU-105'])
  t.end()
})

test('issuers must be authorities, within their path length, and sign with sound algorithms', async (t) => {
  const top = await make('top', ca)
  const narrow = await make(
    'narrow',
    'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign',
    'top',
  )
  const below = await make('below', ca, 'narrow')
  t.same(codes(await make('leaf0', seal, 'narrow'), [narrow], [top]), [])
  t.same(codes(await make('leaf1', seal, 'below'), [narrow, below], [top]), ['TRU-109'])
  const noUsage = 'basicConstraints=critical,CA:FALSE'
  const person = await make('person', noUsage, 'top')
  t.same(codes(await make('leaf2', seal, 'person'), [person], [top]), ['TRU-106'])
  t.same(codes(person, [], [top]), ['TRU-103'], 'a seal must say what its key is for')
  t.same(codes(await make('leaf3', seal, 'top', '-sha1'), [], [top]), ['TRU-107'])
  const strange = `${seal}\n1.2.3.4=critical,DER:0500`
  t.same(codes(await make('leaf4', strange, 'top'), [], [top]), ['TRU-108'])
  const document = `${seal}\nextendedKeyUsage=clientAuth,emailProtection`
  t.same(codes(await make('leaf5', document, 'top'), [], [top]), [])
})

test('a namesake with another key is no issuer', async (t) => {
  const imposter = await make('Imposter', ca, undefined, '-subj', '/C=NL/O=Example PKI/CN=Example Issuing CA')
  t.equal(imposter.subject, issuing.subject)
  t.same(codes(signer, [imposter], [imposter]), ['TRU-104'])
  t.same(codes(signer, [imposter, issuing], [root]), [])
})

test('many certificates from outside do not make it slow', (t) => {
  const crowd = Array.from({ length: 20 }, () => [root, issuing, certificate('other-root')]).flat()
  const start = performance.now()
  t.same(codes(signer, crowd, [certificate('other-root')]), ['TRU-105'])
  t.ok(performance.now() - start < 1000)
  t.end()
})

test('certificates are read from PEM bundles and DER; anything else is refused', (t) => {
  const bundle = Buffer.concat([pki.read('root.crt'), Buffer.from('\nnotes in between\n'), pki.read('issuing.crt')])
  t.same(
    readCertificates(bundle).map(({ subject }) => subject),
    [root.subject, issuing.subject],
  )
  t.equal(readCertificates(root.der)[0]?.sha256, root.sha256)
  for (const bytes of [Buffer.alloc(0), Buffer.from('x'), root.der.subarray(0, 100)]) {
    t.throws(() => readCertificates(bytes), { code: 'TRU-002' })
  }
  t.end()
})
