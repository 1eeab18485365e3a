import type { EcocId, Instant } from '../../contract/index.ts'
import { sha256 } from '../../support/hash.ts'
import type { Database } from '../database.ts'
import { pack, unpack } from '../packed.ts'
import type { AccessPointPauseRow, DeliveryDeadlineRow, EarlierEnvelopeRow, EcocRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

/** States in which an eCoC is not with its access point yet. */
const undelivered = `'received', 'mapped', 'checked', 'held', 'awaiting_signoff', 'signed', 'dispatching',
  'outcome_unknown', 'awaiting_receipt', 'rejected', 'dead_letter'`

/** What delivery keeps besides attempts and receipts: pauses, replaced envelopes, deadlines. */
export class Deliveries {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  pause(accessPoint: string): Promise<AccessPointPauseRow | undefined> {
    return this.#db.get('SELECT * FROM access_point_pause WHERE access_point = ?', [accessPoint])
  }

  pauses(): Promise<AccessPointPauseRow[]> {
    return this.#db.all('SELECT * FROM access_point_pause ORDER BY access_point')
  }

  /** Keeps an envelope that a new one takes the place of. */
  keepEnvelope(ecoc_id: EcocId, bytes: Buffer, at: Instant): Write {
    const packed = pack(bytes, `an earlier envelope of eCoC ${ecoc_id}`)
    return upsert('earlier_envelope', { ecoc_id, sha256: sha256(bytes), bytes: packed, at })
  }

  /** The envelopes that were sent before the one kept as content, oldest first. */
  async earlierEnvelopes(ecoc: EcocId): Promise<{ bytes: Buffer; sha256: string; at: Instant }[]> {
    const rows = await this.#db.all<EarlierEnvelopeRow>(
      'SELECT * FROM earlier_envelope WHERE ecoc_id = ? ORDER BY at, sha256',
      [ecoc],
    )
    return rows.map((row) => {
      const bytes = unpack(row, `an earlier envelope of eCoC ${row.ecoc_id}`)
      return { bytes, sha256: row.sha256, at: row.at }
    })
  }

  /** Live eCoCs that were mapped, are not delivered and have no deadline yet. */
  withoutDeadline(createdBefore: Instant, limit: number): Promise<EcocRow[]> {
    return this.#db.all(
      `SELECT e.* FROM ecoc e WHERE e.state IN (${undelivered}) AND e.mode = 'live' AND e.proposal_of IS NULL
       AND e.created_at <= ? AND EXISTS (SELECT 1 FROM content c WHERE c.ecoc_id = e.id AND c.kind = 'model')
       AND NOT EXISTS (SELECT 1 FROM delivery_deadline d WHERE d.ecoc_id = e.id) ORDER BY e.id LIMIT ?`,
      [createdBefore, limit],
    )
  }

  /** Undelivered eCoCs that are due before a moment, of which that much was told. */
  dueBefore(
    moment: Instant,
    told: DeliveryDeadlineRow['told'],
    limit: number,
  ): Promise<(EcocRow & { due_at: Instant })[]> {
    return this.#db.all(
      `SELECT e.*, d.due_at FROM delivery_deadline d JOIN ecoc e ON e.id = d.ecoc_id
       WHERE d.told = ? AND d.due_at <= ? AND e.state IN (${undelivered}) ORDER BY d.due_at LIMIT ?`,
      [told, moment, limit],
    )
  }
}
