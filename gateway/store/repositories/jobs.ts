import type { EcocId, Instant } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { JobRow } from '../tables.ts'

export interface Claim {
  readonly stages: readonly string[]
  readonly owner: string
  readonly now: Instant
  readonly leaseUntil: Instant
  readonly limit: number
  /** Adds to the tries: a crash while it is worked on then counts as a failure. */
  readonly counted: boolean
  /** Only work of this lane, or of none (null); without it of any. */
  readonly lane?: string | null
}

const inLane = (lane: string | null | undefined): { sql: string; params: string[] } => {
  if (lane === undefined) return { sql: '', params: [] }
  return lane === null ? { sql: 'AND lane IS NULL', params: [] } : { sql: 'AND lane = ?', params: [lane] }
}

/** Work under way. A claim is committed before the work begins, so that a crash is counted. */
export class Jobs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  claim(claim: Claim): Promise<JobRow[]> {
    const marks = claim.stages.map(() => '?').join(', ')
    const lane = inLane(claim.lane)
    return this.#db.all(
      `UPDATE job SET owner = ?, lease_until = ?, tries = tries + ? WHERE ecoc_id IN (
         SELECT ecoc_id FROM job WHERE stage IN (${marks}) ${lane.sql} AND next_run_at <= ?
         AND (owner IS NULL OR lease_until < ?) ORDER BY next_run_at, ecoc_id LIMIT ? ${this.#db.skipLocked})
       RETURNING *`,
      [
        ...[claim.owner, claim.leaseUntil, claim.counted ? 1 : 0],
        ...[...claim.stages, ...lane.params, claim.now, claim.now, claim.limit],
      ],
    )
  }

  /** Takes over every lease at once: on SQLite, whoever holds the data folder is the only owner there can be. */
  async takeOverAll(): Promise<void> {
    await this.#db.all('UPDATE job SET owner = NULL, lease_until = NULL WHERE owner IS NOT NULL RETURNING ecoc_id')
  }

  /** Keeps what is being worked on under these leases; any other lapses. */
  async renew(leases: readonly string[], until: Instant): Promise<void> {
    if (leases.length === 0) return
    const marks = leases.map(() => '?').join(', ')
    await this.#db.all(`UPDATE job SET lease_until = ? WHERE owner IN (${marks}) RETURNING ecoc_id`, [until, ...leases])
  }

  /** Whether any work in these stages was begun and not ended: then batches shrink to one. */
  async anyTried(stages: readonly string[], now: Instant): Promise<boolean> {
    const marks = stages.map(() => '?').join(', ')
    const sql = `SELECT 1 FROM job WHERE stage IN (${marks}) AND tries > 0 AND next_run_at <= ? LIMIT 1`
    const row = await this.#db.get(sql, [...stages, now])
    return row !== undefined
  }

  async nextRun(stages: readonly string[], of?: string | null): Promise<Instant | undefined> {
    const marks = stages.map(() => '?').join(', ')
    const lane = inLane(of)
    const row = await this.#db.get<{ due: Instant | null }>(
      `SELECT min(next_run_at) AS due FROM job WHERE owner IS NULL AND stage IN (${marks}) ${lane.sql}`,
      [...stages, ...lane.params],
    )
    return row?.due ?? undefined
  }

  /** Lanes that are no more: their work is sorted anew. */
  async forgetLanes(known: readonly string[]): Promise<void> {
    const marks = known.map(() => '?').join(', ')
    await this.#db.all(`UPDATE job SET lane = NULL WHERE lane NOT IN (${marks}) RETURNING ecoc_id`, known)
  }

  /** How much waits in each lane of a stage. */
  queued(stage: string): Promise<{ lane: string | null; n: number; oldest: Instant }[]> {
    return this.#db.all(
      `SELECT j.lane, count(*) AS n, min(e.created_at) AS oldest FROM job j JOIN ecoc e ON e.id = j.ecoc_id
       WHERE j.stage = ? GROUP BY j.lane`,
      [stage],
    )
  }

  get(ecoc: EcocId): Promise<JobRow | undefined> {
    return this.#db.get('SELECT * FROM job WHERE ecoc_id = ?', [ecoc])
  }

  async count(): Promise<number> {
    const row = await this.#db.get<{ n: number }>('SELECT count(*) AS n FROM job')
    return row?.n ?? 0
  }
}
