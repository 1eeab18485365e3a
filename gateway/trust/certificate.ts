import { X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import type { Sha256 } from '../contract/ids.ts'
import { sha256 } from '../support/hash.ts'
import { derChildren, derInteger, derOid, derTag, encodeDer, expectDer, readDer } from './der.ts'
import type { DerElement } from './der.ts'

/** Bit names of the KeyUsage extension in their order (RFC 5280, 4.2.1.3). */
const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const
export type KeyUsage = (typeof keyUsageBits)[number]

/** A certificate with what Node's own class does not tell (its `keyUsage` is the extended one). */
export interface Certificate {
  readonly x509: X509Certificate
  readonly der: Buffer
  readonly sha256: Sha256
  /** For people: the subject on one line. */
  readonly subject: string
  /** DER of IssuerSerial (RFC 5035), as IssuerSerialV2 of XAdES wants it (EN 319 132-1, 5.2.2). */
  readonly issuerSerial: Buffer
  /** DER of the names: they are compared as they stand. */
  readonly issuerName: Buffer
  readonly subjectName: Buffer
  /** Content of the INTEGER. */
  readonly serialNumber: Buffer
  /** By OID. */
  readonly extensions: ReadonlyMap<string, Extension>
  /** Undefined when the certificate does not restrict its key. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined
  /** OIDs; empty when the certificate does not restrict its purposes. */
  readonly extendedKeyUsage: readonly string[]
  /** How many CAs may stand below this one; undefined means any number. */
  readonly pathLength: number | undefined
  readonly signatureOid: string
  /** OIDs of critical extensions that the gateway does not process (RFC 5280, 4.2: then it must be refused). */
  readonly unknownCritical: readonly string[]
}

const oid = { keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', extendedKeyUsage: '2.5.29.37' }
const processed = new Set([
  ...Object.values(oid),
  '2.5.29.14', // subject key identifier
  '2.5.29.17', // subject alternative name
  '2.5.29.31', // CRL distribution points
  '2.5.29.32', // certificate policies
  '2.5.29.35', // authority key identifier
])

/** An extension: `value` is the DER inside. */
export interface Extension {
  readonly critical: boolean
  readonly value: Buffer
}

/** Extensions of a certificate, a revocation list or one of its entries; `list` is the SEQUENCE of them. Throws `TRU-001`. */
export const readExtensions = (list: DerElement | undefined): Map<string, Extension> => {
  const found = new Map<string, Extension>()
  for (const extension of list ? derChildren(list) : []) {
    const [id, ...rest] = derChildren(extension)
    const critical = rest[0]?.tag === derTag.boolean && rest[0].content[0] !== 0
    const value = expectDer(rest.at(-1), derTag.octetString, 'the value of an extension').content
    found.set(derOid(id), { critical, value })
  }
  return found
}

const readKeyUsage = (value: Buffer | undefined): ReadonlySet<KeyUsage> | undefined => {
  if (!value) return undefined
  const bits = expectDer(readDer(value), derTag.bitString, 'the key usage').content[1] ?? 0
  return new Set(keyUsageBits.filter((_, i) => bits & (0x80 >> i)))
}

const readPathLength = (value: Buffer | undefined): number | undefined => {
  const last = value && derChildren(readDer(value)).at(-1)
  return last?.tag === derTag.integer ? derInteger(last) : undefined
}

const expectKey = (x509: X509Certificate): KeyObject => x509.publicKey

const read = (x509: X509Certificate): Certificate => {
  const der = x509.raw
  // A key that cannot be read shows only when it is asked for; then nobody expects it.
  expectKey(x509)
  const [tbs, algorithm] = derChildren(readDer(der))
  const fields = derChildren(expectDer(tbs, derTag.sequence, 'the certificate body'))
  // version [0] EXPLICIT DEFAULT v1, serialNumber, signature, issuer, …, extensions [3] EXPLICIT
  const at = fields[0]?.tag === derTag.context(0) ? 1 : 0
  const serial = expectDer(fields[at], derTag.integer, 'the serial number')
  const issuer = expectDer(fields[at + 2], derTag.sequence, 'the issuer')
  const block = fields.find((field) => field.tag === derTag.context(3))
  const extensions = readExtensions(block && readDer(block.content))
  const extended = extensions.get(oid.extendedKeyUsage)
  const directoryName = encodeDer(derTag.context(4), issuer.raw)
  return {
    x509,
    der,
    sha256: sha256(der),
    subject: x509.subject.split('\n').join(', '),
    issuerSerial: encodeDer(derTag.sequence, encodeDer(derTag.sequence, directoryName), serial.raw),
    issuerName: issuer.raw,
    subjectName: expectDer(fields[at + 4], derTag.sequence, 'the subject').raw,
    serialNumber: serial.content,
    extensions,
    keyUsage: readKeyUsage(extensions.get(oid.keyUsage)?.value),
    extendedKeyUsage: extended ? derChildren(readDer(extended.value)).map(derOid) : [],
    pathLength: readPathLength(extensions.get(oid.basicConstraints)?.value),
    signatureOid: derOid(derChildren(expectDer(algorithm, derTag.sequence, 'the signature algorithm'))[0]),
    unknownCritical: [...extensions].filter(([id, e]) => e.critical && !processed.has(id)).map(([id]) => id),
  }
}

/**
 * Reads one certificate, DER or PEM.
 * Throws `TRU-002` (kind `security`) when it cannot be read.
 */
export const readCertificate = (bytes: Buffer): Certificate => {
  try {
    return read(new X509Certificate(bytes))
  } catch (cause) {
    throw new GatewayError({
      kind: 'security',
      code: 'TRU-002',
      message: 'This is no X.509 certificate that can be read.',
      hint: 'Give a certificate as PEM (BEGIN CERTIFICATE) or DER.',
      cause,
    })
  }
}

const pemBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/**
 * Reads all certificates of a file: one DER certificate, or a PEM bundle in its order.
 * Throws `TRU-002` when there is none or one of them cannot be read.
 */
export const readCertificates = (bytes: Buffer): Certificate[] => {
  const blocks = bytes.toString('latin1').match(pemBlock)
  return blocks ? blocks.map((block) => readCertificate(Buffer.from(block))) : [readCertificate(bytes)]
}
