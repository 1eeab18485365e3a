import { randomUUID } from 'node:crypto'
import { makeDocument, stampDocument } from '../../document/make-document.ts'
import { GatewayError, type IviReferenceId, type Sha256, type Stamps, type VehicleModel } from '../../contract/index.ts'
import { writeDocument } from '../../ivi/write-document.ts'
import { raiseLevel } from '../../signature/raise-level.ts'
import type { SigningEvidence } from '../../signature/signing-evidence.ts'
import { assertClock } from '../../clock-skew/clock-held.ts'
import { twoClocks } from '../../clock-skew/clock-watch.ts'
import { documentFacts } from '../../signers/document-facts.ts'
import type { EcocRow } from '../../store/tables.ts'
import { remove, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { localDay, localDateTime } from '../../support/local-time.ts'
import { nextStepFor } from '../next-steps.ts'
import { stillHeld } from '../lease.ts'
import { evidenceContent } from '../signing/evidence-keeper.ts'
import { keptSignature, keyUsed, type MadeSignature, makeSignature } from '../signing/make-signature.ts'
import { evidenceObstacle, levelObstacle, patienceFor, waitFor } from '../signing/obstacles.ts'
import type { EffectStep, StepResult, Work } from '../step.ts'
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

/** Form and level that the access point wants. */
const levelOf = ({ access_point: point }: Pick<EcocRow, 'access_point'>, { config }: Pick<Tools, 'config'>) =>
  config.accessPoints.find(({ name }) => name === point)?.signature.level ?? 'B'

/** Time stamp and revocation values for level T or LT; what stands in the way is a result of its own. */
const raise = async (
  signed: MadeSignature,
  level: 'T' | 'LT',
  context: { readonly ecoc: EcocRow; readonly evidence: SigningEvidence },
  tools: Tools,
): Promise<{ readonly bytes: Buffer; readonly sha256: Sha256 } | { readonly waits: StepResult }> => {
  const authority = tools.timeStamps.of(context.ecoc.access_point ?? '')
  if (!authority) return { waits: waitFor(level, 'No time-stamping authority is configured.', tools) }
  const { anchors, revocation } = tools
  const stamps = { timeStamp: authority, timeStampAnchors: authority.anchors }
  const options = { level, anchors, revocation, evidence: context.evidence, now: tools.clock(), ...stamps }
  try {
    return await raiseLevel(signed.bytes, options)
  } catch (error) {
    return { waits: levelObstacle(level, error, tools) }
  }
}

/** Stamps, signs in the form that the access point wants, and verifies what was signed before it is kept, with the evidence of its time. */
export const signatureStep: EffectStep = {
  name: 'signature',
  kind: 'effect',
  parallel: () => 4,
  async run(work, tools) {
    const { ecoc } = work
    if (ecoc.mode === 'parallel') throw bug(`eCoC ${ecoc.id} is of a parallel run, of which nothing is signed.`)
    const model = await tools.store.contents.get(ecoc.id, 'model')
    if (!model) throw bug(`eCoC ${ecoc.id} has no vehicle model to sign.`)
    const { tree } = JSON.parse(model.bytes.toString()) as VehicleModel
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
    const level = levelOf(ecoc, tools)
    const signer = await tools.signers.signerFor(facts)
    const evidence = await tools.evidence.of(signer, tools.clock(), patienceFor(level))
    const obstacle = evidenceObstacle(level, evidence, tools)
    if (obstacle) return { findings: said, ...obstacle }
    const kept = await tools.evidenceKeeper.keep(evidence)
    const stamps = await stampsOf(work, tools)
    const document = writeDocument(stampDocument(tree, stamps), catalogue)
    const isRaised = level === 'T' || level === 'LT'
    const made = { document, signer, form: level === 'XMLDSig' ? ('xmldsig' as const) : ('xades' as const) }
    const signed =
      (isRaised ? await keptSignature(work, made, tools) : undefined) ?? (await makeSignature(work, made, tools))
    const { certificateSha256: certificate } = signed
    const at = instant(tools.clock())
    const raised = isRaised ? await raise(signed, level, { ecoc, evidence }, tools) : signed
    if ('waits' in raised) {
      const use = { signer: signer.name, certificate, sha256: signed.sha256 }
      const writes = [
        tools.store.contents.write(ecoc.id, 'unstamped', signed.bytes, at),
        keyUsed(work, 'signature.made', use, tools),
      ]
      return { findings: said, ...(signed.isNew ? { writes } : {}), ...raised.waits }
    }
    return {
      findings: said,
      patch: { state: 'signed', signed_sha256: raised.sha256 },
      writes: [
        tools.store.contents.write(ecoc.id, 'signed', raised.bytes, at),
        tools.store.contents.write(ecoc.id, 'evidence', evidenceContent(kept), at),
        ...(isRaised ? [remove('content', { ecoc_id: ecoc.id, kind: 'unstamped' })] : []),
      ],
      detail: {
        iviReferenceId: stamps.iviReferenceId,
        sha256: raised.sha256,
        certificate,
        signer: signer.name,
        level,
        evidence: kept,
        ...(evidence.missing.length > 0 ? { evidenceMissing: evidence.missing } : {}),
      },
    }
  },
}

const bug = (message: string): GatewayError =>
  new GatewayError({ kind: 'bug', code: 'FLO-900', message, hint: 'Replay the eCoC.' })
