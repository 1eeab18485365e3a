import { type Finding, GatewayError, type Sha256, type Signer } from '../../contract/index.ts'
import { signDocument, type SignatureForm } from '../../signature/sign-document.ts'
import { verifyOwnSignature } from '../../signature/verify-own-signature.ts'
import { event, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { readCertificate } from '../../trust/certificate.ts'
import type { Work } from '../step.ts'
import type { Tools } from '../tools.ts'

export interface MadeSignature {
  readonly bytes: Buffer
  readonly sha256: Sha256
  readonly certificateSha256: Sha256
  /** Whether the key was used now. */
  readonly isNew: boolean
}

/** Every signature is verified; the first of a signer and each hundredth also by the reader for documents from outside. */
const wholeEvery = 100
const signedBy = new WeakMap<Signer, number>()

const faultsOf = (signed: Buffer, made: Parameters<typeof verifyOwnSignature>[1], tools: Tools): Finding[] => {
  const count = signedBy.get(made.signer) ?? 0
  signedBy.set(made.signer, count + 1)
  const whole = count % wholeEvery === 0 ? tools.verify(signed).findings : []
  // Whether others trust our seal is their access point's affair; here it must be right.
  const faults = whole.filter((f) => f.layer === 'signature' && f.severity === 'error')
  return [...verifyOwnSignature(signed, made), ...faults]
}

/** An audit event of a use of the key whose signature is not the one that is sent, or not yet. */
export const keyUsed = (
  { ecoc }: Pick<Work, 'ecoc'>,
  type: 'signature.made' | 'signature.discarded',
  detail: { readonly signer: string; readonly certificate: Sha256; readonly sha256: Sha256; readonly why?: string },
  tools: Pick<Tools, 'clock'>,
): Write => event({ at: instant(tools.clock()), actor: 'gateway', type, subject: ecoc.id, detail })

/**
 * Signs, and verifies what was signed before anybody sees it.
 * Throws what the signer throws, and `SIG-201` (security) for a signature that does not verify; that one is noted in the audit.
 */
export const makeSignature = async (
  work: Work,
  made: { readonly document: Buffer; readonly signer: Signer; readonly form: SignatureForm },
  tools: Tools,
): Promise<MadeSignature> => {
  const { document, signer, form } = made
  const signingTime = tools.clock()
  const signed = await signDocument(document, signer, { signingTime, form })
  const faults = faultsOf(signed.bytes, { document, signer, signingTime, form }, tools)
  if (faults.length === 0) return { ...signed, isNew: true }
  const why = faults.map((f) => f.message).join(' ')
  const { sha256: hash, certificateSha256: certificate } = signed
  const detail = { signer: signer.name, certificate, sha256: hash, why }
  await tools.store.commit([keyUsed(work, 'signature.discarded', detail, tools)])
  throw new GatewayError({
    kind: 'security',
    code: 'SIG-201',
    message: `Our own signature does not verify: ${why}`,
    hint: 'Check the signer’s certificate, its chain and the trust anchors.',
  })
}

const rootEnd = '</InitialVehicleInformation>'.length

/** The signature of an earlier try that still waits for its time stamp, when it is of this very document and seal. */
export const keptSignature = async (
  { ecoc }: Work,
  made: { readonly document: Buffer; readonly signer: Signer },
  tools: Tools,
): Promise<MadeSignature | undefined> => {
  const kept = await tools.store.contents.get(ecoc.id, 'unstamped')
  const [leaf] = made.signer.chain
  if (!kept || !leaf) return undefined
  const { bytes } = kept
  const body = made.document.subarray(0, -rootEnd)
  const certificateSha256 = readCertificate(leaf).sha256
  const verified = tools.verify(bytes)
  const isOfThis = bytes.subarray(0, body.length).equals(body) && verified.certificateSha256 === certificateSha256
  const isSound = verified.level === 'XAdES-B' && !verified.findings.some((f) => f.layer === 'signature')
  return isOfThis && isSound ? { bytes, sha256: sha256(bytes), certificateSha256, isNew: false } : undefined
}
