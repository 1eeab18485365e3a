import { mapRecord } from '../../mapping/map-record.ts'
import { approvalKeyOf, pickApproval } from '../../approvals/pick-approval.ts'
import { sheetFinding } from '../../base/sheet-document.ts'
import type { ApprovalKey } from '../../mapping/mapper.ts'
import type { Release } from '../../ivi/releases/release.ts'
import { type IviTree, isValid, type VehicleModel } from '../../contract/index.ts'
import { instant } from '../../support/clock.ts'
import { localDay } from '../../support/local-time.ts'
import { keptBase, ownKeyOf, sheetBase } from '../base/base-for.ts'
import { nextStepFor } from '../next-steps.ts'
import { profileOf } from '../../routing/route-targets.ts'
import type { Made, PureStep, StepResult } from '../step.ts'
import type { Tools } from '../tools.ts'

/** Record, master data and base eCoC become the vehicle model. */
export const mappingStep: PureStep = {
  name: 'mapping',
  kind: 'pure',
  async load({ ecoc, fields, made }, tools) {
    const mapper = tools.mappers.get(ecoc.mapper)
    if (!mapper) return
    const key = approvalKeyOf(mapper, fields)
    made.approvals = await tools.store.masterData.approvals(key.type, key.variant, key.version)
    made.lookups = await tools.enrichment.resolve(mapper.lookups, mapper.lookupKeys(fields))
    const today = localDay(tools.clock(), tools.config.site.timeZone)
    const read = (bytes: Buffer): IviTree => tools.releases.read(bytes, ecoc.profile, today).tree
    const corrected = ecoc.proposal_of ?? ecoc.replaces
    const sent = corrected && (await tools.store.contents.get(corrected, 'signed'))
    if (sent) made.corrects = read(sent.bytes)
    if (mapper.base === 'none') return
    const base =
      (await keptBase(ecoc.vin, ownKeyOf(mapper, fields), ecoc.profile, tools)) ?? (await sheetBase(ecoc.vin, tools))
    if (base) made.base = base
  },
  run({ ecoc, fields, made }, tools): StepResult {
    const mapper = tools.mappers.get(ecoc.mapper)
    if (!mapper) {
      const reason = `There is no mapper ${ecoc.mapper}.`
      return { rest: { state: 'held', code: 'FLO-006', reason, nextStep: nextStepFor('FLO-006') } }
    }
    const [early, ...more] = mapper.precheck(fields)
    if (early) {
      const rest = { state: 'held', code: early.code, reason: early.message, nextStep: nextStepFor('FLO-001') } as const
      return { rest, findings: [{ layer: 'mapping', findings: [early, ...more] }] }
    }
    const key = approvalKeyOf(mapper, fields)
    const approval = pickApproval(made.approvals ?? [], key)
    if (!approval && mapper.approvalNeeded) return missingApproval(key, tools)
    if (approval) made.approval = approval
    const release = releaseFor(key, made, tools)
    const { model, findings } = mapRecord(mapper.forRelease(release.catalogue), {
      fields,
      approval,
      base: made.base,
      lookups: made.lookups ?? {},
      settings: { ...tools.config.site.settings, version: String(ecoc.version) },
    })
    const patch = { mapper_version: mapper.version }
    const onSheet = made.base ? sheetFinding(made.base) : []
    const kept = [{ layer: 'mapping' as const, findings: [...findings, ...onSheet] }]
    const gate = findings.find((f) => f.severity === 'error')
    if (!model || !isValid(findings)) {
      const reason = gate?.message ?? 'The record cannot be mapped.'
      const rest = { state: 'held', code: gate?.code ?? 'FLO-001', reason, nextStep: nextStepFor('FLO-001') } as const
      // The second source may have the vehicle a little later than the first.
      const again = findings.some((f) => f.code === 'MAP-120') ? { againMs: tools.config.base.retry } : {}
      return { patch, findings: kept, rest, ...again }
    }
    made.model = made.base?.sheet ? fromSheet(model) : model
    const at = instant(tools.clock())
    const bytes = Buffer.from(JSON.stringify(made.model))
    const writes = [tools.store.contents.write(ecoc.id, 'model', bytes, at)]
    return {
      patch: { ...patch, state: 'mapped', manufacturer: model.manufacturer, stage: model.stage },
      writes,
      findings: kept,
    }
  },
}

/** What came over from a data sheet is never taken for what an eCoC said. */
const fromSheet = (model: VehicleModel): VehicleModel => {
  const sources = Object.entries(model.provenance)
  const provenance = Object.fromEntries(sources.map(([path, from]) => [path, from === 'base' ? 'base-sheet' : from]))
  return { ...model, provenance }
}

/**
 * A new document is made in the release that its day of manufacture asks for, in each release through the changeover; a
 * correction stays in that of what it corrects (official check M-04).
 */
const releaseFor = (key: ApprovalKey, { approval, corrects }: Made, tools: Tools): Release => {
  const { releases } = tools.releases
  const profile = profileOf(approval?.approval ?? key.approval ?? '') ?? 'EU'
  if (corrects) return releases.forCorrection(corrects, profile)
  const day = key.dateOfManufacture || localDay(tools.clock(), tools.config.site.timeZone)
  return releases.forDate(day, profile)
}

/** It is looked for again now and then: an import at the same moment may not have seen this vehicle wait. */
const missingApproval = (key: { type: string; variant: string; version: string }, tools: Tools): StepResult => {
  const reason = `There is no type-approval master data for type ${key.type}, variant ${key.variant}, version ${key.version} on the day of manufacture.`
  return {
    rest: { state: 'held', code: 'APR-001', reason, nextStep: nextStepFor('APR-001') },
    againMs: tools.config.base.retry,
  }
}
