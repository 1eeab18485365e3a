import { isValid, type BaseEcoc, type Finding, type IviDocument, type Stamps } from '../../gateway/contract/index.ts'
import type { VehicleModel } from '../../gateway/contract/index.ts'
import { makeDocument, placeholderStamps, stampDocument } from '../../gateway/document/make-document.ts'
import { findDrift } from '../../gateway/drift/compare-with-base.ts'
import { readDocument } from '../../gateway/ivi/read-document.ts'
import { writeDocument } from '../../gateway/ivi/write-document.ts'
import { mapRecord } from '../../gateway/mapping/map-record.ts'
import { approvalKeyOf, pickApproval } from '../../gateway/approvals/pick-approval.ts'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../gateway/signature/verify-document.ts'
import { verifyOwnSignature } from '../../gateway/signature/verify-own-signature.ts'
import type { Parts, SampleVehicle } from './sample-vehicles.ts'

/** One eCoC on the compute path, with what the stages before made of it. */
export interface Job {
  readonly vehicle: SampleVehicle
  base?: Pick<BaseEcoc, 'tree'>
  model?: VehicleModel
  document?: IviDocument
  stamped?: { readonly tree: IviDocument['tree']; readonly bytes: Buffer }
  signed?: { readonly bytes: Buffer; readonly document: Buffer; readonly signingTime: Date }
}

const stamps: Stamps = {
  ...placeholderStamps,
  iviVersionDateTime: '2026-11-22T10:00:00.000+01:00',
  signatureDate: '2026-11-22',
}

/** A figure over documents that are refused half-way would look better than it is. */
const expectGood = (stage: string, findings: readonly Finding[]): void => {
  if (!isValid(findings)) throw new Error(`${stage} refused the sample: ${JSON.stringify(findings[0])}`)
}
const made = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the stages of the compute path ran in the wrong order')
  return value
}

/**
 * The compute path in the order and with the calls of the flow (gateway/flow/steps), without its store and network:
 * the checks write the document anew with stand-in stamps, the signature step makes it once more from the stored model,
 * signs it and verifies what was signed.
 */
export const computePath = (parts: Parts): Readonly<Record<string, (job: Job) => Promise<void> | void>> => {
  let verified = 0
  return {
    'read base eCoC': (job) => {
      job.base = { tree: readDocument(job.vehicle.base).tree }
    },
    map: (job) => {
      const { fields } = job.vehicle
      const approval = pickApproval(parts.approvals, approvalKeyOf(parts.mapper, fields))
      const settings = { signerName: 'Alex Example', signerPosition: 'Head', signerPlace: 'Example Town', version: '1' }
      const { model, findings } = mapRecord(parts.mapper, { fields, approval, base: made(job.base), settings })
      expectGood('mapping', findings)
      job.model = made(model)
    },
    document: (job) => {
      job.document = makeDocument(made(job.model).tree)
    },
    'stamp and write for the checks': (job) => {
      const tree = stampDocument(made(job.document).tree, placeholderStamps)
      job.stamped = { tree, bytes: writeDocument(tree) }
    },
    schema: (job) => expectGood('the schema', parts.schema.check(made(job.stamped).bytes, { unsigned: true })),
    rules: (job) => expectGood('the rules', parts.rules(made(job.stamped).tree)),
    drift: (job) => {
      const { fields } = job.vehicle
      const approval = pickApproval(parts.approvals, approvalKeyOf(parts.mapper, fields))
      const base = made(job.base) as BaseEcoc
      const { findings, needsSignOff } = findDrift({ model: made(job.model), base, approval })
      if (needsSignOff) throw new Error('the sample asks for a sign-off')
      expectGood('drift', findings)
    },
    'make again, stamp, sign': async (job) => {
      const { tree } = made(job.model)
      if (makeDocument(tree).sha256 !== made(job.document).sha256) throw new Error('the document is not the same again')
      const document = writeDocument(stampDocument(tree, stamps))
      const signingTime = new Date()
      const { bytes } = await signDocument(document, parts.signer, { signingTime })
      job.signed = { bytes, document, signingTime }
    },
    'verify own signature': (job) => {
      const { bytes, document, signingTime } = made(job.signed)
      expectGood('verification', verifyOwnSignature(bytes, { document, signer: parts.signer, signingTime }))
      // As the flow does for each hundredth: the reader for documents from outside must find it good too.
      if (verified++ % 100 === 0) {
        const { trustAnchors } = parts
        expectGood('verification', verifyDocument(bytes, { trustAnchors }).findings)
      }
    },
  }
}
