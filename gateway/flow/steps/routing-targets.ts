import type { IviTree, Target, VehicleModel } from '../../contract/index.ts'
import { valueAt } from '../../ivi/get-value.ts'
import { type OtherApproval, profileOf, type Routes, routeTargets } from '../../routing/route-targets.ts'
import { localDay } from '../../support/local-time.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Rest, Work } from '../step.ts'
import type { Tools } from '../tools.ts'

export const held = (code: string, reason: string): Rest => ({
  state: 'held',
  code,
  reason,
  nextStep: nextStepFor(code),
})

/** Facts in which a mapper hands on that the vehicle is approved under the other law too. */
const otherApprovals = ({ facts }: VehicleModel): OtherApproval[] =>
  (facts['otherApproval'] ?? '')
    .split(/[\s,]+/)
    .filter((number) => number !== '')
    .slice(0, 10)
    .map((number) => ({ number, issued: facts['otherApprovalIssued'] }))

/** Every document of the vehicle, by the rules of today; the first is its own. */
export const routesOf = ({ made }: Work, tools: Tools): Routes => {
  const { model } = made
  return routeTargets({
    typeApprovalNumber: model && valueAt(model.tree, 'TypeApprovalNumber'),
    otherApprovals: model && otherApprovals(model),
    destination: model?.destination,
    category: model && valueAt(model.tree, 'VehicleCategory'),
    maker: model?.manufacturer,
    on: localDay(tools.clock(), tools.config.site.timeZone),
    table: tools.routingTable,
  })
}

const fellAway = (profile: string): Rest => ({
  state: 'cancelled',
  code: 'FLO-020',
  reason: `By its data of now the vehicle needs no document of profile ${profile}. Nothing is sent.`,
})

/** The target of this eCoC among those of its vehicle: a sibling keeps the profile that it was born for. */
const ownOf = ({ ecoc }: Work, { targets, findings }: Routes): Target | Rest => {
  const { named_access_point: named, sibling_of: siblingOf } = ecoc
  const [first, ...further] = targets
  const own = siblingOf ? further.find((t) => t.profile === ecoc.profile) : first
  if (own) {
    if (named === null || named === own.accessPoint) return own
    // Named by a person: the document profile follows from the approval all the same.
    const { profile, environment, reasons, approval } = own
    const why = [...reasons.slice(0, 1), `${named} was named by a person.`]
    return { profile, environment, accessPoint: named, reasons: why, ...(approval ? { approval } : {}) }
  }
  if (siblingOf && first) return fellAway(ecoc.profile ?? '')
  const error = findings.find((f) => f.severity === 'error') ?? findings[0]
  return held('FLO-008', error?.message ?? 'No route leads to an access point.')
}

/** Where the document goes, by the mode its eCoC was born with: nowhere in a parallel run, to the stand-in in a test. */
export const targetOf = (work: Work, routes: Routes, tools: Tools): Target | Rest => {
  const { ecoc, made } = work
  const own = ownOf(work, routes)
  if (ecoc.mode === 'parallel') {
    // No access point takes part, so that it does no harm when none is set up yet.
    const number = made.model && valueAt(made.model.tree, 'TypeApprovalNumber')
    const profile = 'profile' in own ? own.profile : number === undefined ? undefined : profileOf(number)
    if (profile !== undefined)
      return { profile, accessPoint: '', environment: 'parallel', reasons: ['a parallel run submits nothing'] }
  }
  if ('state' in own) return own
  return ecoc.mode === 'test' ? standIn(own, tools) : liveTarget(own, tools)
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

const isGroup = (node: IviTree[string] | undefined): node is IviTree =>
  node !== undefined && typeof node !== 'string' && !Array.isArray(node)

/** Replaces an element's value wherever the document has it; what it does not have is not added. */
const replaced = (tree: IviTree, values: Readonly<Record<string, string | undefined>>): IviTree => {
  const made: Record<string, IviTree[string]> = {}
  for (const [name, node] of Object.entries(tree)) {
    if (typeof node === 'string') made[name] = values[name] ?? node
    else made[name] = isGroup(node) ? replaced(node, values) : node
  }
  return made
}

/**
 * The vehicle as the target's document has it: on its other approval, where it has one. Everything else is the same data;
 * what the other law's form asks for besides is the mapper's.
 */
export const modelFor = (model: VehicleModel, { approval }: Target): VehicleModel => {
  if (!approval) return model
  const tree = replaced(model.tree, {
    TypeApprovalNumber: approval.number,
    TypeApprovalIssueDate: approval.issued,
    DesignatedTypeApprovalCountry: approval.number.split('*')[0],
  })
  const path = '/InitialVehicleInformation/CocDataGroup/TypeApprovalNumber'
  return { ...model, tree, provenance: { ...model.provenance, [path]: 'rule:other-approval' } }
}
