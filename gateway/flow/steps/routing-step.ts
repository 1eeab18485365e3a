import { type EcocId, type Finding, isAccepted, type Target } from '../../contract/index.ts'
import { compareDocuments, ofTheVersion } from '../../compare/compare-documents.ts'
import { valueAt } from '../../ivi/get-value.ts'
import { profileOf, routeTargets } from '../../routing/route-targets.ts'
import type { EcocRow } from '../../store/tables.ts'
import { localDay } from '../../support/local-time.ts'
import { earlierSource } from '../modes/earlier-source.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep, Rest, StepResult, Work } from '../step.ts'
import type { Tools } from '../tools.ts'

/** Fixes the eCoC's identity: document profile, access point and environment. */
export const routingStep: PureStep = {
  name: 'routing',
  kind: 'pure',
  async load({ ecoc, made }, tools) {
    const others = (await tools.store.ecocs.openOf(ecoc.vin, ecoc.mode)).filter((e) => e.id !== ecoc.id)
    made.others = others
    const sent = new Set<EcocId>(ecoc.proposal_of ? [ecoc.proposal_of] : [])
    if (isFirst(ecoc)) for (const other of others) if (isDelivered(other)) sent.add(other.id)
    made.sent = new Map()
    for (const id of sent) {
      const document = await tools.store.contents.get(id, 'signed')
      if (document) made.sent.set(id, document.bytes)
    }
  },
  run(work, tools) {
    const { ecoc, made } = work
    if (!made.model) return {}
    const target = targetOf(work, tools)
    if ('state' in target) return { rest: target }
    made.target = target
    const { profile, environment } = target
    const patch = { profile, environment, access_point: target.accessPoint === '' ? null : target.accessPoint }
    const { original, rest } = rivalOf(work, profile)
    if (rest) return { patch, rest }
    if (original) return compareWithOriginal(work, { ...patch, proposal_of: original.id }, original, tools)
    if (ecoc.proposal_of) {
      const proposed = made.others?.find((e) => e.id === ecoc.proposal_of)
      return compareWithOriginal(work, patch, proposed, tools)
    }
    return { patch, detail: { accessPoint: patch.access_point, reasons: target.reasons } }
  },
}

const held = (code: string, reason: string): Rest => ({ state: 'held', code, reason, nextStep: nextStepFor(code) })

/** Where the document goes, by the mode its eCoC was born with: nowhere in a parallel run, to the stand-in in a test. */
const targetOf = ({ ecoc, made }: Work, tools: Tools): Target | Rest => {
  const number = made.model && valueAt(made.model.tree, 'TypeApprovalNumber')
  const table = tools.routingTable
  const { targets, findings } = routeTargets({
    typeApprovalNumber: number,
    destination: made.model?.destination,
    table,
  })
  const named = ecoc.named_access_point
  const [first] = targets
  // Named by a person: the document profile follows from the approval all the same.
  const target =
    targets.find((t) => t.accessPoint === named) ??
    (first && named !== null ? { ...first, accessPoint: named, reasons: ['named when it was sent in'] } : first)
  if (ecoc.mode === 'parallel') {
    // No access point takes part, so that it does no harm when none is set up yet.
    const profile = target?.profile ?? (number === undefined ? undefined : profileOf(number))
    if (profile !== undefined)
      return { profile, accessPoint: '', environment: 'parallel', reasons: ['a parallel run submits nothing'] }
  }
  if (!target) return held('FLO-008', findings[0]?.message ?? 'No route leads to an access point.')
  return ecoc.mode === 'test' ? standIn(target, tools) : liveTarget(target, tools)
}

const liveTarget = (target: Target, tools: Tools): Target | Rest =>
  tools.accessPoints.get(target.accessPoint)?.testOf === undefined
    ? target
    : held('FLO-014', `Access point ${target.accessPoint} is for tests; this eCoC is live.`)

