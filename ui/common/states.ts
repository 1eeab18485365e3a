/** The states as the API names them, in the order in which people care. */
export const states = [
  'awaiting_signoff',
  'held',
  'rejected',
  'dead_letter',
  'reopened',
  'outcome_unknown',
  'received',
  'mapped',
  'checked',
  'signed',
  'dispatching',
  'awaiting_receipt',
  'accepted_with_warnings',
  'accepted',
  'compared',
  'superseded',
  'cancelled',
] as const
export type EcocState = (typeof states)[number]

export const isState = (text: string): text is EcocState => (states as readonly string[]).includes(text)

/** person: somebody must act; unknown: perhaps accepted; way: we work; wait: others work; closed: nothing more happens. */
export type Tone = 'person' | 'unknown' | 'way' | 'wait' | 'good' | 'closed'

const tones: Readonly<Record<EcocState, Tone>> = {
  awaiting_signoff: 'person',
  held: 'person',
  rejected: 'person',
  dead_letter: 'person',
  reopened: 'person',
  outcome_unknown: 'unknown',
  received: 'way',
  mapped: 'way',
  checked: 'way',
  signed: 'way',
  dispatching: 'way',
  awaiting_receipt: 'wait',
  accepted: 'good',
  accepted_with_warnings: 'good',
  compared: 'good',
  superseded: 'closed',
  cancelled: 'closed',
}
export const toneOf = (state: EcocState): Tone => tones[state]

/** How many wait for a person, from the counts by state. */
export const waitingForPeople = (counts: Readonly<Partial<Record<EcocState, number>>>): number =>
  states.reduce((sum, state) => sum + (toneOf(state) === 'person' ? (counts[state] ?? 0) : 0), 0)
