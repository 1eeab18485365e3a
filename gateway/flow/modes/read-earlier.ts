import {
  type Finding,
  isValid,
  type IviReferenceId,
  type IviTree,
  type Verification,
  type Vin,
} from '../../contract/index.ts'
import { rowsOf, valueAt } from '../../ivi/get-value.ts'
import { profileOf } from '../../routing/route-targets.ts'
import type { EarlierEcocRow } from '../../store/tables.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { localDay } from '../../support/local-time.ts'
import type { Tools } from '../tools.ts'

export const earlierFinding = (code: string, severity: Finding['severity'], message: string): Finding => ({
  code,
  layer: 'input',
  severity,
  path: '/',
  message,
})

/** The maker of the last stage, as mapping tells it of our own documents (IVI user manual, stages). */
const lastStage = (tree: IviTree): { readonly stage: number; readonly manufacturer: string } => {
  let last = { stage: 1, manufacturer: '' }
  for (const row of rowsOf(tree, 'ManufacturerGroup')) {
    const stage = Number(row['ManufacturerStageNumber'])
    const name = row['ManufacturerName']
    if (stage >= last.stage) last = { stage, manufacturer: typeof name === 'string' ? name : '' }
  }
  return last
}

/**
 * An archive is older than today's certificates: what was good when it was signed, by its own account, stays good. That
 * it was signed by somebody trusted is asked all the same.
 */
const verifyThen = (
  bytes: Buffer,
  signedOn: string | undefined,
  tools: Pick<Tools, 'verify' | 'clock'>,
): Verification => {
  const now = tools.verify(bytes)
  const signed = new Date(now.signedAt ?? signedOn ?? '')
  if ((now.valid && now.trust === 'trusted') || Number.isNaN(signed.getTime()) || signed > tools.clock()) return now
  const then = tools.verify(bytes, signed)
  return then.valid && then.trust === 'trusted' ? then : now
}

export type ReadEarlier = { readonly findings: readonly Finding[] } & (
  { readonly row: EarlierEcocRow } | { readonly row: undefined; readonly vin: string | undefined }
)

const referencePattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Reads and verifies a document of the earlier process. What does not say which vehicle and version it is of cannot be
 * kept (EAR-001). One whose signature is not good and trusted is kept to compare with, but never delivered from (EAR-003).
 */
export const readEarlier = (
  bytes: Buffer,
  flow: string,
  tools: Pick<Tools, 'verify' | 'clock' | 'config' | 'releases'>,
): ReadEarlier => {
  const today = localDay(tools.clock(), tools.config.site.timeZone)
  const asEu = tools.releases.read(bytes, null, today)
  const profile = profileOf(valueAt(asEu.tree, 'TypeApprovalNumber') ?? '') ?? null
  const { tree, findings } = profile === 'UK' ? tools.releases.read(bytes, profile, today) : asEu
  const vin = valueAt(tree, 'VehicleIdentificationNumber')?.trim()
  const reference = valueAt(tree, 'IviReferenceId')?.trim().toLowerCase() ?? ''
  const version = Number(valueAt(tree, 'IviVersionNumber') ?? '')
  if (!vin || !referencePattern.test(reference) || !Number.isInteger(version) || version < 1) {
    const message = 'This is no IVI document with VIN, IviReferenceId and IviVersionNumber. It was not kept.'
    return { row: undefined, vin, findings: [earlierFinding('EAR-001', 'error', message), ...findings] }
  }
  const signatureDate = valueAt(tree, 'SignatureDate')
  const verification = verifyThen(bytes, signatureDate, tools)
  const isFit = verification.valid && verification.trust === 'trusted' && isValid(findings)
  const why = [...verification.findings, ...findings].find((f) => f.severity === 'error')?.message
  const untrusted = why ?? 'Its signer is not trusted.'
  const message = `It is compared with, but vehicles are not taken for delivered by it: ${untrusted}`
  const row: EarlierEcocRow = {
    flow,
    ivi_reference_id: reference as IviReferenceId,
    vin: vin as Vin,
    ...lastStage(tree),
    profile,
    version,
    ivi_version_date_time: valueAt(tree, 'IviVersionDateTime') ?? null,
    signature_date: signatureDate ?? null,
    bytes,
    sha256: sha256(bytes),
    fit: isFit ? 1 : 0,
    verification: JSON.stringify(verification),
    accepted: 0,
    accepted_by: null,
    receipt: null,
    receipt_sha256: null,
    receipt_reference: null,
    ecoc_id: null,
    at: instant(tools.clock()),
  }
  return { row, findings: isFit ? [] : [earlierFinding('EAR-003', 'error', message), ...verification.findings] }
}
