import { GatewayError } from '../contract/errors.ts'
import { readExtensions } from './certificate.ts'
import { derChildren, derInteger, derTag, derTime, eachDerChild, expectDer, readDer } from './der.ts'
import type { DerElement } from './der.ts'
import { crlUrls, fullNameUrls } from './revocation-pointers.ts'
import { judged, reasonName, staleness, unknown } from './revocation.ts'
import type { Revocation, RevocationQuestion } from './revocation.ts'
import { isSignedWith } from './verify-bytes.ts'

const oid = {
  reasonCode: '2.5.29.21',
  issuingDistributionPoint: '2.5.29.28',
  crlNumber: '2.5.29.20',
  authorityKeyIdentifier: '2.5.29.35',
  invalidityDate: '2.5.29.24',
}
const known = new Set(Object.values(oid))

/** TBSCertList (RFC 5280, 5.1.2). */
interface CrlBody {
  readonly issuerName: Buffer
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  readonly entries: DerElement | undefined
  readonly extensions: ReturnType<typeof readExtensions>
}

const isTime = (element: DerElement | undefined): boolean =>
  element?.tag === derTag.utcTime || element?.tag === derTag.generalizedTime

const readBody = (tbs: DerElement): CrlBody => {
  const fields = derChildren(expectDer(tbs, derTag.sequence, 'the list'))
  let at = fields[0]?.tag === derTag.integer ? 2 : 1 // version OPTIONAL, signature
  const issuerName = expectDer(fields[at++], derTag.sequence, 'the issuer').raw
  const thisUpdate = derTime(fields[at++])
  const nextUpdate = isTime(fields[at]) ? derTime(fields[at++]) : undefined
  const entries = fields[at]?.tag === derTag.sequence ? fields[at++] : undefined
  const block = fields[at]?.tag === derTag.context(0) ? fields[at] : undefined
  return { issuerName, thisUpdate, nextUpdate, entries, extensions: readExtensions(block && readDer(block.content)) }
}

/** Why a list does not speak of this certificate at all, or undefined (RFC 5280, 5.2.5: one list may be a part of several). */
const outOfScope = ({ extensions }: CrlBody, { certificate }: RevocationQuestion): string | undefined => {
  const strange = [...extensions].find(([id, { critical }]) => critical && !known.has(id))
  if (strange) return `it has a critical extension nobody here knows (${strange[0]})`
  const scope = extensions.get(oid.issuingDistributionPoint)
  if (!scope) return undefined
  for (const field of derChildren(readDer(scope.value))) {
    const isSet = field.content[0] !== 0
    if (field.tag === 0x81 && isSet && certificate.x509.ca) return 'it is for certificates of users only'
    if (field.tag === 0x82 && isSet && !certificate.x509.ca) return 'it is for certificates of authorities only'
    if ((field.tag === 0x84 || field.tag === 0x85) && isSet) return 'it is an indirect list or one for attributes'
    if (field.tag === 0x83) return 'it is for some reasons only'
    if (field.tag !== derTag.context(0)) continue
    // A part of the CA's list: only the part that the certificate points to says anything about it.
    const own = crlUrls(certificate)
    const names = fullNameUrls(field)
    if (!names.some((name) => own.includes(name))) return 'it is another part of the list than the certificate names'
  }
  return undefined
}

const entryOf = (entries: DerElement | undefined, serial: Buffer): DerElement[] | undefined => {
  if (!entries) return undefined
  for (const entry of eachDerChild(entries)) {
    const [first] = eachDerChild(entry)
    if (expectDer(first, derTag.integer, 'a serial number').content.equals(serial)) return derChildren(entry)
  }
  return undefined
}

const judge = (der: Buffer, question: RevocationQuestion): Revocation => {
  const [tbs, algorithm, bits] = derChildren(expectDer(readDer(der), derTag.sequence, 'the revocation list'))
  const list = expectDer(tbs, derTag.sequence, 'the list')
  const body = readBody(list)
  const { certificate, issuer } = question
  if (!body.issuerName.equals(certificate.issuerName)) return unknown('The revocation list is of another issuer.')
  if (issuer.keyUsage && !issuer.keyUsage.has('cRLSign')) return unknown('The issuer may not sign revocation lists.')
  const scheme = expectDer(algorithm, derTag.sequence, 'the signature algorithm')
  const signature = expectDer(bits, derTag.bitString, 'the signature').content.subarray(1)
  if (!isSignedWith(issuer.x509.publicKey, scheme, list.raw, signature))
    return unknown('The signature of the revocation list does not hold, or its algorithm is not accepted.')
  const unusable = outOfScope(body, question) ?? staleness(body, question)
  if (unusable) return unknown(`The revocation list cannot be used: ${unusable}.`)
  const { thisUpdate, nextUpdate } = body
  const statement = { evidence: { kind: 'crl', der }, thisUpdate, nextUpdate } as const
  const entry = entryOf(body.entries, certificate.serialNumber)
  if (!entry) return { status: 'good', ...statement }
  const extensions = readExtensions(entry[2])
  if ([...extensions].some(([id, { critical }]) => critical && !known.has(id)))
    return unknown('The entry on the revocation list has a critical extension nobody here knows.')
  const reason = extensions.get(oid.reasonCode)
  const code = reason && derInteger({ ...readDer(reason.value), tag: derTag.integer })
  return judged(statement, derTime(entry[1]), reasonName(code), question)
}

/**
 * What a revocation list (DER, RFC 5280) says about a certificate. Only full lists of the certificate's own issuer are taken,
 * signed with a sound algorithm, in force at the time. A list of a hundred thousand entries takes some 100 ms. Throws nothing.
 */
export const askCrl = (der: Buffer, question: RevocationQuestion): Revocation => {
  try {
    return judge(der, question)
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    return unknown(`The revocation list cannot be read: ${cause.message}`)
  }
}
