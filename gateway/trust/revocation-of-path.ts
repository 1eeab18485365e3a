import type { RevocationSummary } from '../contract/signer.ts'
import type { Certificate } from './certificate.ts'
import type { Revocation, RevocationQuestion } from './revocation.ts'

/** What is known about one certificate of a path. */
export interface AnsweredCertificate {
  readonly certificate: Certificate
  readonly answer: Revocation
}

/** One question for each certificate of a path but the anchor, leaf first; the anchor is trusted by configuration. */
export const pathQuestions = (
  path: readonly Certificate[],
  times: Pick<RevocationQuestion, 'at' | 'now' | 'maxAgeMs'>,
): RevocationQuestion[] =>
  path.slice(0, -1).flatMap((certificate, i) => {
    const issuer = path[i + 1]
    return issuer ? [{ certificate, issuer, ...times }] : []
  })

const line = ({ certificate: { subject }, answer }: AnsweredCertificate): string => {
  if (answer.status === 'unknown') return `${subject}: ${answer.why}`
  const source = `${answer.evidence.kind === 'ocsp' ? 'OCSP' : 'revocation list'} of ${answer.thisUpdate.toISOString()}`
  if (answer.status === 'revoked')
    return `${subject} was revoked on ${answer.since.toISOString()} (${answer.reason}; ${source}).`
  const later = answer.revokedLater
  return `${subject} is good (${source}).${later ? ` Revoked later, on ${later.since.toISOString()} (${later.reason}).` : ''}`
}

/** One answer for a whole path: revoked when one is, good when all are. */
export const summarise = (answers: readonly AnsweredCertificate[]): RevocationSummary => {
  if (answers.length === 0) return { status: 'good', detail: 'The certificate is itself a trust anchor.' }
  const worst = (['revoked', 'unknown'] as const).find((s) => answers.some(({ answer }) => answer.status === s))
  if (!worst) return { status: 'good', detail: answers.map(line).join(' ') }
  const telling = answers.filter(({ answer }) => answer.status === worst)
  return { status: worst, detail: telling.map(line).join(' ') }
}

/** After these reasons what was stamped before stays sound; after any other the key may have been in wrong hands (RFC 3161, 4). */
const harmlessLater = new Set(['unspecified', 'affiliationChanged', 'superseded', 'cessationOfOperation'])

/** Whether a TSA's certificate was revoked so that its stamps prove nothing, even those from before. */
export const spoilsTimeStamps = (answer: Revocation): boolean =>
  answer.status === 'revoked' ||
  (answer.status === 'good' && answer.revokedLater !== undefined && !harmlessLater.has(answer.revokedLater.reason))
