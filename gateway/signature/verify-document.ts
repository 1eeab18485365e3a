import { XmlError } from 'libxml2-wasm'
import { GatewayError } from '../contract/errors.ts'
import type { Finding } from '../contract/finding.ts'
import type { Verification } from '../contract/signer.ts'
import { readCertificates } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import { pathQuestions } from '../trust/revocation-of-path.ts'
import { askEmbedded, concludeInspection, inspectDocument, questionsOf } from './inspect-document.ts'
import type { Trusted } from './inspect-document.ts'

export interface VerifyOptions {
  /** Root certificates of signers, PEM (also bundles) or DER. */
  readonly trustAnchors: readonly Buffer[]
  /** Roots of time-stamping authorities; default: the same. */
  readonly timeStampAnchors?: readonly Buffer[]
  /** The time at which the certificates must be valid, where no time stamp proves another; default: now. */
  readonly at?: Date
  /** Let old signatures with SHA-1 pass, reported as a warning (`SIG-127`). */
  readonly legacySha1?: boolean
}

const anchorsByFile = new WeakMap<Buffer, readonly Certificate[]>()
const readAnchors = (files: readonly Buffer[]): Certificate[] =>
  files.flatMap((file) => {
    const anchors = anchorsByFile.get(file) ?? readCertificates(file)
    anchorsByFile.set(file, anchors)
    return anchors
  })

/** The options with their certificates read. Throws `TRU-002`. */
export const trustedBy = (options: VerifyOptions): Trusted => {
  return {
    anchors: readAnchors(options.trustAnchors),
    timeStampAnchors: readAnchors(options.timeStampAnchors ?? options.trustAnchors),
    at: options.at ?? new Date(),
    legacySha1: options.legacySha1 ?? false,
  }
}

const unreadable: Omit<Verification, 'findings'> = {
  valid: false,
  level: undefined,
  signer: undefined,
  trust: 'unknown',
  signedAt: undefined,
  certificateSha256: undefined,
}
const error = (code: string, message: string): Finding => {
  return { code, layer: 'signature', severity: 'error', path: '/', message }
}

/** The verdict on a document that cannot be read as a signed one; throws what is no verdict. */
export const refusedAs = (cause: unknown): Verification => {
  if (cause instanceof GatewayError && cause.code.startsWith('SIG-1')) {
    return { ...unreadable, findings: [error(cause.code, cause.message)] }
  }
  if (!(cause instanceof XmlError)) throw cause
  const message = `This is no well-formed XML document: ${cause.message.trim().slice(0, 300)}`
  return { ...unreadable, findings: [error('SIG-101', message)] }
}

/**
 * Verifies the signature of an IVI document and who made it: enveloped XAdES baseline B, T or LT, or plain XMLDSig with one
 * reference as in the official specimens. Strict about what was signed: everything but the signature itself.
 * A trusted time stamp moves the time at which the certificates are judged. Revocation is judged by the evidence that the signature
 * carries, and nothing is fetched: `verifyWithRevocation` asks. Without anchors `trust` is `unknown` and a warning says so.
 * `signedAt` is what the signer claims. Data problems are findings: `SIG-101` to `SIG-143` and `TRU-100` to `TRU-138`.
 * Throws `TRU-002` when a trust anchor cannot be read.
 */
export const verifyDocument = (bytes: Buffer, options: VerifyOptions): Verification => {
  const trusted = trustedBy(options)
  try {
    const inspection = inspectDocument(bytes, trusted)
    if (inspection.parts.unsigned.revocation.length === 0) return concludeInspection(inspection, trusted)
    const { signer, timeStamp } = questionsOf(inspection, trusted)
    const answer = (questions: ReturnType<typeof pathQuestions>) =>
      questions.map((question) => {
        return { certificate: question.certificate, answer: askEmbedded(inspection, question) }
      })
    return concludeInspection(inspection, trusted, { signer: answer(signer), timeStamp: answer(timeStamp) })
  } catch (cause) {
    return refusedAs(cause)
  }
}
