import type { Signer } from '../contract/signer.ts'
import { buildPath } from '../trust/build-path.ts'
import { readCertificate } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import { pathQuestions } from '../trust/revocation-of-path.ts'
import type { AnsweredCertificate } from '../trust/revocation-of-path.ts'
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

/**
 * Gathers the evidence for a signer, as of now. The service keeps its answers, so a plant's many documents cost one question an
 * hour. Never fails for want of a network: what is missing is said.
 */
export const gatherEvidence = async (
  signer: Signer,
  options: { readonly anchors: readonly Certificate[]; readonly revocation: RevocationService; readonly now: Date },
): Promise<SigningEvidence> => {
  const { anchors, revocation, now } = options
  const [leaf, ...intermediates] = signer.chain.map(readCertificate)
  const empty = { gatheredAt: now.toISOString(), certificates: [], revocation: [], missing: [], revoked: [] }
  if (!leaf) return { ...empty, missing: [`Signer ${signer.name} has no certificate.`] }
  const { trust, path, findings } = buildPath({ leaf, intermediates, anchors, at: now })
  const certificates = path.map(({ der }) => der.toString('base64'))
  if (trust !== 'trusted') return { ...empty, certificates, missing: findings.map(({ message }) => message) }
  const answers = await askAboutPath(path, { at: now, now }, revocation)
  return {
    ...empty,
    certificates,
    revocation: statementsOf(answers).map(({ kind, der }) => {
      return { kind, der: der.toString('base64') }
    }),
    missing: answers.flatMap(({ certificate, answer }) =>
      answer.status === 'unknown' ? [`${certificate.subject}: ${answer.why}`] : [],
    ),
    revoked: answers.flatMap(({ certificate, answer }) => (answer.status === 'revoked' ? [certificate.subject] : [])),
  }
}
