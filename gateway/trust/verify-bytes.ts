import { constants, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { derChildren, derOid, derTag, expectDer } from './der.ts'
import type { DerElement } from './der.ts'

/** Hash functions that are accepted in time stamps, OCSP answers and revocation lists. SHA-1 is not among them. */
export const hashOfOid: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const rsaPss = '1.2.840.113549.1.1.10'
/** RSA without a hash of its own, as CMS writes it: the hash stands beside it. */
const rsa = '1.2.840.113549.1.1.1'
const hashOfScheme: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/** RSASSA-PSS-params (RFC 4055, 3.1): the hash; its default is SHA-1, which is not taken. */
const pssHash = (parameters: DerElement | undefined): string | undefined => {
  const hash = parameters && derChildren(parameters).find((p) => p.tag === derTag.context(0))
  if (!hash) return undefined
  const [identifier] = derChildren(hash)
  return hashOfOid[derOid(derChildren(expectDer(identifier, derTag.sequence, 'the hash of PSS'))[0])]
}

/**
 * Whether `signature` over `data` was made by `key` with the algorithm of this AlgorithmIdentifier (DER): RSA PKCS#1 v1.5 or
 * PSS, or ECDSA, with SHA-2. `hash` is the hash to take where the algorithm names none (CMS). Whatever else is false.
 * RSA keys below 2048 bits do not verify anything.
 */
export const isSignedWith = (
  key: KeyObject,
  algorithm: DerElement,
  data: Buffer,
  signature: Buffer,
  hash?: string,
): boolean => {
  if (key.asymmetricKeyType?.startsWith('rsa') && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return false
  const [id, parameters] = derChildren(algorithm)
  const scheme = derOid(id)
  const isPss = scheme === rsaPss
  const wanted = isPss ? pssHash(parameters) : (hashOfScheme[scheme] ?? (scheme === rsa ? hash : undefined))
  if (wanted === undefined) return false
  const isFor = scheme.startsWith('1.2.840.10045.') ? 'ec' : 'rsa'
  if (!key.asymmetricKeyType?.startsWith(isFor)) return false
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
  try {
    return verify(wanted, data, isPss ? { key, ...pss } : key, signature)
  } catch {
    return false // a signature that this kind of key cannot even try
  }
}
