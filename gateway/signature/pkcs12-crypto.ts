import { createHash, pbkdf2Sync } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import { derChildren, derInteger, derOid, derTag, expectDer } from '../trust/der.ts'
import type { DerElement } from '../trust/der.ts'

const oid = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  pbeSha1TripleDes: '1.2.840.113549.1.12.1.3',
}
const pseudoRandom: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const ciphers: Readonly<Record<string, { readonly name: string; readonly keyLength: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32 },
}
/** A file that asks for more would stop the process for minutes. */
const maxIterations = 10_000_000

/** `SIG-003`: the file is fine, but uses a scheme the gateway does not read. */
export const unsupported = (what: string): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'SIG-003',
    message: `The PKCS#12 file uses ${what}, which the gateway does not read.`,
    hint: 'Write it anew: openssl pkcs12 -legacy -in OLD -nodes | openssl pkcs12 -export -out NEW',
  })
/** `table[id]`, or `SIG-003` naming what is not supported. */
export const lookUp = <T>(table: Readonly<Record<string, T>>, id: string, what: string): T => {
  const found = table[id]
  if (found === undefined) throw unsupported(`${what} ${id}`)
  return found
}
/** An iteration count (default 1). Throws `SIG-003` when it is absurd. */
export const iterations = (element: DerElement | undefined): number => {
  const count = element ? derInteger(element) : 1
  if (count < 1 || count > maxIterations) throw unsupported(`${count} iterations`)
  return count
}
/** The content of an OCTET STRING. Throws `TRU-001`. */
export const octets = (element: DerElement | undefined, what: string): Buffer =>
  expectDer(element, derTag.octetString, what).content

/** Fills a whole number of blocks by repeating `bytes`. */
const fill = (bytes: Buffer, block: number): Buffer =>
  bytes.length === 0 ? bytes : Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes)

/** Key derivation of PKCS#12 (RFC 7292, B.2). `purpose`: 1 key, 2 initial vector, 3 MAC. */
export const deriveKey = (
  hash: string,
  purpose: 1 | 2 | 3,
  password: string,
  salt: Buffer,
  rounds: number,
  length: number,
) => {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64
  const unicode = Buffer.from(`${password}\0`, 'utf16le').swap16()
  const input = Buffer.concat([fill(salt, block), fill(unicode, block)])
  const result: Buffer[] = []
  for (let made = 0; made < length;) {
    let part = createHash(hash).update(Buffer.alloc(block, purpose)).update(input).digest()
    for (let i = 1; i < rounds; i++) part = createHash(hash).update(part).digest()
    result.push(part)
    made += part.length
    // Each block of the input grows by the result + 1, modulo 2^(8·block).
    const add = Buffer.alloc(block, part)
    for (let at = 0; at < input.length; at += block) {
      let carry = 1
      for (let i = block - 1; i >= 0; i--) {
        carry += (input[at + i] ?? 0) + (add[i] ?? 0)
        input[at + i] = carry & 0xff
        carry >>= 8
      }
    }
  }
  return Buffer.concat(result).subarray(0, length)
}

/** Cipher name, key and initial vector of a password-based encryption (RFC 8018 PBES2; RFC 7292 triple DES). Throws `SIG-003`. */
export const decryptionOf = (
  identifier: DerElement | undefined,
  password: string,
): [cipher: string, key: Buffer, iv: Buffer] => {
  const [id, parameters] = derChildren(expectDer(identifier, derTag.sequence, 'the encryption algorithm'))
  const [first, second] = derChildren(expectDer(parameters, derTag.sequence, 'its parameters'))
  if (derOid(id) === oid.pbeSha1TripleDes) {
    const salt = octets(first, 'the salt')
    const make = (purpose: 1 | 2, length: number): Buffer =>
      deriveKey('sha1', purpose, password, salt, iterations(second), length)
    return ['des-ede3-cbc', make(1, 24), make(2, 8)]
  }
  if (derOid(id) !== oid.pbes2) throw unsupported(`the encryption ${derOid(id)}`)
  const [kdf, kdfParameters] = derChildren(expectDer(first, derTag.sequence, 'the key derivation'))
  if (derOid(kdf) !== oid.pbkdf2) throw unsupported(`the key derivation ${derOid(kdf)}`)
  const [salt, rounds, ...rest] = derChildren(expectDer(kdfParameters, derTag.sequence, 'its parameters'))
  const prf = rest.find((element) => element.tag === derTag.sequence)
  const hash = prf ? lookUp(pseudoRandom, derOid(derChildren(prf)[0]), 'the function') : 'sha1'
  const [scheme, iv] = derChildren(expectDer(second, derTag.sequence, 'the cipher'))
  const { name, keyLength } = lookUp(ciphers, derOid(scheme), 'the cipher')
  return [
    name,
    pbkdf2Sync(password, octets(salt, 'the salt'), iterations(rounds), keyLength, hash),
    octets(iv, 'the iv'),
  ]
}
