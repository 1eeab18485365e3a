import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A PKI whose certificates name trust services: root → issuing CA → seals, time-stamping authorities, OCSP responder. */
export interface TrustPki {
  readonly dir: string
  readonly file: (name: string) => string
  readonly read: (name: string) => Buffer
  /** Runs openssl in the folder. */
  openssl(...args: string[]): Promise<void>
  /** Revokes a certificate of the issuing CA and writes the list anew. */
  revoke(name: string, reason: string): Promise<void>
  /** Writes the list of a CA anew, with more options of `openssl ca -gencrl`. */
  writeCrl(ca: 'root' | 'issuing', ...more: string[]): Promise<void>
}

const extensions = (url: string): string => `
[req]
distinguished_name = name
prompt = no
[name]
CN = set by -subj
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
crlDistributionPoints = URI:${url}/root.crl
[seal]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
authorityInfoAccess = OCSP;URI:${url}/ocsp
crlDistributionPoints = URI:${url}/issuing.crl
[seal_silent]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
[seal_crl]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
crlDistributionPoints = URI:${url}/issuing.crl
[tsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
crlDistributionPoints = URI:${url}/issuing.crl
[tsa_loose]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = timeStamping
[ocsp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
[ca]
default_ca = issuing_ca
[issuing_ca]
database = issuing.index
serial = issuing.serial
crlnumber = issuing.crlnumber
new_certs_dir = .
certificate = issuing.crt
private_key = issuing.key
default_md = sha256
default_days = 365
default_crl_days = 30
policy = any
unique_subject = no
[root_ca]
database = root.index
serial = root.serial
crlnumber = root.crlnumber
new_certs_dir = .
certificate = root.crt
private_key = root.key
default_md = sha256
default_days = 5000
default_crl_days = 180
policy = any
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
`

const tsaConfig = (name: string): string => `
[tsa]
default_tsa = t
[t]
serial = ./${name}.serial
crypto_device = builtin
signer_cert = ./${name}.crt
certs = ./issuing.crt
signer_key = ./${name}.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.13762.3
other_policies = 1.3.6.1.4.1.13762.4
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
`

/** name, extensions, more options of `openssl ca`. */
const leaves: readonly (readonly [string, string, ...string[]])[] = [
  ['signer', 'seal'],
  ['silent', 'seal_silent'],
  ['crl-only', 'seal_crl'],
  ['revoked', 'seal'],
  ['revoked-crl', 'seal_crl'],
  ['tsa', 'tsa', '-days', '4000'],
  ['tsa-loose', 'tsa_loose'],
  ['ocsp', 'ocsp'],
]

/** Makes the PKI in a folder of its own; about two seconds. `url` is where its trust services answer. */
export const makeTrustPki = async (url: string): Promise<TrustPki> => {
  const dir = mkdtempSync(join(tmpdir(), 'ecoc-trust-pki-'))
  const file = (name: string): string => join(dir, name)
  const openssl = async (...args: string[]): Promise<void> => {
    await run('openssl', args, { cwd: dir })
  }
  const writeCrl: TrustPki['writeCrl'] = async (ca, ...more) => {
    await openssl('ca', '-config', 'pki.cnf', '-name', `${ca}_ca`, '-gencrl', ...more, '-out', `${ca}.crl.pem`)
    await openssl('crl', '-in', `${ca}.crl.pem`, '-outform', 'DER', '-out', `${ca}.crl`)
  }
  const revoke: TrustPki['revoke'] = async (name, reason) => {
    await openssl('ca', '-config', 'pki.cnf', '-revoke', `${name}.crt`, '-crl_reason', reason)
    await writeCrl('issuing')
  }
  mkdirSync(dir, { recursive: true })
  writeFileSync(file('pki.cnf'), extensions(url).replace('noCheck = ignored', '1.3.6.1.5.5.7.48.1.5 = DER:0500'))
  for (const ca of ['issuing', 'root']) {
    writeFileSync(file(`${ca}.index`), '')
    writeFileSync(file(`${ca}.serial`), ca === 'root' ? '02' : '1000')
    writeFileSync(file(`${ca}.crlnumber`), '01')
  }
  for (const tsa of ['tsa', 'tsa-loose', 'tsa-other']) {
    writeFileSync(file(`${tsa}.cnf`), tsaConfig(tsa).replace(/certs = .*/, tsa === 'tsa-other' ? '' : '$&'))
    writeFileSync(file(`${tsa}.serial`), '01')
  }
  const names = ['root', 'issuing', 'tsa-other', ...leaves.map(([name]) => name)]
  await Promise.all(names.map((name) => openssl('genrsa', '-out', `${name}.key`, '2048')))
  const self = ['req', '-new', '-x509', '-sha256', '-days', '5000', '-config', 'pki.cnf']
  await openssl(
    ...self,
    '-key',
    'root.key',
    '-subj',
    '/O=Test PKI/CN=Test Root',
    '-extensions',
    'root',
    '-out',
    'root.crt',
  )
  const other = ['-subj', '/O=Other PKI/CN=Other TSA', '-extensions', 'tsa', '-out', 'tsa-other.crt']
  await openssl(...self, '-key', 'tsa-other.key', ...other)
  const issue = async (ca: string, name: string, extension: string, ...more: readonly string[]): Promise<void> => {
    const subject = `/O=Test PKI/CN=Test ${name}`
    await openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-config', 'pki.cnf', '-out', `${name}.csr`)
    const to = ['-in', `${name}.csr`, '-extensions', extension, '-out', `${name}.crt`, '-notext', ...more]
    await openssl('ca', '-batch', '-config', 'pki.cnf', '-name', `${ca}_ca`, ...to)
  }
  await issue('root', 'issuing', 'issuing')
  for (const [name, extension, ...more] of leaves) await issue('issuing', name, extension, ...more)
  const pki: TrustPki = { dir, file, read: (name) => readFileSync(file(name)), openssl, revoke, writeCrl }
  await writeCrl('root')
  await revoke('revoked', 'keyCompromise')
  await revoke('revoked-crl', 'cessationOfOperation')
  return pki
}
