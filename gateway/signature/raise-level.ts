import { GatewayError } from '../contract/errors.ts'
import type { Sha256 } from '../contract/ids.ts'
import { sha256 } from '../support/hash.ts'
import type { Certificate } from '../trust/certificate.ts'
import type { AnsweredCertificate } from '../trust/revocation-of-path.ts'
import { askEvidence } from '../trust/revocation-service.ts'
import type { RevocationService } from '../trust/revocation-service.ts'
import type { RevocationEvidence, RevocationQuestion } from '../trust/revocation.ts'
import type { TimeStampService } from '../trust/time-stamp-service.ts'
import { algorithm, namespace } from './algorithms.ts'
import { concludeInspection, inspectDocument, questionsOf } from './inspect-document.ts'
import type { Inspection, Trusted } from './inspect-document.ts'
import { statementsOf } from './signing-evidence.ts'
import type { SigningEvidence } from './signing-evidence.ts'

export interface RaiseOptions {
  readonly level: 'T' | 'LT'
  /** Roots of the signer, and of the TSA where they differ. */
  readonly anchors: readonly Certificate[]
  readonly timeStampAnchors?: readonly Certificate[]
  readonly timeStamp: TimeStampService
  /** Asked for what `evidence` does not say. */
  readonly revocation: RevocationService
  /** What was kept at signing. */
  readonly evidence?: SigningEvidence | undefined
  readonly now: Date
}

const stop = (code: string, message: string, hint: string, kind: GatewayError['kind'] = 'operational'): never => {
  throw new GatewayError({ kind, code, message, hint })
}

const end = '</xades:QualifyingProperties></ds:Object></ds:Signature></InitialVehicleInformation>'
const unsignedStart = '<xades:UnsignedProperties><xades:UnsignedSignatureProperties>'
const unsignedEnd = '</xades:UnsignedSignatureProperties></xades:UnsignedProperties>'

/** Puts properties behind what the signature has; only documents as `signDocument` writes them end like this. */
const addUnsigned = (bytes: Buffer, properties: string): Buffer => {
  const text = (part: string): Buffer => Buffer.from(part)
  const [withOthers, without] = [text(unsignedEnd + end), text(end)]
  const has = bytes.subarray(-withOthers.length).equals(withOthers)
  if (has) return Buffer.concat([bytes.subarray(0, -withOthers.length), text(properties), withOthers])
  return Buffer.concat([bytes.subarray(0, -without.length), text(unsignedStart + properties + unsignedEnd), without])
}

const assertOurs = (bytes: Buffer): void => {
  if (bytes.subarray(-end.length).toString('latin1') === end) return
  stop(
    'SIG-301',
    'The level of this signature cannot be raised: it is not a XAdES signature as the gateway makes them.',
    'Plain XMLDSig has no levels; sign the document anew.',
    'config',
  )
}

const inspect = (bytes: Buffer, trusted: Trusted): Inspection => {
  const inspection = inspectDocument(bytes, trusted)
  const findings = [...inspection.broken, ...inspection.findings.filter((f) => f.severity === 'error')]
  if (findings.length > 0 || inspection.path.trust !== 'trusted')
    stop(
      'SIG-302',
      `The level of a signature that is not valid and trusted cannot be raised. ${findings[0]?.message ?? ''}`.trim(),
      'Check the trust anchors, and the document with `ecoc verify`.',
      'security',
    )
  return inspection
}

/** exc-c14n of SignatureValue as it stands in our documents (EN 319 132-1, 5.3). */
const stampedText = ({ value }: Inspection['parts']): Buffer =>
  Buffer.from(`<ds:SignatureValue xmlns:ds="${namespace.ds}">${value.toString('base64')}</ds:SignatureValue>`)

const addTimeStamp = async (bytes: Buffer, inspection: Inspection, options: RaiseOptions): Promise<Buffer> => {
  const { token } = await options.timeStamp.stamp(stampedText(inspection.parts), options.now)
  return addUnsigned(
    bytes,
    `<xades:SignatureTimeStamp><ds:CanonicalizationMethod Algorithm="${algorithm.exclusiveC14n}"></ds:CanonicalizationMethod>` +
      `<xades:EncapsulatedTimeStamp>${token.toString('base64')}</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>`,
  )
}

const values = (tag: string, list: readonly Buffer[]): string =>
  list.map((der) => `<xades:${tag}>${der.toString('base64')}</xades:${tag}>`).join('')
