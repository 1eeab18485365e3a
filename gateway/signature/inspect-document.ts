import { isValid } from '../contract/finding.ts'
import type { Finding } from '../contract/finding.ts'
import type { Verification } from '../contract/signer.ts'
import { buildPath } from '../trust/build-path.ts'
import type { TrustPath } from '../trust/build-path.ts'
import type { Certificate } from '../trust/certificate.ts'
import { checkTimeStamp } from '../trust/check-time-stamp.ts'
import type { CheckedTimeStamp } from '../trust/check-time-stamp.ts'
import { pathQuestions, spoilsTimeStamps, summarise } from '../trust/revocation-of-path.ts'
import type { AnsweredCertificate } from '../trust/revocation-of-path.ts'
import { askEvidence } from '../trust/revocation-service.ts'
import type { Revocation, RevocationQuestion } from '../trust/revocation.ts'
import { checkSignature, signerOf } from './check-signature.ts'
import type { Leniency } from './read-references.ts'
import { readSignature } from './read-signature.ts'
import type { SignatureParts } from './read-signature.ts'
import { assertSafe, withXml } from './strict-xml.ts'

export interface Trusted extends Leniency {
  readonly anchors: readonly Certificate[]
  /** Roots of time-stamping authorities. */
  readonly timeStampAnchors: readonly Certificate[]
  /** The present of this verification. */
  readonly at: Date
}

/** A signature whose value and digests hold, and everything that decides what it is worth. */
export interface Inspection {
  readonly parts: SignatureParts
  readonly signer: Certificate
  /** Digests or value that do not hold; nothing else is looked at then. */
  readonly broken: readonly Finding[]
  readonly path: TrustPath
  /** The earliest time stamp that counts, otherwise the first one. */
  readonly timeStamp: CheckedTimeStamp | undefined
  readonly findings: readonly Finding[]
}

/** Answers about a path's certificates; from evidence in hand or from trust services. */
export type Answers = readonly AnsweredCertificate[]

const finding = (code: string, severity: Finding['severity'], message: string): Finding => {
  return { code, layer: 'trust', severity, path: '/', message }
}

/** The time at which the signature is judged: proved by a trusted time stamp, otherwise now. */
export const judgedAt = ({ timeStamp }: Pick<Inspection, 'timeStamp'>, now: Date): Date =>
  timeStamp?.trust === 'trusted' && timeStamp.stamp ? timeStamp.stamp.time : now

const checkTimeStamps = (parts: SignatureParts, { timeStampAnchors: anchors, at }: Trusted): CheckedTimeStamp[] =>
  parts.unsigned.timeStamps.map(({ token, stamped }) =>
    checkTimeStamp(token, { data: stamped, anchors, intermediates: parts.unsigned.certificates, at }),
  )

const timeOf = ({ stamp }: CheckedTimeStamp): number => stamp?.time.getTime() ?? Infinity

/** The signing time is the signer's claim; a time stamp from before it shows that one of the two is wrong. */
const claimFinding = (parts: SignatureParts, stamp: CheckedTimeStamp | undefined): Finding[] => {
  const claimed = Date.parse(parts.properties?.signingTime ?? '')
  if (!stamp || !(claimed - timeOf(stamp) > 5 * 60_000)) return []
  return [finding('TRU-137', 'warning', 'The signer claims a later time than that of the time stamp.')]
}

/**
 * Reads a signed document and checks everything that needs no network, revocation apart.
 * Refuses as `readSignature` and `signerOf` do (GatewayError `SIG-1xx`).
 */
export const inspectDocument = (bytes: Buffer, trusted: Trusted): Inspection => {
  const parts = withXml(bytes, (doc) => {
    assertSafe(doc)
    return readSignature(doc, trusted)
  })
  const signer = signerOf(parts)
  const broken = checkSignature(bytes, parts, signer)
  // Who a broken signature claims to be from is not worth a path.
  const nobody: TrustPath = { trust: 'unknown', path: [], findings: [] }
  if (broken.length > 0) return { parts, signer, broken, path: nobody, timeStamp: undefined, findings: [] }

  const stamps = checkTimeStamps(parts, trusted).sort((a, b) => timeOf(a) - timeOf(b))
  const timeStamp = stamps.find(({ trust }) => trust === 'trusted') ?? stamps[0]
  const at = judgedAt({ timeStamp }, trusted.at)
  const intermediates = [...parts.certificates, ...parts.unsigned.certificates]
  const path = buildPath({ leaf: signer, intermediates, anchors: trusted.anchors, at })
  const isLegacy = [parts.hash, parts.documentReference.hash, parts.properties?.reference.hash].includes('sha1')
  const legacy = isLegacy ? [{ ...finding('SIG-127', 'warning', 'The signature uses SHA-1, which is broken.') }] : []
  const ofStamps = stamps.flatMap(({ findings }) => findings)
  const findings = [...legacy, ...path.findings, ...ofStamps, ...claimFinding(parts, timeStamp)]
  return { parts, signer, broken, path, timeStamp, findings }
}

