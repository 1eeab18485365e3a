import type { Instant, Sha256, Vin } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type {
  AnnouncedVehicleRow,
  BaseEarlierRow,
  BaseEcocRow,
  BaseIssueRow,
  BaseRefusedRow,
  BaseSheetRow,
  BaseSheetScanRow,
  BaseSheetVinsRow,
  BaseWatchRow,
  HandoverRow,
} from '../tables.ts'

/** Base eCoCs over time, data sheets, announced vehicles, and the hand-over to the next stage. */
export class Bases {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Every kept base eCoC of a vehicle, the highest stage first. */
  ofVehicle(vin: Vin): Promise<BaseEcocRow[]> {
    return this.#db.all('SELECT * FROM base_ecoc WHERE vin = ? ORDER BY stage DESC', [vin])
  }

  /** What was replaced, the newest first. */
  earlier(vin: Vin): Promise<BaseEarlierRow[]> {
    return this.#db.all('SELECT * FROM base_earlier WHERE vin = ? ORDER BY replaced_at DESC', [vin])
  }

  watched(vin: Vin): Promise<BaseWatchRow | undefined> {
    return this.#db.get('SELECT * FROM base_watch WHERE vin = ?', [vin])
  }

  watchesDue(at: Instant, limit: number): Promise<BaseWatchRow[]> {
    return this.#db.all('SELECT * FROM base_watch WHERE next_at <= ? ORDER BY next_at LIMIT ?', [at, limit])
  }

  sheet(id: string): Promise<BaseSheetRow | undefined> {
    return this.#db.get('SELECT * FROM base_sheet WHERE id = ?', [id])
  }

  /** The newest first. */
  sheets(limit: number): Promise<BaseSheetRow[]> {
    return this.#db.all('SELECT * FROM base_sheet ORDER BY id DESC LIMIT ?', [limit])
  }

  scan(sheet: string): Promise<BaseSheetScanRow | undefined> {
    return this.#db.get('SELECT * FROM base_sheet_scan WHERE sheet_id = ?', [sheet])
  }

  vinsOf(sheet: string): Promise<BaseSheetVinsRow[]> {
    return this.#db.all('SELECT * FROM base_sheet_vins WHERE sheet_id = ? ORDER BY id', [sheet])
  }

  /** The newest confirmed sheet whose confirmed vehicles include this one. */
  sheetFor(series: string, serial: string): Promise<BaseSheetRow | undefined> {
    return this.#db.get(
      `SELECT s.* FROM base_sheet_vins v JOIN base_sheet s ON s.id = v.sheet_id
       WHERE v.series = ? AND v.first_serial <= ? AND v.last_serial >= ? AND v.confirmed_by IS NOT NULL
       AND s.state = 'confirmed' ORDER BY s.id DESC LIMIT 1`,
      [series, serial, serial],
    )
  }

  announced(vin: Vin): Promise<AnnouncedVehicleRow | undefined> {
    return this.#db.get('SELECT * FROM announced_vehicle WHERE vin = ?', [vin])
  }

  /** Announced vehicles behind a VIN, in the order of their VINs. */
  announcements(
    state: AnnouncedVehicleRow['state'] | undefined,
    after: string,
    limit: number,
  ): Promise<AnnouncedVehicleRow[]> {
    const filter = state === undefined ? '' : 'AND state = ?'
    const sql = `SELECT * FROM announced_vehicle WHERE vin > ? ${filter} ORDER BY vin LIMIT ?`
    return this.#db.all(sql, [after, ...(state === undefined ? [] : [state]), limit])
  }

  announcementsDue(at: Instant, limit: number): Promise<AnnouncedVehicleRow[]> {
    const sql = "SELECT * FROM announced_vehicle WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at LIMIT ?"
    return this.#db.all(sql, [at, limit])
  }

  issuesOf(vin: Vin): Promise<BaseIssueRow[]> {
    return this.#db.all('SELECT * FROM base_issue WHERE vin = ? ORDER BY at DESC', [vin])
  }

  openIssues(limit: number): Promise<BaseIssueRow[]> {
    return this.#db.all('SELECT * FROM base_issue WHERE closed_at IS NULL ORDER BY at LIMIT ?', [limit])
  }

  /** Files of an origin that were refused, with the version that was looked at. */
  refused(limit: number): Promise<BaseRefusedRow[]> {
    return this.#db.all('SELECT * FROM base_refused ORDER BY at DESC LIMIT ?', [limit])
  }

  handoversDue(at: Instant, limit: number): Promise<HandoverRow[]> {
    return this.#db.all("SELECT * FROM handover WHERE state = 'pending' AND due_at <= ? ORDER BY due_at LIMIT ?", [
      at,
      limit,
    ])
  }

  handover(ecoc: string, target: string): Promise<HandoverRow | undefined> {
    return this.#db.get('SELECT * FROM handover WHERE ecoc_id = ? AND target = ?', [ecoc, target])
  }

  handovers(state: HandoverRow['state'] | undefined, limit: number): Promise<HandoverRow[]> {
    const filter = state === undefined ? '' : 'WHERE state = ?'
    const sql = `SELECT * FROM handover ${filter} ORDER BY due_at DESC LIMIT ?`
    return this.#db.all(sql, [...(state === undefined ? [] : [state]), limit])
  }

  /** Events of acceptance behind a place in the chain, oldest first. */
  acceptedSince(seq: number, limit: number): Promise<{ seq: number; subject: string }[]> {
    return this.#db.all(
      `SELECT seq, subject FROM event WHERE seq > ? AND type IN ('ecoc.accepted', 'ecoc.accepted_with_warnings')
       ORDER BY seq LIMIT ?`,
      [seq, limit],
    )
  }

  /** Whether a document is one that this gateway signed itself. */
  async isOurs(hash: Sha256, vin: Vin): Promise<boolean> {
    return (await this.#db.get('SELECT 1 FROM ecoc WHERE vin = ? AND signed_sha256 = ?', [vin, hash])) !== undefined
  }
}
