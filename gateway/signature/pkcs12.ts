import { createDecipheriv, createHash, createHmac, createPrivateKey, timingSafeEqual } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import { derChildren, derOid, derTag, expectDer, readDer } from '../trust/der.ts'
import type { DerElement } from '../trust/der.ts'
import { decryptionOf, deriveKey, iterations, lookUp, octets, unsupported } from './pkcs12-crypto.ts'

/** What a PKCS#12 file holds: private keys and certificates (DER), in the order of the file. */
export interface Pkcs12 {
  readonly keys: readonly KeyObject[]
  readonly certificates: readonly Buffer[]
}

const oid = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509: '1.2.840.113549.1.9.22.1',
}
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const wrongPassword = (cause?: unknown): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'SIG-002',
    message: 'The password does not open the PKCS#12 file.',
    hint: 'Check the password file: one line, nothing else in it.',
    cause,
  })

/** EncryptedData (RFC 5652, 8): the decrypted bytes. */
const decrypt = (encryptedData: DerElement, password: string): Buffer => {
  const info = expectDer(derChildren(encryptedData)[1], derTag.sequence, 'the encrypted content')
  const [, identifier, content] = derChildren(info)
  if (content?.tag !== 0x80) throw unsupported('encrypted content in pieces')
  const [cipher, key, iv] = decryptionOf(identifier, password)
  try {
    const decipher = createDecipheriv(cipher, key, iv)
    return Buffer.concat([decipher.update(content.content), decipher.final()])
  } catch (cause) {
    throw wrongPassword(cause)
  }
}

/** ContentInfo: its type and what it wraps. */
const contentInfo = (element: DerElement | undefined): { type: string; content: DerElement } => {
  const [type, wrapped] = derChildren(expectDer(element, derTag.sequence, 'a content info'))
  return { type: derOid(type), content: readDer(expectDer(wrapped, derTag.context(0), 'its content').content) }
}

const checkMac = (macData: DerElement | undefined, authSafe: Buffer, password: string): void => {
  if (!macData) throw unsupported('no integrity check')
  const [digestInfo, salt, rounds] = derChildren(macData)
  const [identifier, expected] = derChildren(expectDer(digestInfo, derTag.sequence, 'the MAC'))
  const algorithm = derChildren(expectDer(identifier, derTag.sequence, 'the MAC algorithm'))[0]
  const hash = lookUp(hashes, derOid(algorithm), 'the MAC algorithm')
  const length = createHash(hash).digest().length
  const key = deriveKey(hash, 3, password, octets(salt, 'the MAC salt'), iterations(rounds), length)
  const actual = createHmac(hash, key).update(authSafe).digest()
  const wanted = octets(expected, 'the MAC value')
  if (wanted.length !== actual.length || !timingSafeEqual(wanted, actual)) throw wrongPassword()
}

const readBags = (safe: Buffer, password: string, keys: KeyObject[], certificates: Buffer[]): void => {
  for (const bag of derChildren(readDer(safe))) {
    const [id, wrapped] = derChildren(bag)
    const value = expectDer(wrapped, derTag.context(0), 'the value of a bag').content
    const kind = derOid(id)
    // OpenSSL decrypts the key itself: all schemes it knows, nothing of it here.
    if (kind === oid.keyBag) keys.push(createPrivateKey({ key: value, format: 'der', type: 'pkcs8' }))
    if (kind === oid.shroudedKeyBag) {
      keys.push(createPrivateKey({ key: value, format: 'der', type: 'pkcs8', passphrase: password }))
    }
    if (kind !== oid.certBag) continue
    const [type, certificate] = derChildren(readDer(value))
    if (derOid(type) !== oid.x509) continue
    certificates.push(
      octets(readDer(expectDer(certificate, derTag.context(0), 'a certificate').content), 'a certificate'),
    )
  }
}

/**
 * Reads a PKCS#12 file (RFC 7292; DER; PBES2 with AES, or the older triple DES; MAC with SHA-1 or SHA-2).
 * Throws `SIG-002` for a wrong password, `SIG-003` for a scheme that is not supported, and `TRU-001` or Node's own
 * error for a malformed file.
 */
export const readPkcs12 = (bytes: Buffer, password: string): Pkcs12 => {
  const [, authSafe, macData] = derChildren(expectDer(readDer(bytes), derTag.sequence, 'the file'))
  const outer = contentInfo(authSafe)
  if (outer.type !== oid.data) throw unsupported('integrity by public key')
  const safes = octets(outer.content, 'the content')
  checkMac(macData, safes, password)
  const keys: KeyObject[] = []
  const certificates: Buffer[] = []
  for (const element of derChildren(readDer(safes))) {
    const { type, content } = contentInfo(element)
    if (type === oid.data) readBags(octets(content, 'a safe'), password, keys, certificates)
    else if (type === oid.encryptedData) readBags(decrypt(content, password), password, keys, certificates)
    else throw unsupported(`content of type ${type}`)
  }
  return { keys, certificates }
}
