import type { Finding } from '../contract/finding.ts'
import type { Target } from '../contract/flow.ts'
import { chooseAccessPoint, statesBehind } from './choose-access-point.ts'
import { approvalRules, holdsOn, type Profile } from './dated-rules.ts'
import { judgeDestination, routeFinding, rulesOfDestination } from './judge-destination.ts'
import { codeOf, lastDay, type Question, ruleOfCode } from './question.ts'
import type { RoutingTable } from './routing-table.ts'
import { type State, stateOfCountry } from './states.ts'

export type { Profile } from './dated-rules.ts'

/** A second approval of the same vehicle, under the other law. */
export interface OtherApproval {
  readonly number: string
  /** YYYY-MM-DD. */
  readonly issued?: string | undefined
}

export interface RouteInput {
  /** Without it the destination decides, as far as it can. */
  readonly typeApprovalNumber?: string | undefined
  /** What the record knows of further approvals; those of the site's `twins` are added. */
  readonly otherApprovals?: readonly OtherApproval[] | undefined
  /** Vienna or ISO code of the country the vehicle is to be registered in. Stock vehicles have none. */
  readonly destination?: string | undefined
  /** Vehicle category, such as `N2`. */
  readonly category?: string | undefined
  /** Manufacturer of the stage, as in the document. */
  readonly maker?: string | undefined
  /** Day the rules are asked for (YYYY-MM-DD); without it as they stand last. */
  readonly on?: string | undefined
  readonly table: RoutingTable
}

export interface Routes {
  /** The first is the vehicle's own document; the others are further documents beside it. */
  readonly targets: Target[]
  readonly findings: Finding[]
}

/** Why this document, and the approval it stands on where it is not that of the record. */
interface Wanted {
  readonly question: Question
  readonly because: string
  readonly approval?: OtherApproval | undefined
}

const whyProfile = ({ profile, approvalCode, approving }: Question): string =>
  approvalCode === undefined
    ? `No approval number is given; the destination asks for the ${profile} document.`
    : `Approval ${approvalCode} is of ${approving?.name ?? 'an unknown state'}: one document of profile ${profile}.`

const notRegistered = (skipped: readonly string[], maker: string | undefined): string[] =>
  skipped.map((name) => `${maker ?? ''} is not registered at ${name}: the next one is taken.`)

const targetOf = (table: RoutingTable, { question, because, approval }: Wanted): Target | Finding => {
  const { choice, skipped } = chooseAccessPoint(table, question)
  const { profile, maker } = question
  if (choice === undefined) {
    if (skipped.length === 0) {
      const message = `No access point is set up for a document of profile ${profile}. Add one, or a routing rule, to the configuration.`
      return routeFinding('ROUTE-004', 'error', message)
    }
    const message = `${maker ?? ''} is not registered at any access point that takes a document of profile ${profile}: ${skipped.join(', ')}.`
    return routeFinding('ROUTE-008', 'error', message)
  }
  const behind = statesBehind(table, choice.accessPoint, question)
  const verb = behind.length > 1 ? 'retrieve' : 'retrieves'
  const over = behind.length === 0 ? [] : [`${behind.map((s) => s.name).join(' and ')} ${verb} it there over EUCARIS.`]
  return {
    profile,
    accessPoint: choice.accessPoint,
    environment: table.environment,
    reasons: [because, ...notRegistered(skipped, maker), choice.reason, ...over],
    ...(behind.length === 0 ? {} : { overEucaris: behind.map((s) => s.iso) }),
    ...(approval ? { approval } : {}),
  }
}

const isTarget = (found: Target | Finding): found is Target => 'accessPoint' in found

/** Approvals of the site's `twins` for a number, which may be listed with its extension or without. */
const twinsOf = (number: string, destination: State | undefined, on: string, table: RoutingTable): OtherApproval[] =>
  (table.twins ?? [])
    .filter(
      (twin) =>
        (number === twin.approval || number.startsWith(`${twin.approval}*`)) &&
        holdsOn(twin, on) &&
        (twin.destination?.some((code) => stateOfCountry(code) === destination) ?? true),
    )
    .map(({ also, issued }) => ({ number: also, issued }))

