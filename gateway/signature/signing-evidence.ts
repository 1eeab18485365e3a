import type { Signer } from '../contract/signer.ts'
import { buildPath } from '../trust/build-path.ts'
import { readCertificate } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import { pathQuestions } from '../trust/revocation-of-path.ts'
import type { AnsweredCertificate } from '../trust/revocation-of-path.ts'
import { namesSource } from '../trust/revocation-pointers.ts'
import type { RevocationService } from '../trust/revocation-service.ts'
import type { RevocationEvidence } from '../trust/revocation.ts'

/**
 * What proves, for the time of signing, who signed and that nobody had revoked it. Kept with the document, so that its level can be
 * raised years later, when nobody answers for these certificates any more. All of it is public. Plain values: it can be stored as JSON.
 */
export interface SigningEvidence {
  /** ISO 8601, UTC. */
  readonly gatheredAt: string
  /** DER in base64: the signer's path, its certificate first, the anchor last. */
  readonly certificates: readonly string[]
  readonly revocation: readonly { readonly kind: 'ocsp' | 'crl'; readonly der: string }[]
  /** What could not be had, and why; empty when everything is there. */
  readonly missing: readonly string[]
  /** Whether what is missing may still be had: the certificates name somebody who did not answer. */
  readonly isOpen: boolean
  /** Who is revoked; empty when nobody is. A document signed with such a certificate is refused by others. */
  readonly revoked: readonly string[]
}

/** Statements of several answers, each once: one list often speaks of several certificates. */
export const statementsOf = (answers: readonly AnsweredCertificate[]): RevocationEvidence[] => {
  const statements = answers.flatMap(({ answer }) => (answer.status === 'unknown' ? [] : [answer.evidence]))
  return statements.filter(({ der }, i) => statements.findIndex((other) => other.der.equals(der)) === i)
}

/** Asks about every certificate of a path but its anchor. */
export const askAboutPath = (
  path: readonly Certificate[],
  times: { readonly at: Date; readonly now: Date },
  revocation: RevocationService,
): Promise<AnsweredCertificate[]> =>
  Promise.all(
    pathQuestions(path, times).map(async (question) => {
      return { certificate: question.certificate, answer: await revocation.ask(question) }
    }),
  )

const missingOf = (answers: readonly AnsweredCertificate[]): string[] =>
  answers.flatMap(({ certificate, answer }) =>
    answer.status === 'unknown' ? [`${certificate.subject}: ${answer.why}`] : [],
  )

const evidenceOf = (
  path: readonly Certificate[],
  answers: readonly AnsweredCertificate[],
  more: readonly string[],
  at: Date,
): SigningEvidence => ({
  gatheredAt: at.toISOString(),
  certificates: path.map(({ der }) => der.toString('base64')),
  revocation: statementsOf(answers).map(({ kind, der }) => ({ kind, der: der.toString('base64') })),
  missing: [...more, ...missingOf(answers)],
  isOpen: answers.some(({ certificate, answer }) => answer.status === 'unknown' && namesSource(certificate)),
  revoked: answers.flatMap(({ certificate, answer }) => (answer.status === 'revoked' ? [certificate.subject] : [])),
})

/**
 * Our own chain needs no anchor to be asked about: the site configured it. What lies above its last certificate is said to be missing.
 * An issuer that did not sign the one before is left out.
 */
const ownPath = (chain: readonly Certificate[]): Certificate[] => {
  const path = chain.slice(0, 1)
  for (const issuer of chain.slice(1)) {
    if (!path.at(-1)?.x509.checkIssued(issuer.x509) || !path.at(-1)?.x509.verify(issuer.x509.publicKey)) break
    path.push(issuer)
  }
  return path
}

/**
 * Gathers the evidence for a signer, as of now. The service keeps its answers, so a plant's many documents cost one question an
 * hour. Never fails for want of a network: what is missing is said.
 */
export const gatherEvidence = async (
  signer: Signer,
  options: { readonly anchors: readonly Certificate[]; readonly revocation: RevocationService; readonly now: Date },
): Promise<SigningEvidence> => {
  const { anchors, revocation, now } = options
  const chain = signer.chain.map(readCertificate)
  const [leaf, ...intermediates] = chain
  if (!leaf) return evidenceOf([], [], [`Signer ${signer.name} has no certificate.`], now)
  const found = buildPath({ leaf, intermediates, anchors, at: now })
  const isTrusted = found.trust === 'trusted'
  const path = isTrusted ? found.path : ownPath(chain)
  const answers = await askAboutPath(path, { at: now, now }, revocation)
  return evidenceOf(path, answers, isTrusted ? [] : found.findings.map(({ message }) => message), now)
}

/**
 * Asks again for what was missing. The answers are of now, and so speak for every document that was signed before: who is not
 * revoked now was not revoked then. What could be had then is kept too.
 */
export const completeEvidence = async (
  evidence: SigningEvidence,
  options: { readonly revocation: RevocationService; readonly now: Date },
): Promise<SigningEvidence> => {
  const { revocation, now } = options
  const path = evidence.certificates.map((der) => readCertificate(Buffer.from(der, 'base64')))
  const more = evidenceOf(path, await askAboutPath(path, { at: now, now }, revocation), [], now)
  const kept = evidence.revocation.filter((one) => !more.revocation.some(({ der }) => der === one.der))
  return { ...more, revocation: [...more.revocation, ...kept] }
}