/** The acceptance environment of the routed access point. */
const standIn = (target: Target, tools: Tools): Target | Rest => {
  const points = [...tools.accessPoints.values()]
  const point =
    points.find((p) => p.testOf === target.accessPoint) ??
    points.find((p) => p.testOf !== undefined && p.name === target.accessPoint)
  if (!point) return held('FLO-013', `No access point is declared for tests of ${target.accessPoint} (testOf).`)
  const why = `The flow is in test mode: ${point.name} stands in for ${target.accessPoint}.`
  return { ...target, accessPoint: point.name, environment: point.environment, reasons: [...target.reasons, why] }
}

/** Neither a proposal nor a confirmed correction: then no other may have delivered this vehicle before. */
const isFirst = (ecoc: EcocRow): boolean => ecoc.proposal_of === null && ecoc.replaces === null
const isDelivered = (ecoc: EcocRow): boolean =>
  ecoc.proposal_of === null && (isAccepted(ecoc.state) || ecoc.state === 'reopened')

/**
 * What another record, or the process before this gateway, delivered of the same vehicle, stage and profile: then this
 * one is a proposed correction of it, never a second version 1. The maker is not looked at, since the earlier process may
 * have written its name otherwise. What is on its way there already keeps this one from going (architecture, rule 5).
 */
const rivalOf = ({ ecoc, made }: Work, profile: string): { readonly original?: EcocRow; readonly rest?: Rest } => {
  if (!isFirst(ecoc)) return {}
  const same = (made.others ?? []).filter((e) => e.stage === made.model?.stage && e.profile === profile)
  const delivered = same.filter(isDelivered).toSorted((a, b) => b.version - a.version)[0]
  const taken = same.find((e) =>
    delivered ? e.proposal_of === delivered.id || e.replaces === delivered.id : e.signed_sha256 !== null,
  )
  if (!taken) return delivered ? { original: delivered } : {}
  const reason = `Another record already makes the eCoC of this VIN and stage: ${taken.record_key}.`
  return { rest: held('FLO-004', reason) }
}

/** A changed record of a vehicle that was sent already is never sent by itself: a person decides on the differences. */
const compareWithOriginal = (
  { ecoc, made }: Work,
  patch: Partial<EcocRow>,
  original: EcocRow | undefined,
  tools: Tools,
): StepResult => {
  const id = original?.id ?? ecoc.proposal_of
  const sent = id && made.sent?.get(id)
  const today = localDay(tools.clock(), tools.config.site.timeZone)
  const before = sent ? tools.releases.read(sent, patch.profile, today).tree : {}
  const now = made.model?.tree ?? {}
  const release = (tree: typeof now): string | undefined => valueAt(tree, 'IviVersionNumberXsd')
  // Seen as a correction only now: it is made again in the release of what it corrects, as every correction is.
  if (!ecoc.proposal_of && sent && release(before) !== release(now))
    return { patch: { ...patch, state: 'received' }, againMs: 0 }
  const catalogue = tools.releases.catalogueOf(now, patch.profile)
  const changed = compareDocuments(now, before, { ignore: ofTheVersion, catalogue })
  const findings = changed.map(({ path, element, theirs: was = '', ours: is = '' }): Finding => {
    const message = `${element} was "${was}", is "${is}".`
    return { code: 'FLO-010', layer: 'mapping', severity: 'info', path, message, params: { was, is } }
  })
  const isEarlier = original?.source === earlierSource
  if (findings.length === 0) {
    const same = 'The changed record makes the same eCoC. Nothing is to be sent.'
    const delivered = 'The earlier process delivered this eCoC already. Nothing is to be sent.'
    const rest: Rest = isEarlier
      ? { state: 'cancelled', code: 'FLO-012', reason: delivered }
      : { state: 'cancelled', code: 'FLO-009', reason: same }
    return { patch, rest }
  }
  const what = isEarlier
    ? 'The earlier process delivered this vehicle with other data'
    : 'The record changed after its eCoC was sent'
  const reason = `${what}: ${findings.length} element(s) differ from ${id ?? ''}.`
  return { patch, rest: held('FLO-005', reason), findings: [{ layer: 'mapping', findings }] }
}
