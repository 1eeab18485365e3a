import { mapRecord } from '../../mapping/map-record.ts'
import { approvalKeyOf, pickApproval } from '../../mapping/pick-approval.ts'
import { isValid } from '../../contract/index.ts'
import { readDocument } from '../../ivi/read-document.ts'
import { instant } from '../../support/clock.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep, StepResult } from '../step.ts'
import type { Tools } from '../tools.ts'

const anyStage = 99

/** Record, master data and base eCoC become the vehicle model. */
export const mappingStep: PureStep = {
  name: 'mapping',
  kind: 'pure',
  async load({ ecoc, fields, made }, tools) {
    const mapper = tools.mappers.get(ecoc.mapper)
    if (!mapper) return
    const key = approvalKeyOf(mapper, fields)
    made.approvals = await tools.store.masterData.approvals(key.type, key.variant, key.version)
    if (mapper.base === 'none') return
    const row = await tools.store.masterData.baseEcoc(ecoc.vin, anyStage)
    if (row) made.base = { ...row, tree: readDocument(row.bytes).tree }
  },
  run({ ecoc, fields, made }, tools): StepResult {
    const mapper = tools.mappers.get(ecoc.mapper)
    if (!mapper) {
      const reason = `There is no mapper ${ecoc.mapper}.`
      return { rest: { state: 'held', code: 'FLO-006', reason, nextStep: nextStepFor('FLO-006') } }
    }
    const approval = pickApproval(made.approvals ?? [], approvalKeyOf(mapper, fields))
    if (!approval && mapper.approvalNeeded) return missingApproval(approvalKeyOf(mapper, fields), tools)
    if (approval) made.approval = approval
    const { model, findings } = mapRecord(mapper, {
      fields,
      approval,
      base: made.base,
      settings: { ...tools.config.site.settings, version: String(ecoc.version) },
    })
    const patch = { mapper_version: mapper.version }
    const kept = [{ layer: 'mapping' as const, findings }]
    const gate = findings.find((f) => f.severity === 'error')
    if (!model || !isValid(findings)) {
      const reason = gate?.message ?? 'The record cannot be mapped.'
      const rest = { state: 'held', code: gate?.code ?? 'FLO-001', reason, nextStep: nextStepFor('FLO-001') } as const
      return { patch, findings: kept, rest }
    }
    made.model = model
    const at = instant(tools.clock())
    const bytes = Buffer.from(JSON.stringify(model))
    const writes = [tools.store.contents.write(ecoc.id, 'model', bytes, at)]
    return {
      patch: { ...patch, state: 'mapped', manufacturer: model.manufacturer, stage: model.stage },
      writes,
      findings: kept,
    }
  },
}

/** It is looked for again now and then: an import at the same moment may not have seen this vehicle wait. */
const missingApproval = (key: { type: string; variant: string; version: string }, tools: Tools): StepResult => {
  const reason = `There is no type-approval master data for type ${key.type}, variant ${key.variant}, version ${key.version} on the day of manufacture.`
  return {
    rest: { state: 'held', code: 'APR-001', reason, nextStep: nextStepFor('APR-001') },
    againMs: tools.config.base.retry,
  }
}
