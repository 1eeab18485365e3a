/** The states of an eCoC, as users and auditors read them (docs: README, "What an eCoC is, and its states"). */
export const states = [
  'received',
  'mapped',
  'checked',
  'held',
  'awaiting_signoff',
  'signed',
  'dispatching',
  'outcome_unknown',
  'awaiting_receipt',
  'accepted',
  'accepted_with_warnings',
  'rejected',
  'compared',
  'superseded',
  'reopened',
  'dead_letter',
  'cancelled',
] as const
export type EcocState = (typeof states)[number]

const underWay: ReadonlySet<EcocState> = new Set([
  'received',
  'mapped',
  'checked',
  'signed',
  'dispatching',
  'awaiting_receipt',
])
/** A resting state waits for a person, for new data, or for nothing. Every resting state is written back. */
export const isResting = (state: EcocState): boolean => !underWay.has(state)

const beforeSigned: ReadonlySet<EcocState> = new Set(['received', 'mapped', 'checked', 'held', 'awaiting_signoff'])
/** A changed record replaces the earlier one only before its document was signed. */
export const isBeforeSigned = (state: EcocState): boolean => beforeSigned.has(state)

/** The access point has it and said yes. */
export const isAccepted = (state: EcocState): boolean => state === 'accepted' || state === 'accepted_with_warnings'

export type WriteBackState = 'none' | 'pending' | 'done' | 'failed'