const wrapped = (tag: string, content: string): string =>
  content === '' ? '' : `<xades:${tag}>${content}</xades:${tag}>`

const valuesOf = (certificates: readonly Certificate[], statements: readonly RevocationEvidence[]): string => {
  const ders = (kind: RevocationEvidence['kind']): Buffer[] =>
    statements.filter((s) => s.kind === kind).map((s) => s.der)
  const crls = wrapped('CRLValues', values('EncapsulatedCRLValue', ders('crl')))
  const ocsps = wrapped('OCSPValues', values('EncapsulatedOCSPValue', ders('ocsp')))
  const all = values(
    'EncapsulatedX509Certificate',
    certificates.map(({ der }) => der),
  )
  return wrapped('CertificateValues', all) + wrapped('RevocationValues', crls + ocsps)
}

/** What was kept at signing answers for the time of signing; the rest is asked for now. */
const answerAll = (questions: readonly RevocationQuestion[], options: RaiseOptions): Promise<AnsweredCertificate[]> => {
  const kept = (options.evidence?.revocation ?? []).map(({ kind, der }): RevocationEvidence => {
    return { kind, der: Buffer.from(der, 'base64') }
  })
  return Promise.all(
    questions.map(async (question) => {
      const inHand = askEvidence(kept, question)
      const answer = inHand.status === 'unknown' ? await options.revocation.ask(question) : inHand
      return { certificate: question.certificate, answer }
    }),
  )
}

const addValues = async (bytes: Buffer, inspection: Inspection, options: RaiseOptions, trusted: Trusted) => {
  const { signer, timeStamp } = questionsOf(inspection, trusted)
  const answers = await answerAll([...signer, ...timeStamp], options)
  for (const { certificate, answer } of answers) {
    if (answer.status === 'revoked')
      stop(
        'SIG-303',
        `${certificate.subject} was revoked on ${answer.since.toISOString()} (${answer.reason}).`,
        'Documents signed with it before keep their level; sign anew with a valid seal.',
        'security',
      )
    if (answer.status === 'unknown')
      stop(
        'SIG-304',
        `Level LT needs the revocation status of ${certificate.subject}: ${answer.why}`,
        'Try again when the authority answers; level T needs nothing of it.',
      )
  }
  const carried = [...inspection.parts.certificates, ...(inspection.timeStamp?.stamp?.certificates ?? [])]
  const has = new Set(carried.map(({ sha256: id }) => id))
  const paths = [...inspection.path.path, ...(inspection.timeStamp?.path ?? [])]
  const certificates = paths.filter((c, i) => !has.has(c.sha256) && paths.findIndex((o) => o.sha256 === c.sha256) === i)
  return addUnsigned(bytes, valuesOf(certificates, statementsOf(answers)))
}

/**
 * Raises a signature of ours from level B to T (a time stamp over SignatureValue) or to LT (beside it the certificates and the
 * revocation status of every certificate of the signer's and the TSA's path), EN 319 132-1. A time stamp that is there is kept. The
 * signed bytes do not change; what is returned was verified as having the level.
 * Throws `SIG-301` not a XAdES signature of ours, `SIG-302` not valid or not trusted, `SIG-303` revoked, `SIG-304` evidence missing,
 * `SIG-305` the result does not have the level (bug), and what the time-stamp service throws (`TRU-136`, `TRU-140`, `TRU-141`).
 */
export const raiseLevel = async (
  bytes: Buffer,
  options: RaiseOptions,
): Promise<{ bytes: Buffer; sha256: Sha256; level: string }> => {
  assertOurs(bytes)
  const { anchors, timeStampAnchors = anchors } = options
  const trusted = { anchors, timeStampAnchors, at: options.now, legacySha1: false }
  let raised = bytes
  let inspection = inspect(raised, trusted)
  if (inspection.timeStamp?.trust !== 'trusted') {
    raised = await addTimeStamp(raised, inspection, options)
    inspection = inspect(raised, trusted)
  }
  const reached = concludeInspection(inspection, trusted).level
  if (options.level === 'LT' && reached !== 'XAdES-LT') {
    raised = await addValues(raised, inspection, options, trusted)
    inspection = inspect(raised, trusted)
  }
  const { level } = concludeInspection(inspection, trusted)
  if (level !== 'XAdES-LT' && level !== `XAdES-${options.level}`)
    return stop(
      'SIG-305',
      `The signature was raised to ${options.level} but reads as ${level ?? 'none'}.`,
      'Report it.',
      'bug',
    )
  return { bytes: raised, sha256: sha256(raised), level }
}
