import type { AttemptRow, EcocRow } from '../../store/tables.ts'
import type { Rest } from '../step.ts'

/** What may have left: what surely did not is nothing to ask about. */
const left = (attempts: readonly AttemptRow[]): AttemptRow[] =>
  attempts.filter((a) => a.operation === 'submit' && a.state !== 'not_sent' && a.state !== 'prepared')

/**
 * A doubt that only a person can settle, with everything that the access point's operator needs to look it up: reference,
 * message ids, times, hash, and what came back.
 */
export const doubtFor = (ecoc: EcocRow, attempts: readonly AttemptRow[], accessPoint: string, why: string): Rest => {
  const sent = left(attempts)
  const times = sent.map((a) => a.ended_at ?? a.prepared_at)
  const ids = [...new Set(sent.map((a) => a.message_id))].join(', ')
  const asked = attempts.filter((a) => a.operation === 'query' && a.outcome !== null)
  const answers = asked.length > 0 ? ` Asked ${asked.length} time(s), last answer: ${asked.at(-1)?.outcome ?? ''}.` : ''
  return {
    state: 'outcome_unknown',
    code: 'SUB-001',
    reason: `Sent ${sent.length} time(s) and nobody knows whether it arrived: ${why}.${answers}`,
    nextStep:
      `Ask the operator of access point ${accessPoint} whether it holds IviReferenceId ${ecoc.ivi_reference_id ?? ''} ` +
      `(VIN ${ecoc.vin}, message id ${ids}, sent ${times[0] ?? ''}${times.length > 1 ? ` to ${times.at(-1) ?? ''}` : ''} UTC, ` +
      `SHA-256 of the document ${ecoc.signed_sha256 ?? ''}). Then resolve it: accepted, or not_received, which sends the same again.`,
  }
}