/** What has to be asked about the signer's path, and about the path of the time stamp. Untrusted paths are not asked about. */
export const questionsOf = (inspection: Inspection, { at: now }: Trusted) => {
  const at = judgedAt(inspection, now)
  const { path, timeStamp } = inspection
  return {
    signer: path.trust === 'trusted' ? pathQuestions(path.path, { at, now }) : [],
    timeStamp: timeStamp?.trust === 'trusted' ? pathQuestions(timeStamp.path, { at, now }) : [],
  }
}

/** What the evidence inside the signature says. */
export const askEmbedded = ({ parts }: Inspection, question: RevocationQuestion): Revocation =>
  askEvidence(parts.unsigned.revocation, question)

const isKnown = ({ answer }: AnsweredCertificate): boolean => answer.status !== 'unknown'

/** XAdES-LT: everything for both paths is inside. */
const levelOf = (inspection: Inspection, trusted: Trusted): string => {
  if (!inspection.parts.properties) return 'XMLDSig'
  const { timeStamp, path } = inspection
  if (!timeStamp?.stamp || timeStamp.trust === 'untrusted') return 'XAdES-B'
  const questions = questionsOf(inspection, trusted)
  const all = [...questions.signer, ...questions.timeStamp]
  const isLong =
    path.trust === 'trusted' &&
    timeStamp.trust === 'trusted' &&
    inspection.parts.unsigned.revocation.length > 0 &&
    all.every((question) => askEmbedded(inspection, question).status !== 'unknown')
  return isLong ? 'XAdES-LT' : 'XAdES-T'
}

const revocationFindings = (signer: Answers, timeStamp: Answers): Finding[] => {
  const spoiled = timeStamp.filter(({ answer }) => spoilsTimeStamps(answer))
  const revoked = signer.filter(({ answer }) => answer.status === 'revoked')
  return [
    ...(revoked.length > 0 ? [finding('TRU-120', 'error', summarise(revoked).detail)] : []),
    ...(spoiled.length > 0
      ? [
          finding(
            'TRU-138',
            'error',
            `The time stamp's authority was revoked: ${spoiled[0]?.certificate.subject ?? ''}.`,
          ),
        ]
      : []),
  ]
}

/**
 * Puts an inspection and what is known about revocation into one verdict. `answers` undefined: nobody asked; then a revocation
 * is told where the signature carries evidence of it.
 */
export const concludeInspection = (
  inspection: Inspection,
  trusted: Trusted,
  answers?: { readonly signer: Answers; readonly timeStamp: Answers },
): Verification => {
  const { parts, signer, broken, path, timeStamp } = inspection
  const facts = {
    signer: signer.subject,
    signedAt: parts.properties?.signingTime,
    certificateSha256: signer.sha256,
  }
  if (broken.length > 0) {
    const level = parts.properties ? 'XAdES-B' : 'XMLDSig'
    return { ...facts, level, valid: false, trust: 'unknown', findings: broken }
  }
  const stamp = timeStamp?.stamp
  const stamped = stamp && {
    time: stamp.time.toISOString(),
    authority: stamp.signer.subject,
    trust: timeStamp.trust,
  }
  const findings = [...inspection.findings, ...(answers ? revocationFindings(answers.signer, answers.timeStamp) : [])]
  const revocation = answers && path.trust === 'trusted' ? summarise(answers.signer) : undefined
  return {
    ...facts,
    level: levelOf(inspection, trusted),
    valid: isValid(findings),
    trust: path.trust,
    ...(stamped ? { timeStamp: stamped } : {}),
    ...(revocation && (revocation.status !== 'unknown' || answers?.signer.some(isKnown)) ? { revocation } : {}),
    findings,
  }
}
