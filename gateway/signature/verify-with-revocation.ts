import type { Finding } from '../contract/finding.ts'
import type { Verification } from '../contract/signer.ts'
import { namesSource } from '../trust/revocation-pointers.ts'
import type { AnsweredCertificate } from '../trust/revocation-of-path.ts'
import { summarise } from '../trust/revocation-of-path.ts'
import type { RevocationService } from '../trust/revocation-service.ts'
import type { RevocationQuestion } from '../trust/revocation.ts'
import { askEmbedded, concludeInspection, inspectDocument, questionsOf } from './inspect-document.ts'
import type { Inspection } from './inspect-document.ts'
import { refusedAs, trustedBy } from './verify-document.ts'
import type { VerifyOptions } from './verify-document.ts'

export interface RevocationOptions extends VerifyOptions {
  readonly revocation: RevocationService
  /** What it means that revocation could not be found out: `warning` (default) or `error`. */
  readonly unknownIs?: 'warning' | 'error'
}

/** Embedded evidence first: it needs no network and proves as much. */
const askOne = async (
  inspection: Inspection,
  question: RevocationQuestion,
  service: RevocationService,
): Promise<AnsweredCertificate> => {
  const { certificate } = question
  const embedded = askEmbedded(inspection, question)
  const answer = embedded.status === 'unknown' ? await service.ask(question) : embedded
  return { certificate, answer }
}

/** That nobody tells is no news where the certificate names nobody: then the summary says so, and a warning would say nothing. */
const unknownFinding = (answers: readonly AnsweredCertificate[], severity: 'warning' | 'error'): Finding[] => {
  const unknown = answers.filter(({ answer }) => answer.status === 'unknown')
  const { status, detail } = summarise(answers)
  if (status !== 'unknown') return []
  if (severity === 'warning' && !unknown.some(({ certificate }) => namesSource(certificate))) return []
  const message = `Whether the signer's certificate was revoked could not be found out: ${detail}`
  return [{ code: 'TRU-121', layer: 'trust', severity, path: '/', message }]
}

/**
 * Verifies a document as `verifyDocument` does, and finds out whether a certificate of the signer's or the time stamp's path was
 * revoked: from what the signature carries, otherwise by OCSP and revocation lists. Good, revoked and unknown are three things:
 * `TRU-120` revoked is an error, `TRU-121` unknown a warning
 * (only where the certificate names somebody to ask) unless `unknownIs` says otherwise. Only trusted paths are asked about,
 * so that a document from outside cannot send the gateway to addresses of its own choice.
 */
export const verifyWithRevocation = async (bytes: Buffer, options: RevocationOptions): Promise<Verification> => {
  const trusted = trustedBy(options)
  try {
    const inspection = inspectDocument(bytes, trusted)
    if (inspection.broken.length > 0 || inspection.path.trust !== 'trusted')
      return concludeInspection(inspection, trusted)
    const questions = questionsOf(inspection, trusted)
    const ask = (question: RevocationQuestion) => askOne(inspection, question, options.revocation)
    const signer = await Promise.all(questions.signer.map(ask))
    const timeStamp = await Promise.all(questions.timeStamp.map(ask))
    const verdict = concludeInspection(inspection, trusted, { signer, timeStamp })
    const revocation = summarise(signer)
    const more = unknownFinding(signer, options.unknownIs ?? 'warning')
    const findings = [...verdict.findings, ...more]
    return { ...verdict, revocation, valid: verdict.valid && more.every((f) => f.severity !== 'error'), findings }
  } catch (cause) {
    return refusedAs(cause)
  }
}
