import { constants, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { XmlC14NMode } from 'libxml2-wasm'

type Mode = (typeof XmlC14NMode)[keyof typeof XmlC14NMode]

/** A table for names from outside: an object would also answer to `toString`. */
const table = <V>(entries: Readonly<Record<string, V>>): ReadonlyMap<string, V> => new Map(Object.entries(entries))

/** Canonicalisations, all without comments: a list's text must not depend on what the signature does not cover. */
export const canonicalizations = table<Mode>({
  'http://www.w3.org/2001/10/xml-exc-c14n#': XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': XmlC14NMode.XML_C14N_1_0,
  'http://www.w3.org/2006/12/xml-c14n11': XmlC14NMode.XML_C14N_1_1,
})
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
/** What XMLDSig takes when no canonicalisation is named (4.4.3.2). */
export const defaultMode: Mode = XmlC14NMode.XML_C14N_1_0

const sha2 = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
}
export const digests = table<string>(sha2)
/**
 * What may name the signing certificate. SHA-1 is among it: lists are signed so to this day, the certificate itself is
 * compared with those that are pinned, and so nothing rests on this digest.
 */
export const certificateDigests = table<string>({ ...sha2, 'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1' })

interface Method {
  readonly hash: string
  readonly key: 'rsa' | 'pss' | 'ec'
}
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const newer = 'http://www.w3.org/2007/05/xmldsig-more#'
const methods: ReadonlyMap<string, Method> = new Map(
  ['sha256', 'sha384', 'sha512'].flatMap((hash): [string, Method][] => [
    [`${more}rsa-${hash}`, { hash, key: 'rsa' }],
    [`${newer}${hash}-rsa-MGF1`, { hash, key: 'pss' }],
    [`${more}ecdsa-${hash}`, { hash, key: 'ec' }],
  ]),
)

/** Why a signature does not hold; undefined when it does. RSA keys must have 2048 bits at least. */
export const faultOfSignature = (
  algorithm: string,
  key: KeyObject,
  data: Buffer,
  signature: Buffer,
): string | undefined => {
  const method = methods.get(algorithm)
  if (!method) return `its algorithm is not accepted (${algorithm.slice(0, 100)})`
  const type = key.asymmetricKeyType ?? ''
  if (!(method.key === 'ec' ? type === 'ec' : type.startsWith('rsa'))) return 'its algorithm is not for its key'
  if (method.key !== 'ec' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return 'its key is too short'
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
  try {
    // XMLDSig writes ECDSA as r and s side by side (6.4.3 of version 1.1).
    const given = method.key === 'pss' ? { key, ...pss } : { key, dsaEncoding: 'ieee-p1363' as const }
    return verify(method.hash, data, given, signature) ? undefined : 'it was not made with its certificate’s key'
  } catch {
    return 'it was not made with its certificate’s key'
  }
}
