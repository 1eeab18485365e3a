import type { Finding } from '../contract/finding.ts'
import type { Target } from '../contract/flow.ts'
import type { RoutingTable } from './routing-table.ts'
import { stateOfApprovalCode, stateOfCountry, type State } from './states.ts'

export interface RouteInput {
  /** Without it the destination decides, as far as it can. */
  readonly typeApprovalNumber?: string | undefined
  /** Vienna or ISO code of the country the vehicle is to be registered in. */
  readonly destination?: string | undefined
  readonly table: RoutingTable
}

export interface Routes {
  readonly targets: Target[]
  readonly findings: Finding[]
}

export type Profile = 'EU' | 'UK'

const finding = (code: string, severity: Finding['severity'], message: string): Finding => ({
  code,
  // After mapping, routing fixes the targets: the layers know no closer word.
  layer: 'mapping',
  severity,
  path: '/InitialVehicleInformation/CocDataGroup/TypeApprovalNumber',
  message,
})

interface Question {
  readonly profile: Profile
  readonly approvalCode: string | undefined
  readonly approving: State | undefined
  readonly destination: State | undefined
}

const sameState = (code: string, state: State | undefined): boolean =>
  state !== undefined && stateOfCountry(code) === state

const ruleFor = (table: RoutingTable, { profile, approvalCode, destination }: Question) =>
  table.rules.find(
    (rule) =>
      (rule.profile === undefined || rule.profile === profile) &&
      (rule.approvedBy === undefined || rule.approvedBy.some((code) => code === approvalCode)) &&
      (rule.destination === undefined || rule.destination.some((code) => sameState(code, destination))),
  )

const accessPointOf = (table: RoutingTable, state: State | undefined): string | undefined =>
  table.accessPoints.find(({ country }) => sameState(country, state))?.accessPoint

interface Choice {
  readonly accessPoint: string
  readonly reason: string
}

/** Reg. 2021/133 Article 1(1): through any access point of the Union, so only the habit speaks for the approving state. */
const chooseInUnion = (table: RoutingTable, { approving, destination }: Question): Choice | undefined => {
  const any = 'Regulation 2021/133 Article 1 allows any access point of the Union'
  const own = accessPointOf(table, approving)
  if (own !== undefined && approving !== undefined) {
    return { accessPoint: own, reason: `${approving.name} (${approving.authority}) granted the approval; ${any}.` }
  }
  const there = destination?.area === 'EU' ? accessPointOf(table, destination) : undefined
  if (there !== undefined && destination !== undefined) {
    return { accessPoint: there, reason: `It is the access point of the destination, ${destination.name}; ${any}.` }
  }
  const first = table.accessPoints.find(({ country }) => stateOfCountry(country)?.area === 'EU')
  if (first === undefined) return undefined
  const state = stateOfCountry(first.country)?.name ?? first.country
  return {
    accessPoint: first.accessPoint,
    reason: `It is the site's first access point in the Union (${state}); ${any}.`,
  }
}

const choose = (table: RoutingTable, question: Question): Choice | undefined => {
  const rule = ruleFor(table, question)
  if (rule !== undefined) return { accessPoint: rule.accessPoint, reason: rule.reason }
  const own =
    question.profile === 'EU'
      ? chooseInUnion(table, question)
      : ((accessPoint) =>
          accessPoint === undefined
            ? undefined
            : { accessPoint, reason: 'Documents on GB and UK(NI) approvals go to the VCA only.' })(
          accessPointOf(table, stateOfCountry('GB')),
        )
  if (own !== undefined) return own
  return table.otherwise === undefined
    ? undefined
    : { accessPoint: table.otherwise, reason: 'No rule and no access point of the state took it.' }
}

const whyProfile = (profile: Profile, code: string | undefined, state: State | undefined): string => {
  if (code === undefined) return `No approval number is given; the destination asks for the ${profile} document.`
  return `Approval ${code} is of ${state?.name ?? 'an unknown state'}: one document of profile ${profile}.`
}

