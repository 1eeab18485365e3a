import { createPrivateKey, sign as cryptoSign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { GatewayError } from '../contract/errors.ts'
import type { Signer } from '../contract/signer.ts'
import { readCertificate, readCertificates } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import { maySeal, validityAt } from '../trust/check-path.ts'
import { minimumRsaBits } from './algorithms.ts'
import { readPkcs12 } from './pkcs12.ts'

/** Keys, certificates and passwords are small; whatever is bigger is another file. */
const maxFileBytes = 1024 * 1024

const refusal = (code: string, message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: 'config', code, message, hint, cause })

const readSmallFile = async (file: string): Promise<Buffer> => {
  try {
    const { size } = await stat(file)
    if (size > maxFileBytes) throw refusal('SIG-001', `${file} is too big for a key file.`, 'Check the path.')
    return await readFile(file)
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    const hint = 'Check the path, and that the user of the gateway may read it.'
    throw refusal('SIG-001', `The file ${file} cannot be read.`, hint, cause)
  }
}

/** The first line: editors and `echo` end files with a line break that is not part of the password. */
const readPassword = async (file: string): Promise<string> =>
  (await readSmallFile(file)).toString('utf8').replace(/\r?\n[^]*$/, '')

/** Signer first, then its issuers as far as they were given, without the root (XAdES: it is the verifier's). */
const orderChain = (leaf: Certificate, given: readonly Certificate[]): Certificate[] => {
  const chain = [leaf]
  for (let last = leaf; chain.length <= given.length;) {
    const issuer = given.find((c) => !chain.includes(c) && last.x509.checkIssued(c.x509))
    if (!issuer || issuer.x509.checkIssued(issuer.x509)) break
    chain.push(issuer)
    last = issuer
  }
  return chain
}

const makeSigner = (name: string, key: KeyObject, certificates: readonly Certificate[], at: Date): Signer => {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa') {
    const message = `The key of signer ${name} is ${key.asymmetricKeyType ?? 'unknown'}, but IVI signatures are RSA only.`
    throw refusal('SIG-004', message, 'Order a seal with an RSA key.')
  }
  if (bits < minimumRsaBits) {
    const message = `The RSA key of signer ${name} has ${bits} bits, at least ${minimumRsaBits} are needed.`
    throw refusal('SIG-005', message, 'Order a new seal.')
  }
  const leaf = certificates.find((certificate) => certificate.x509.checkPrivateKey(key))
  if (!leaf) {
    const message = `The key of signer ${name} belongs to none of its certificates.`
    throw refusal('SIG-006', message, 'Give the certificate that was issued for this key.')
  }
  const validity = validityAt(leaf, at)
  if (validity !== 'within') {
    const { validFromDate, validToDate } = leaf.x509
    const range = `${validFromDate.toISOString()} to ${validToDate.toISOString()}`
    const word = validity === 'after' ? 'expired' : 'not yet valid'
    throw refusal(
      'SIG-007',
      `The certificate of signer ${name} is ${word} (${range}).`,
      'Renew the seal, or check the clock.',
    )
  }
  if (!maySeal(leaf)) {
    const message = `The certificate of signer ${name} is not for signing documents (key usage).`
    throw refusal('SIG-009', message, 'It needs digitalSignature or nonRepudiation, and must not be for TLS only.')
  }
  const chain = orderChain(leaf, certificates).map((certificate) => certificate.der)
  // With a callback the private-key operation runs on the thread pool, off the event loop.
  const sign = (data: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      cryptoSign('sha256', data, key, (error, signature) => {
        if (error) reject(error)
        else resolve(signature)
      })
    })
  return { name, chain, sign }
}

/**
 * A signer from a private key and its certificates as files (PEM or DER certificates; the key as PEM).
 * `certificateFiles`: the signer's certificate and its issuers, in any order, in one file or several.
 * `passwordFile` is for an encrypted key. `at` is the time at which the certificate must be valid (default: now).
 * Throws `config` errors: `SIG-001` unreadable file, `SIG-002` key or password wrong, `SIG-004` not RSA, `SIG-005` key too
 * short, `SIG-006` key of another certificate, `SIG-007` expired or not yet valid, `SIG-008` no certificate,
 * `SIG-009` wrong key usage.
 */
export const loadPemSigner = async (options: {
  readonly name: string
  readonly keyFile: string
  readonly certificateFiles: readonly string[]
  readonly passwordFile?: string | undefined
  readonly at?: Date
}): Promise<Signer> => {
  const { name, keyFile, certificateFiles, passwordFile, at = new Date() } = options
  const pem = await readSmallFile(keyFile)
  const passphrase = passwordFile === undefined ? {} : { passphrase: await readPassword(passwordFile) }
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, ...passphrase })
  } catch (cause) {
    const hint = 'It must be a PEM private key; an encrypted one needs its password file.'
    throw refusal('SIG-002', `The private key in ${keyFile} cannot be opened.`, hint, cause)
  }
  const certificates: Certificate[] = []
  for (const file of certificateFiles) certificates.push(...readFrom(file, readCertificates, await readSmallFile(file)))
  return makeSigner(name, key, certificates, at)
}

const readFrom = <T>(file: string, read: (bytes: Buffer) => T, bytes: Buffer): T => {
  try {
    return read(bytes)
  } catch (cause) {
    if (cause instanceof GatewayError && cause.kind === 'config') throw cause
    throw refusal(
      'SIG-008',
      `${file} cannot be read as what it should be.`,
      'Give PEM certificates or a PKCS#12 file.',
      cause,
    )
  }
}

/**
 * A signer from a PKCS#12 file (.p12, .pfx) and a file with its password.
 * Throws as `loadPemSigner` does, and `SIG-003` when the file uses a scheme that is not supported.
 */
export const loadPkcs12Signer = async (options: {
  readonly name: string
  readonly file: string
  readonly passwordFile: string
  readonly at?: Date
}): Promise<Signer> => {
  const { name, file, passwordFile, at = new Date() } = options
  const password = await readPassword(passwordFile)
  const bytes = await readSmallFile(file)
  const { keys, certificates } = readFrom(file, (content) => readPkcs12(content, password), bytes)
  const [key] = keys
  if (!key) throw refusal('SIG-008', `${file} holds no private key.`, 'Export the certificate together with its key.')
  return makeSigner(
    name,
    key,
    readFrom(file, () => certificates.map(readCertificate), bytes),
    at,
  )
}
