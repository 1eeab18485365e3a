import { holdsOn, isAmong } from './dated-rules.ts'
import type { Question } from './question.ts'
import type { RoutingTable } from './routing-table.ts'
import { type State, stateOfCountry } from './states.ts'

export interface Choice {
  readonly accessPoint: string
  readonly reason: string
}

const sameState = (code: string, state: State | undefined): boolean =>
  state !== undefined && stateOfCountry(code) === state

const sameMaker = (a: string, b: string): boolean => {
  const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase()
  return plain(a) === plain(b)
}

const ofState = (table: RoutingTable, state: State | undefined): string[] =>
  table.accessPoints.filter(({ country }) => sameState(country, state)).map((a) => a.accessPoint)

const byRules = (table: RoutingTable, q: Question): Choice[] =>
  table.rules
    .filter(
      (rule) =>
        // Norway's preregistration is a further document: only a rule that names it takes it along.
        (rule.profile === undefined ? q.profile !== 'NO' : rule.profile === q.profile) &&
        holdsOn(rule, q.on) &&
        (rule.approvedBy === undefined || rule.approvedBy.some((code) => code === q.approvalCode)) &&
        (rule.destination === undefined || rule.destination.some((code) => sameState(code, q.destination))) &&
        (rule.category === undefined || (q.category !== undefined && isAmong(rule.category, q.category))) &&
        (rule.maker === undefined || rule.maker.some((m) => q.maker !== undefined && sameMaker(m, q.maker))),
    )
    .map(({ accessPoint, reason }) => ({ accessPoint, reason }))

/** Reg. 2021/133 Article 1(1): through any access point of the Union, so only the habit speaks for the approving state. */
const inUnion = (table: RoutingTable, { approving, destination }: Question): Choice[] => {
  const any = 'Regulation 2021/133 Article 1 allows any access point of the Union'
  const own = ofState(table, approving).map((accessPoint) => ({
    accessPoint,
    reason: `${approving?.name ?? ''} (${approving?.authority ?? ''}) granted the approval; ${any}.`,
  }))
  const there = (destination?.area === 'EU' ? ofState(table, destination) : []).map((accessPoint) => ({
    accessPoint,
    reason: `It is the access point of the destination, ${destination?.name ?? ''}; ${any}.`,
  }))
  const others = table.accessPoints.flatMap(({ country, accessPoint }) => {
    const state = stateOfCountry(country)
    return state?.area === 'EU'
      ? [{ accessPoint, reason: `It is the site's first access point in the Union (${state.name}); ${any}.` }]
      : []
  })
  return [...own, ...there, ...others]
}

const byState = (table: RoutingTable, q: Question): Choice[] => {
  if (q.profile === 'EU') return inUnion(table, q)
  const [iso, reason] =
    q.profile === 'UK'
      ? ['GB', 'Documents on GB and UK(NI) approvals go to the VCA only.']
      : ['NO', 'Norway preregisters at Statens vegvesen only.']
  return ofState(table, stateOfCountry(iso)).map((accessPoint) => ({ accessPoint, reason }))
}

const candidates = (table: RoutingTable, q: Question): Choice[] => [
  ...byRules(table, q),
  ...byState(table, q),
  ...(table.otherwise === undefined || q.profile === 'NO'
    ? []
    : [{ accessPoint: table.otherwise, reason: 'No rule and no access point of the state took it.' }]),
]

/** Where nothing is said about registrations, the maker is taken to be registered. */
const isRegistered = (table: RoutingTable, accessPoint: string, maker: string | undefined): boolean => {
  const makers = table.accessPoints.filter((a) => a.accessPoint === accessPoint).flatMap((a) => a.makers ?? [])
  return maker === undefined || makers.length === 0 || makers.some((m) => sameMaker(m, maker))
}

export interface Chosen {
  readonly choice: Choice | undefined
  /** Access points that came first and do not know the maker. */
  readonly skipped: readonly string[]
}

/** The first access point that may take the document and at which its maker is registered. */
export const chooseAccessPoint = (table: RoutingTable, q: Question): Chosen => {
  const all = candidates(table, q)
  const choice = all.find(({ accessPoint }) => isRegistered(table, accessPoint, q.maker))
  const before = choice === undefined ? all : all.slice(0, all.indexOf(choice))
  return { choice, skipped: [...new Set(before.map((c) => c.accessPoint))] }
}

/** States that fetch a document of the Union over EUCARIS, since it is handed in elsewhere. */
export const statesBehind = (table: RoutingTable, accessPoint: string, q: Question): State[] => {
  if (q.profile !== 'EU') return []
  const country = table.accessPoints.find((a) => a.accessPoint === accessPoint)?.country
  const at = country === undefined ? undefined : stateOfCountry(country)
  if (at === undefined) return []
  const wanted = [q.approving, q.destination].filter((s) => s !== undefined)
  return [...new Set(wanted)].filter((s) => s !== at && (s.area === 'EU' || s.area === 'EEA'))
}
