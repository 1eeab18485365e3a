import { z } from 'zod'
import { modes, states, type EcocState } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'

const text = z.string().nullable()

/** What people may do with an eCoC. */
export const verbs = ['sign-off', 'replay', 'retry', 'correct', 'reopen', 'cancel', 'resolve'] as const
export type Verb = (typeof verbs)[number]

const accepted: readonly Verb[] = ['correct', 'cancel', 'reopen']
const byState: Partial<Record<EcocState, readonly Verb[]>> = {
  held: ['replay', 'cancel'],
  awaiting_signoff: ['sign-off', 'replay'],
  outcome_unknown: ['resolve'],
  accepted,
  accepted_with_warnings: accepted,
  compared: ['replay', 'correct', 'cancel'],
  rejected: ['correct', 'replay'],
  dead_letter: ['replay'],
  reopened: ['correct', 'resolve'],
}
/** The verbs a state offers (README, "What an eCoC is, and its states"); the action itself has the last word. */
export const verbsOf = ({ state, proposal_of }: Pick<EcocRow, 'state' | 'proposal_of'>): readonly Verb[] =>
  state === 'held' && proposal_of !== null ? ['correct', 'replay', 'cancel'] : (byState[state] ?? [])

/** One line of the list. The schema is the documentation of the answer too. */
export const ecocItem = z.strictObject({
  id: z.string(),
  vin: z.string(),
  state: z.enum(states),
  recordKey: z.string(),
  mapper: z.string(),
  mode: z.enum(modes).describe('How its flow was run when it was born; only live ones are delivered'),
  stage: z.number().int().nullable(),
  version: z.number().int(),
  accessPoint: text,
  reasonCode: text.describe('Code of the reason why it waits'),
  reason: text,
  nextStep: text.describe('What to do about it'),
  createdAt: z.string(),
  updatedAt: z.string(),
  iviReferenceId: text,
  receiptReference: text.describe('The access point’s own reference'),
})
export type EcocItem = z.infer<typeof ecocItem>

export const ecocItemOf = (row: EcocRow): EcocItem => ({
  id: row.id,
  vin: row.vin,
  state: row.state,
  recordKey: row.record_key,
  mapper: row.mapper,
  mode: row.mode,
  stage: row.stage,
  version: row.version,
  accessPoint: row.access_point,
  reasonCode: row.reason_code,
  reason: row.reason,
  nextStep: row.next_step,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  iviReferenceId: row.ivi_reference_id,
  receiptReference: row.receipt_reference,
})

export const ecocPage = z.strictObject({
  items: z.array(ecocItem),
  next: z.string().nullable().describe('Give it as `after` for the next page; null at the end'),
})
