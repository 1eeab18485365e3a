import type { Contributor, Decider, DecisionQuestion, SignOffDecision } from '../../sign-off/may-decide.ts'
import type { EcocRow, SignOffDecisionRow, SignOffRow } from '../../store/tables.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'
import { contributorsOf } from './contributors-of.ts'

type Need = Pick<Tools, 'store' | 'config' | 'clock'>

/** Whether a role may sign off; handed in, since roles are the business of HTTP. */
export type HoldsRight = (role: string) => boolean

/** Those for whom a person decides now: only who holds the right by his own role can have handed it on. */
export const delegatorsOf = async (
  person: string,
  holdsRight: HoldsRight,
  { store, clock }: Need,
): Promise<string[]> => {
  const given = await store.signOffs.delegatedTo(person, instant(clock()))
  const people = await Promise.all(given.map((d) => store.access.person(d.from_person)))
  return [...new Set(people.flatMap((p) => (p && holdsRight(p.role) ? [p.name] : [])))]
}

export const isSandbox = async ({ store }: Pick<Tools, 'store'>): Promise<boolean> =>
  (await store.settings.get('kind')) === 'sandbox'

/** How many people must approve; in the sandbox one is always enough. */
export const approversOf = (signOff: SignOffRow, sandbox: boolean): number => (sandbox ? 1 : (signOff.approvers ?? 1))

export interface Gathered {
  readonly question: DecisionQuestion
  readonly contributors: readonly Contributor[]
  readonly decisions: readonly SignOffDecisionRow[]
}

/** Everything that decides whether a person may decide, as it stands now. */
export const questionOf = async (
  ecoc: EcocRow,
  signOff: SignOffRow,
  decision: SignOffDecision,
  decider: Decider,
  holdsRight: HoldsRight,
  tools: Need,
): Promise<Gathered> => {
  const [contributors, decisions, delegators, sandbox] = await Promise.all([
    contributorsOf(ecoc, tools),
    tools.store.signOffs.decisions(signOff.id),
    decider.isPerson ? delegatorsOf(decider.name, holdsRight, tools) : [],
    isSandbox(tools),
  ])
  const approvals = decisions.filter((d) => d.decision === 'approve')
  return {
    contributors,
    decisions,
    question: { decision, decider, contributors, approvals, delegators, isSandbox: sandbox },
  }
}
