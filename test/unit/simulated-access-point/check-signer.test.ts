import { execFileSync } from 'node:child_process'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { checkSigner, organisationOf } from '../../../gateway/sandbox/simulated-access-point/check-signer.ts'
import { readRevocationList } from '../../../gateway/sandbox/simulated-access-point/revocation-list.ts'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { derChildren, derTag, encodeDer, readDer } from '../../../gateway/trust/der.ts'
import { examplePki } from '../../support/pki.ts'

const pki = await examplePki()
const certificate = (name: string) => readCertificate(pki.read(`${name}.crt`))
const [bodies, chassis] = [certificate('signer'), certificate('chassis-signer')]
const none = () => false

/** A document of these manufacturers, the number of the stage before each name. */
const documentOf = (rows: readonly (readonly [stage: number, name: string])[], representative?: string): IviTree => ({
  CocDataGroup: {
    ManufacturerTable: {
      ManufacturerGroup: rows.map(([stage, name]) => ({ ManufacturerStageNumber: `${stage}`, ManufacturerName: name })),
    },
    ...(representative === undefined ? {} : { EURepresentativeGroup: { EURepresentativeName: representative } }),
  },
})
const codes = (...args: Parameters<typeof checkSigner>): string[] => checkSigner(...args).map((f) => f.code)

test('the manufacturer of the latest stage signs, whatever the order of the rows', async (t) => {
  const both = [[1, 'Example Chassis'] as const, [2, 'Example Bodies'] as const]
  for (const rows of [both, [...both].reverse()]) {
    t.same(codes(documentOf(rows), bodies, none), [])
    t.same(codes(documentOf(rows), chassis, none), ['SIM-TRUST-002'], 'the maker of the base does not')
  }
  t.same(
    codes(
      documentOf([
        [10, 'Example Bodies'],
        [9, 'Other'],
      ]),
      bodies,
      none,
    ),
    [],
    'stages are numbers',
  )
  t.same(codes(documentOf([[2, ' Example  Bodies ']]), bodies, none), [], 'white space does not matter')
  t.same(codes(documentOf([[2, 'example bodies']]), bodies, none), ['SIM-TRUST-002'], 'capitals do')
  t.same(codes(documentOf([]), bodies, none), ['SIM-TRUST-002'], 'no manufacturer')
})

test('a representative and a registered sender sign for others', async (t) => {
  t.same(codes(documentOf([[1, 'Oversea']]), bodies, none), ['SIM-TRUST-002'])
  t.same(codes(documentOf([[1, 'Oversea']], 'Example Bodies'), bodies, none), [])
  t.same(codes(documentOf([[1, 'Oversea']], 'Example Bodies'), chassis, none), ['SIM-TRUST-002'])
  t.same(codes(documentOf([[1, 'Example Chassis']]), bodies, none), [], 'so that the sandbox can push chassis-json')
  const message = checkSigner(documentOf([[1, 'constructor']]), chassis, none)[0]?.message
  t.equal(message, '"Example Chassis" may not sign for the manufacturer "constructor".')
})

test('a signer without an organisation signs for nobody', async (t) => {
  const ask = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-subj', '/C=NL/CN=x']
  const nameless = readCertificate(execFileSync('openssl', ask, { stdio: ['ignore', 'pipe', 'ignore'] }))
  t.equal(organisationOf(nameless.x509.subject), '')
  t.same(codes(documentOf([]), nameless, none), ['SIM-TRUST-002'], 'not even for one without a name')
  t.equal(organisationOf(bodies.x509.subject), 'Example Bodies')
  t.equal(organisationOf('O=Example Bodies\nO=Example Chassis\nCN=x'), '', 'nor does one with two')
})

test('what stands on the revocation list is refused, and nothing else', async (t) => {
  const list = pki.read('issuing.crl')
  const isRevoked = readRevocationList(list)
  const bad = ['signer', 'chassis-signer', 'client', 'revoked', 'other-signer'].filter((n) => isRevoked(certificate(n)))
  t.same(bad, ['revoked'])
  t.same(codes(documentOf([[1, 'Example Bodies']]), certificate('revoked'), isRevoked), ['SIM-TRUST-003'])
  t.throws(() => readRevocationList(list.subarray(0, -1)), { code: 'TRU-001' })
  t.throws(() => readRevocationList(Buffer.from('no list')), { code: 'TRU-001' })
})

test('a revocation list that names nobody, or not when the next one comes, can be read', async (t) => {
  const [body, ...rest] = derChildren(readDer(pki.read('issuing.crl')))
  const fields = derChildren(body!).map(({ raw }) => raw)
  const without = (...left: number[]): Buffer => {
    const kept = fields.filter((_, i) => !left.includes(i))
    return encodeDer(derTag.sequence, encodeDer(derTag.sequence, ...kept), ...rest.map(({ raw }) => raw))
  }
  const revoked = certificate('revoked')
  // version, signature, issuer, thisUpdate, nextUpdate, revokedCertificates, extensions
  t.equal(readRevocationList(without())(revoked), true)
  t.equal(readRevocationList(without(0, 6))(revoked), true, 'version 1')
  t.equal(readRevocationList(without(4))(revoked), true, 'without nextUpdate')
  t.equal(readRevocationList(without(5))(revoked), false, 'nobody')
  t.equal(readRevocationList(without(4, 5, 6))(revoked), false)
})
