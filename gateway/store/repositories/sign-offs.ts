import type { EcocId, Instant } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { DelegationRow, SignOffAttachmentRow, SignOffDecisionRow, SignOffRow } from '../tables.ts'

/** A sign-off with the vehicle that it is about. */
export type SignOffOfEcoc = SignOffRow & { readonly vin: string; readonly mapper: string; readonly state: string }
export type AttachmentInfo = Omit<SignOffAttachmentRow, 'bytes'>

const withEcoc = 'SELECT s.*, e.vin, e.mapper, e.state FROM sign_off s JOIN ecoc e ON e.id = s.ecoc_id'
const info = 'id, sign_off_id, ecoc_id, name, content_type, sha256, size, added_by, at'

/** What waits for people, what they decided, and who decides for whom. */
export class SignOffs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** The sign-off that waits for a decision. */
  open(ecoc: EcocId): Promise<SignOffRow | undefined> {
    return this.#db.get(
      'SELECT * FROM sign_off WHERE ecoc_id = ? AND decision IS NULL ORDER BY requested_at DESC LIMIT 1',
      [ecoc],
    )
  }

  of(ecoc: EcocId): Promise<SignOffRow[]> {
    return this.#db.all('SELECT * FROM sign_off WHERE ecoc_id = ? ORDER BY requested_at, id', [ecoc])
  }

  /** Of any eCoC, the one that waits longest first. */
  waiting(limit: number): Promise<SignOffOfEcoc[]> {
    return this.#db.all(`${withEcoc} WHERE s.decision IS NULL ORDER BY s.requested_at, s.id LIMIT ?`, [limit])
  }

  /** Decided ones, the newest decision first. */
  decided(limit: number): Promise<SignOffOfEcoc[]> {
    const where = 'WHERE s.decision IS NOT NULL ORDER BY s.decided_at DESC, s.id DESC LIMIT ?'
    return this.#db.all(`${withEcoc} ${where}`, [limit])
  }

  /** Waiting ones asked for before an instant, of which nobody was reminded (or told above) yet. */
  untold(kind: 'reminded' | 'escalated', before: Instant, limit: number): Promise<SignOffOfEcoc[]> {
    const column = kind === 'reminded' ? 's.reminded_at' : 's.escalated_at'
    const where = `WHERE s.decision IS NULL AND s.requested_at <= ? AND ${column} IS NULL ORDER BY s.requested_at LIMIT ?`
    return this.#db.all(`${withEcoc} ${where}`, [before, limit])
  }

  decisions(signOff: string): Promise<SignOffDecisionRow[]> {
    return this.#db.all('SELECT * FROM sign_off_decision WHERE sign_off_id = ? ORDER BY at, id', [signOff])
  }

  attachments(signOff: string): Promise<AttachmentInfo[]> {
    return this.#db.all(`SELECT ${info} FROM sign_off_attachment WHERE sign_off_id = ? ORDER BY at, id`, [signOff])
  }

  attachment(ecoc: EcocId, id: string): Promise<SignOffAttachmentRow | undefined> {
    return this.#db.get('SELECT * FROM sign_off_attachment WHERE ecoc_id = ? AND id = ?', [ecoc, id])
  }

  /** The newest first, ended ones too. */
  delegations(limit: number): Promise<DelegationRow[]> {
    return this.#db.all('SELECT * FROM sign_off_delegation ORDER BY at DESC, id DESC LIMIT ?', [limit])
  }

  delegation(id: string): Promise<DelegationRow | undefined> {
    return this.#db.get('SELECT * FROM sign_off_delegation WHERE id = ?', [id])
  }

  /** The ones by which a person decides for somebody now. */
  delegatedTo(person: string, now: Instant): Promise<DelegationRow[]> {
    const where = 'to_person = ? AND until_at > ? AND ended_at IS NULL'
    return this.#db.all(`SELECT * FROM sign_off_delegation WHERE ${where} ORDER BY at, id`, [person, now])
  }
}
