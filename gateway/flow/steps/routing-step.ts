import type { EcocId, IviTree, VehicleModel } from '../../contract/index.ts'
import { routeTargets } from '../../routing/route-targets.ts'
import type { EcocRow } from '../../store/tables.ts'
import { insert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { diffTrees } from '../diff-trees.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep, StepResult, Work } from '../step.ts'
import type { Tools } from '../tools.ts'

const approvalOf = (model: VehicleModel): string =>
  String((model.tree['CocDataGroup'] as IviTree | undefined)?.['TypeApprovalNumber'] ?? '')

/** A further target of the same vehicle gets an eCoC of its own, which takes the same way. */
const sibling = (ecoc: EcocRow, accessPoint: string, tools: Tools): Write[] => {
  const at = instant(tools.clock())
  const id = newId() as EcocId
  const row = { ...ecoc, id, access_point: accessPoint, state: 'received' as const, created_at: at, updated_at: at }
  return [
    insert('ecoc', row),
    insert('job', { ecoc_id: id, stage: 'mapping', next_run_at: at, owner: null, lease_until: null, tries: 0 }),
  ]
}

/** Fixes the eCoC's identity: document profile, access point and environment. */
export const routingStep: PureStep = {
  name: 'routing',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    if (!ecoc.proposal_of) return
    const original = await tools.store.ecocs.get(ecoc.proposal_of)
    const model = await tools.store.contents.get(ecoc.proposal_of, 'model')
    if (original)
      made.original = { ecoc: original, model: model && (JSON.parse(model.bytes.toString()) as VehicleModel) }
  },
  run(work, tools) {
    const { ecoc, made } = work
    const model = made.model
    if (!model) return {}
    const { targets, findings } = routeTargets({
      typeApprovalNumber: approvalOf(model),
      destination: model.destination,
      table: tools.routingTable,
    })
    const [first] = targets
    const named = ecoc.access_point
    // Named by a person, or the second target of a vehicle: the profile follows from the approval all the same.
    const target =
      targets.find((t) => t.accessPoint === named) ??
      (first && named !== null ? { ...first, accessPoint: named, reasons: ['named when it was sent in'] } : first)
    if (!target) {
      const reason = findings[0]?.message ?? 'No route leads to an access point.'
      return { rest: { state: 'held', code: 'FLO-008', reason, nextStep: nextStepFor('FLO-008') } }
    }
    made.target = target
    const patch = { profile: target.profile, access_point: target.accessPoint, environment: target.environment }
    if (ecoc.proposal_of) return compareWithOriginal(work, patch)
    const others = ecoc.access_point === null ? targets.filter((t) => t !== target) : []
    const writes = others.flatMap((t) => sibling(ecoc, t.accessPoint, tools))
    return { patch, writes, detail: { accessPoint: target.accessPoint, reasons: target.reasons } }
  },
}

/** A changed record of a vehicle that was sent already is never sent by itself: a person decides on the differences. */
const compareWithOriginal = ({ ecoc, made }: Work, patch: Partial<EcocRow>): StepResult => {
  const before = made.original?.model?.tree ?? {}
  const findings = diffTrees(before, made.model?.tree ?? {})
  if (findings.length === 0) {
    const reason = 'The changed record makes the same eCoC. Nothing is to be sent.'
    return { patch, rest: { state: 'cancelled', code: 'FLO-009', reason } }
  }
  const reason = `The record changed after its eCoC was sent: ${findings.length} element(s) differ from ${ecoc.proposal_of ?? ''}.`
  const rest = { state: 'held', code: 'FLO-005', reason, nextStep: nextStepFor('FLO-005') } as const
  return { patch, rest, findings: [{ layer: 'mapping', findings }] }
}