/** One further document for each other law under which the vehicle is approved too. */
const furtherApprovals = (main: Question, others: readonly OtherApproval[]): Wanted[] => {
  const found = new Map<Profile, Wanted>()
  for (const approval of others) {
    const code = codeOf(approval.number)
    const ruled = code === undefined ? undefined : ruleOfCode(code, main.on, main.category)
    if (code === undefined || ruled === undefined || !('rule' in ruled)) continue
    const { profile, state } = ruled.rule
    if (profile === main.profile || found.has(profile)) continue
    const question = { ...main, profile, approvalCode: code, approving: state }
    found.set(profile, {
      question,
      approval,
      because: `The vehicle is approved as ${approval.number} too: a further document of profile ${profile}.`,
    })
  }
  return [...found.values()]
}

const furtherByDestination = (main: Question): Wanted[] =>
  rulesOfDestination(main).flatMap(({ effect, asksFor, text, source }) =>
    effect === 'also' && asksFor !== undefined
      ? [{ question: { ...main, profile: asksFor }, because: `${text} (${source})` }]
      : [],
  )

/** The document profile that an approval number asks for; undefined where it names no state. */
export const profileOf = (typeApprovalNumber: string): 'EU' | 'UK' | undefined => {
  const code = codeOf(typeApprovalNumber)
  return approvalRules.find((rule) => rule.code === code && rule.to === undefined)?.profile
}

/** The vehicle's own document: what its approval makes it, or its destination where no approval is known. */
const mainQuestion = (input: RouteInput): Question | Finding => {
  const { typeApprovalNumber: number, category, maker, on = lastDay } = input
  const destination = input.destination === undefined ? undefined : stateOfCountry(input.destination)
  const more = { destination, category, maker, on }
  if (number === undefined) {
    if (input.destination === undefined)
      return routeFinding('ROUTE-003', 'error', 'Neither an approval number nor a destination is given.')
    const profile = destination?.area === 'GB' ? 'UK' : 'EU'
    return { profile, approvalCode: undefined, approving: undefined, ...more }
  }
  const code = codeOf(number)
  if (code === undefined) {
    const message = `The approval number ${number} does not begin with a state's code, such as e4*.`
    return routeFinding('ROUTE-001', 'error', message)
  }
  const ruled = ruleOfCode(code, on, category)
  if ('why' in ruled) {
    const message = `The approval number ${number} begins with ${code}: ${ruled.why}.`
    return routeFinding(ruled.isCategory ? 'ROUTE-009' : 'ROUTE-002', 'error', message)
  }
  return { profile: ruled.rule.profile, approvalCode: code, approving: ruled.rule.state, ...more }
}

/**
 * One target per document of the vehicle, with the reasons in words; an error finding when there is none for its own
 * document. An EU approval makes an EU document for one access point of the Union; a GB or UK(NI) approval a UK document
 * for the VCA; both make both; a vehicle bound for Norway is preregistered there besides. Pure: rules of law stand dated
 * beside the code, those of the site in `table`.
 */
export const routeTargets = (input: RouteInput): Routes => {
  const { table, typeApprovalNumber } = input
  const main = mainQuestion(input)
  if ('code' in main) return { targets: [], findings: [main] }
  const own = targetOf(table, { question: main, because: whyProfile(main) })
  const twins =
    typeApprovalNumber === undefined ? [] : twinsOf(typeApprovalNumber.trim(), main.destination, main.on, table)
  const wanted = [...furtherApprovals(main, [...(input.otherApprovals ?? []), ...twins]), ...furtherByDestination(main)]
  const further = wanted.map((w) => ({ w, found: targetOf(table, w) }))
  const targets = isTarget(own) ? [own, ...further.map((f) => f.found).filter(isTarget)] : []
  const made = new Set([main.profile, ...further.filter((f) => isTarget(f.found)).map((f) => f.w.question.profile)])
  const missing = further.flatMap(({ w, found }) =>
    // That Norway's is not set up is said by the destination's own finding.
    isTarget(found) || (w.question.profile === 'NO' && found.code === 'ROUTE-004')
      ? []
      : [{ ...found, severity: 'warning' as const }],
  )
  const findings = [...judgeDestination(main, input.destination, made), ...missing]
  return { targets, findings: isTarget(own) ? findings : [...findings, own] }
}
