import type { Finding } from '../../contract/index.ts'
import { compareDocuments, stampElements } from '../../compare/compare-documents.ts'
import { valueAt } from '../../ivi/get-value.ts'
import { readDocument } from '../../ivi/read-document.ts'
import { routeTargets } from '../../routing/route-targets.ts'
import type { EcocRow } from '../../store/tables.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep, StepResult, Work } from '../step.ts'

/** Fixes the eCoC's identity: document profile, access point and environment. */
export const routingStep: PureStep = {
  name: 'routing',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    if (!ecoc.proposal_of) return
    const sent = await tools.store.contents.get(ecoc.proposal_of, 'signed')
    if (sent) made.original = readDocument(sent.bytes).tree
  },
  run(work, tools) {
    const { ecoc, made } = work
    const model = made.model
    if (!model) return {}
    const { targets, findings } = routeTargets({
      typeApprovalNumber: valueAt(model.tree, 'TypeApprovalNumber'),
      destination: model.destination,
      table: tools.routingTable,
    })
    const [first] = targets
    const named = ecoc.named_access_point
    // Named by a person: the document profile follows from the approval all the same.
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
    return { patch, detail: { accessPoint: target.accessPoint, reasons: target.reasons } }
  },
}

/** What differs with every version and says nothing about the vehicle. */
const ofTheVersion = new Set([...stampElements, 'IviVersionNumber'])

/** A changed record of a vehicle that was sent already is never sent by itself: a person decides on the differences. */
const compareWithOriginal = ({ ecoc, made }: Work, patch: Partial<EcocRow>): StepResult => {
  const before = made.original ?? {}
  const changed = compareDocuments(made.model?.tree ?? {}, before, { ignore: ofTheVersion })
  const findings = changed.map(({ path, element, theirs: was = '', ours: is = '' }): Finding => {
    const message = `${element} was "${was}", is "${is}".`
    return { code: 'FLO-010', layer: 'mapping', severity: 'info', path, message, params: { was, is } }
  })
  if (findings.length === 0) {
    const reason = 'The changed record makes the same eCoC. Nothing is to be sent.'
    return { patch, rest: { state: 'cancelled', code: 'FLO-009', reason } }
  }
  const reason = `The record changed after its eCoC was sent: ${findings.length} element(s) differ from ${ecoc.proposal_of ?? ''}.`
  const rest = { state: 'held', code: 'FLO-005', reason, nextStep: nextStepFor('FLO-005') } as const
  return { patch, rest, findings: [{ layer: 'mapping', findings }] }
}
