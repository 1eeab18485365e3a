import { randomUUID } from 'node:crypto'
import { makeDocument, stampDocument } from '../../document/make-document.ts'
import {
  type Finding,
  GatewayError,
  type IviReferenceId,
  type Signer,
  type Stamps,
  type VehicleModel,
} from '../../contract/index.ts'
import { writeDocument } from '../../ivi/write-document.ts'
import { signDocument } from '../../signature/sign-document.ts'
import { verifyOwnSignature } from '../../signature/verify-own-signature.ts'
import { assertClock } from '../../clock-skew/clock-held.ts'
import { twoClocks } from '../../clock-skew/clock-watch.ts'
import { documentFacts } from '../../signers/document-facts.ts'
import { update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { localDay, localDateTime } from '../../support/local-time.ts'
import { nextStepFor } from '../next-steps.ts'
import { stillHeld } from '../lease.ts'
import type { EffectStep, Work } from '../step.ts'
import type { Tools } from '../tools.ts'

/** Draws the stamps once and stores them before anything is signed with them. */
const stampsOf = async (work: Work, tools: Tools): Promise<Stamps> => {
  const { ecoc } = work
  if (ecoc.ivi_reference_id && ecoc.ivi_version_date_time && ecoc.signature_date)
    return {
      iviReferenceId: ecoc.ivi_reference_id,
      iviVersionDateTime: ecoc.ivi_version_date_time,
      signatureDate: ecoc.signature_date,
    }
  const now = tools.clock()
  const zone = tools.config.site.timeZone
  const stamps = {
    iviReferenceId: randomUUID() as IviReferenceId,
    iviVersionDateTime: localDateTime(now, zone),
    signatureDate: localDay(now, zone),
  }
  const set = {
    ivi_reference_id: stamps.iviReferenceId,
    ivi_version_date_time: stamps.iviVersionDateTime,
    signature_date: stamps.signatureDate,
  }
  await tools.store.commit([stillHeld(work), update('ecoc', { id: ecoc.id, record_id: ecoc.record_id }, set, 1)])
  return stamps
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

/** Stamps, signs, and verifies what was signed before it is kept. */
export const signatureStep: EffectStep = {
  name: 'signature',
  kind: 'effect',
  parallel: () => 4,
  async run(work, tools) {
    const { ecoc } = work
    if (ecoc.mode === 'parallel') throw bug(`eCoC ${ecoc.id} is of a parallel run, of which nothing is signed.`)
    const kept = await tools.store.contents.get(ecoc.id, 'model')
    if (!kept) throw bug(`eCoC ${ecoc.id} has no vehicle model to sign.`)
    const { tree } = JSON.parse(kept.bytes.toString()) as VehicleModel
    const catalogue = tools.releases.catalogueOf(tree, ecoc.profile)
    if (makeDocument(tree, catalogue).sha256 !== ecoc.document_sha256)
      throw bug(`The document of eCoC ${ecoc.id} is not the one that was checked.`)
    if (tools.clockWatch) assertClock(tools.clockWatch.verdict(twoClocks()))
    const facts = documentFacts(tree, {
      profile: ecoc.profile ?? '',
      accessPoint: ecoc.access_point ?? '',
      environment: ecoc.environment ?? '',
    })
    const { profile, findings } = tools.signers.pick(facts)
    const said = [{ layer: 'signature' as const, findings }]
    if (!profile) {
      const code = findings[0]?.code ?? 'SIG-601'
      const reason = findings[0]?.message ?? 'No signer signs this document.'
      return { findings: said, rest: { state: 'held', code, reason, nextStep: nextStepFor(code) } }
    }
    const stamps = await stampsOf(work, tools)
    const now = tools.clock()
    const document = writeDocument(stampDocument(tree, stamps), catalogue)
    const signer = await tools.signers.signerFor(facts)
    const signed = await signDocument(document, signer, { signingTime: now })
    const faults = faultsOf(signed.bytes, { document, signer, signingTime: now }, tools)
    if (faults.length > 0)
      throw new GatewayError({
        kind: 'security',
        code: 'SIG-201',
        message: `Our own signature does not verify: ${faults.map((f) => f.message).join(' ')}`,
        hint: 'Check the signer’s certificate, its chain and the trust anchors.',
      })
    return {
      findings: said,
      patch: { state: 'signed', signed_sha256: signed.sha256 },
      writes: [tools.store.contents.write(ecoc.id, 'signed', signed.bytes, instant(now))],
      detail: {
        iviReferenceId: stamps.iviReferenceId,
        sha256: signed.sha256,
        certificate: signed.certificateSha256,
        signer: signer.name,
      },
    }
  },
}

const bug = (message: string): GatewayError =>
  new GatewayError({ kind: 'bug', code: 'FLO-900', message, hint: 'Replay the eCoC.' })
