import { type Finding, isValid } from '../contract/index.ts'
import type { Language } from '../ivi/coc/coc.ts'
import { valueAt } from '../ivi/get-value.ts'
import { type Catalogue, ivi20 } from '../ivi/catalogue.ts'
import { readDocument } from '../ivi/read-document.ts'
import { verifyDocument } from '../signature/verify-document.ts'
import { sha256 } from '../support/hash.ts'
import type { SignatureFacts } from './certificate-section.ts'
import { makePrintForm } from './make-print-form.ts'
import { renderHtml } from './render-html.ts'

export const printFormats = ['html', 'pdf'] as const
export type PrintFormat = (typeof printFormats)[number]

export interface PrintOptions {
  readonly language: Language
  readonly format: PrintFormat
  /** For an owner (2018/858 Art 36(3)). */
  readonly duplicate: boolean
  /** A data sheet stood in for the base eCoC. */
  readonly baseSheet?: boolean
}

/** The printed form, or why there is none. */
export type Printed =
  | { readonly bytes: Buffer; readonly vin: string; readonly signed: boolean }
  | { readonly bytes: undefined; readonly findings: readonly Finding[] }

/**
 * Whether the signature holds. Who made it and whether the certificate is still valid is not asked: a certificate is
 * printed for ten years, longer than any seal lives.
 */
const signatureOf = (document: Buffer): { readonly facts: SignatureFacts; readonly broken: readonly Finding[] } => {
  const { signer, signedAt, findings } = verifyDocument(document, { trustAnchors: [] })
  const broken = findings.filter(({ code, severity }) => severity === 'error' && code.startsWith('SIG-'))
  return { facts: { state: 'valid', signer, signedAt: signedAt?.toString() }, broken }
}

/**
 * The print form of an IVI document, read with the catalogue of its release. What is not signed is printed with that word across it.
 * Findings, and no form: the codes of `readDocument` for what is no IVI document or holds something that a form would
 * lose, and those of `verifyDocument` for a signature that does not hold.
 */
export const printDocument = async (
  document: Buffer,
  { language, format, duplicate, baseSheet }: PrintOptions,
  catalogue: Catalogue = ivi20,
): Promise<Printed> => {
  const { tree, signed, findings } = readDocument(document, { catalogue })
  if (!isValid(findings)) return { bytes: undefined, findings }
  const { facts, broken } = signed ? signatureOf(document) : { facts: { state: 'none' } as const, broken: [] }
  if (broken.length > 0) return { bytes: undefined, findings: broken }
  const form = makePrintForm({
    tree,
    catalogue,
    sha256: sha256(document),
    signature: facts,
    language,
    duplicate,
    baseSheet,
  })
  // What sets a PDF is loaded with the first one.
  const bytes =
    format === 'html' ? Buffer.from(renderHtml(form)) : await (await import('./render-pdf.ts')).renderPdf(form)
  return { bytes, vin: valueAt(tree, 'VehicleIdentificationNumber') ?? '', signed }
}