const target = (table: RoutingTable, question: Question): Target | undefined => {
  const chosen = choose(table, question)
  if (chosen === undefined) return undefined
  return {
    profile: question.profile,
    accessPoint: chosen.accessPoint,
    environment: table.environment,
    reasons: [whyProfile(question.profile, question.approvalCode, question.approving), chosen.reason],
  }
}

/** What the destination adds: it never takes a target away, the approval alone decides which document is due. */
const judgeDestination = ({ profile, destination }: Question, code: string | undefined): Finding[] => {
  if (code !== undefined && destination === undefined) {
    return [
      finding(
        'ROUTE-005',
        'info',
        `The destination ${code} is no state that routing knows; the approval decides alone.`,
      ),
    ]
  }
  if (destination?.area === 'GB' && profile === 'EU') {
    const message =
      'Great Britain registers on a GB approval (g11) only; on this EU approval the vehicle can be registered in Northern Ireland. For Great Britain the vehicle needs a GB document too.'
    return [finding('ROUTE-006', 'warning', message)]
  }
  if (destination?.area === 'EU' && profile === 'UK') {
    const message = `${destination.name} registers on an EU approval only; the vehicle needs an EU document too.`
    return [finding('ROUTE-006', 'warning', message)]
  }
  if (destination?.iso === 'NO') {
    const message =
      'Norway preregisters vehicles at an interface of its own (Statens vegvesen). The EU document stands; no preregistration is sent.'
    return [finding('ROUTE-007', 'info', message)]
  }
  return []
}

/** First part of an approval number: `e4` of `e4*2018/858*00001*00`. */
const codeOf = (number: string): string | undefined => /^([egn]\d{1,2})\*[^*]{1,20}\*/.exec(number.trim())?.[1]

/** The document profile that an approval number asks for; undefined where it names no state. */
export const profileOf = (typeApprovalNumber: string): Profile | undefined => {
  const state = stateOfApprovalCode(codeOf(typeApprovalNumber) ?? '')
  return state && (state.area === 'GB' ? 'UK' : 'EU')
}

/**
 * One target per document of the vehicle, with the reasons in words; an error finding when there is none.
 * An EU approval makes one EU document for one access point of the Union; a GB or UK(NI) approval one UK document for the VCA.
 */
export const routeTargets = ({ typeApprovalNumber, destination, table }: RouteInput): Routes => {
  const none = (code: string, message: string): Routes => ({ targets: [], findings: [finding(code, 'error', message)] })
  const bound = destination === undefined ? undefined : stateOfCountry(destination)
  const approvalCode = typeApprovalNumber === undefined ? undefined : codeOf(typeApprovalNumber)
  if (typeApprovalNumber !== undefined && approvalCode === undefined) {
    return none(
      'ROUTE-001',
      `The approval number ${typeApprovalNumber} does not begin with a state's code, such as e4*.`,
    )
  }
  const approving = approvalCode === undefined ? undefined : stateOfApprovalCode(approvalCode)
  if (approvalCode !== undefined && approving === undefined) {
    const why =
      approvalCode === 'e11'
        ? 'e11 ended with the exit of the United Kingdom; g11 and n11 took its place'
        : 'no state has it'
    return none('ROUTE-002', `The approval number ${typeApprovalNumber ?? ''} begins with ${approvalCode}: ${why}.`)
  }
  if (approvalCode === undefined && destination === undefined) {
    return none('ROUTE-003', 'Neither an approval number nor a destination is given.')
  }
  const profile: Profile = (approving ?? bound)?.area === 'GB' ? 'UK' : 'EU'
  const question: Question = { profile, approvalCode, approving, destination: bound }
  const found = target(table, question)
  const findings = judgeDestination(question, destination)
  if (found !== undefined) return { targets: [found], findings }
  const message = `No access point is set up for a document of profile ${profile}. Add one, or a routing rule, to the configuration.`
  return { targets: [], findings: [...findings, finding('ROUTE-004', 'error', message)] }
}
