import type { Instant } from '../../contract/index.ts'
import type { DelegationRow } from '../../store/tables.ts'
import { event, insert, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { refuse } from '../actions/refuse.ts'
import type { Tools } from '../tools.ts'

export interface DelegationInput {
  readonly to: string
  /** ISO instant. */
  readonly until: string
  readonly reason: string
}

const longestMs = 92 * 24 * 60 * 60 * 1000

/**
 * One person lets another decide for him until a day. Only what one holds by his own role is handed on, so there is no chain.
 * @throws GatewayError ACT-480 nobody of that name, or oneself, ACT-481 an end that is past or too far
 */
export const makeDelegation = async (
  { to, until, reason }: DelegationInput,
  from: string,
  { store, clock }: Pick<Tools, 'store' | 'clock'>,
): Promise<DelegationRow> => {
  const now = clock()
  const [giver, taker] = await Promise.all([store.access.person(from), store.access.person(to)])
  if (!giver || !taker || from === to) {
    const message = !giver ? `${from} is no person.` : `${to.slice(0, 64)} is nobody that one can delegate to.`
    throw refuse(422, 'ACT-480', message, 'Name another person who can log in.')
  }
  const end = Date.parse(until)
  if (!(end > now.getTime() && end <= now.getTime() + longestMs))
    throw refuse(422, 'ACT-481', 'A delegation ends within 92 days.', 'Give an end that lies ahead.')
  const row: DelegationRow = {
    ...{ id: newId(), from_person: from, to_person: to, until_at: instant(new Date(end)) },
    ...{ reason, at: instant(now), ended_at: null },
  }
  const detail = { delegation: row.id, from, to, until: row.until_at, reason }
  await store.commit([
    insert('sign_off_delegation', row),
    event({ at: row.at, actor: from, type: 'signoff.delegated', subject: to, detail }),
  ])
  return row
}

/**
 * Ends a delegation early. Whoever gave it may, and whoever it was given to.
 * @throws GatewayError ACT-482 there is none, or not one of his
 */
export const endDelegation = async (
  id: string,
  actor: string,
  { store, clock }: Pick<Tools, 'store' | 'clock'>,
): Promise<void> => {
  const row = await store.signOffs.delegation(id)
  if (!row || row.ended_at !== null || (row.from_person !== actor && row.to_person !== actor))
    throw refuse(
      404,
      'ACT-482',
      'There is no such delegation of yours.',
      'GET /api/v1/sign-off/delegations lists them.',
    )
  const at: Instant = instant(clock())
  await store.commit([
    update('sign_off_delegation', { id, ended_at: null }, { ended_at: at }, 1),
    event({ at, actor, type: 'signoff.delegation_ended', subject: row.to_person, detail: { delegation: id } }),
  ])
}
