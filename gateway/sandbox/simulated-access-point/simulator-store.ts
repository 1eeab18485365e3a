import { join } from 'node:path'
import Database from 'better-sqlite3'
import { GatewayError } from '../../contract/errors.ts'
import { plainBehaviour, type BehaviourState } from './behaviour.ts'

export interface StoredDocument {
  readonly iviReferenceId: string
  readonly vin: string
  readonly version: string
  readonly sha256: string
  readonly bytes: Buffer
  readonly outcome: 'ACCEPTED' | 'ACCEPTED_WITH_WARNINGS'
  /** Milliseconds since the epoch from which it is accepted; later than its arrival when it was answered as pending. */
  readonly acceptedFrom: number
}

export interface LoggedRequest {
  readonly at: string
  readonly operation: string
  readonly iviReferenceId: string
  readonly vin: string
  readonly messageId: string
  readonly sha256: string
  readonly outcome: string
  /** False when the connection was cut or left hanging instead. */
  readonly answered: boolean
}

export interface AcceptedRow {
  readonly iviReferenceId: string
  readonly vin: string
  readonly version: number
  readonly count: number
  readonly sha256: string
}

const schema = `
  CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY, iviReferenceId TEXT NOT NULL UNIQUE, vin TEXT NOT NULL, version TEXT NOT NULL,
    sha256 TEXT NOT NULL, bytes BLOB NOT NULL, outcome TEXT NOT NULL, acceptedFrom INTEGER NOT NULL,
    count INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS base (vin TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS request (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, operation TEXT NOT NULL, iviReferenceId TEXT NOT NULL,
    vin TEXT NOT NULL, messageId TEXT NOT NULL, sha256 TEXT NOT NULL, outcome TEXT NOT NULL,
    answered INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS behaviour (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT;`

/** A sandbox may run for months: the oldest requests go. */
const KEPT_REQUESTS = 100_000

const openDatabase = (dir: string): Database.Database => {
  try {
    const db = new Database(join(dir, 'simulator.db'), { timeout: 0 })
    // One simulator per folder: the lock is held by the process and ends with it, however it ends.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // Flushed to disk before the answer: what was answered as accepted survives power loss and kill -9.
    db.pragma('synchronous = FULL')
    db.exec(schema)
    return db
  } catch (cause) {
    throw new GatewayError({
      kind: 'operational',
      code: 'SIM-001',
      message: `The simulated access point cannot open its folder ${dir}.`,
      hint: 'Another one may be running on it; otherwise check that the folder can be written.',
      cause,
    })
  }
}

/** What the simulated access point keeps. Every method is synchronous and durable when it returns. */
export const openSimulatorStore = (dir: string) => {
  const db = openDatabase(dir)
  const insertDocument = db.prepare(
    `INSERT INTO document (iviReferenceId, vin, version, sha256, bytes, outcome, acceptedFrom, count)
     VALUES (@iviReferenceId, @vin, @version, @sha256, @bytes, @outcome, @acceptedFrom, 1)
     ON CONFLICT (iviReferenceId) DO UPDATE SET count = count + 1`,
  )
  const findDocument = db.prepare<[string], StoredDocument & { number: number }>(
    'SELECT * FROM document WHERE iviReferenceId = ?',
  )
  const listAccepted = db.prepare<[number], Omit<AcceptedRow, 'version'> & { version: string }>(
    'SELECT iviReferenceId, vin, version, count, sha256 FROM document WHERE acceptedFrom <= ? ORDER BY number',
  )
  const insertRequest = db.prepare(
    `INSERT INTO request (at, operation, iviReferenceId, vin, messageId, sha256, outcome, answered)
     VALUES (@at, @operation, @iviReferenceId, @vin, @messageId, @sha256, @outcome, @answered)`,
  )
  const trimRequests = db.prepare('DELETE FROM request WHERE number <= ?')
  const listRequests = db.prepare<[], Omit<LoggedRequest, 'answered'> & { answered: number }>(
    'SELECT at, operation, iviReferenceId, vin, messageId, sha256, outcome, answered FROM request ORDER BY number',
  )
  const putBase = db.prepare(
    'INSERT INTO base (vin, bytes) VALUES (?, ?) ON CONFLICT (vin) DO UPDATE SET bytes = excluded.bytes',
  )
  const getBase = db.prepare<[string], { bytes: Buffer }>('SELECT bytes FROM base WHERE vin = ?')
  const putBehaviour = db.prepare(
    'INSERT INTO behaviour (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
  )
  const getBehaviour = db.prepare<[], { state: string }>('SELECT state FROM behaviour')

  return {
    /** Runs several of the methods below as one step: all of it is on disk or none. */
    together: <T>(work: () => T): T => db.transaction(work)(),
    /** Processes a document to acceptance once more; callers look with `find` first. */
    accept: (document: StoredDocument): void => void insertDocument.run(document),
    find: (iviReferenceId: string) => findDocument.get(iviReferenceId),
    accepted: (now: number): AcceptedRow[] =>
      listAccepted.all(now).map((row) => ({ ...row, version: Number(row.version) })),
    log(request: LoggedRequest): void {
      const { lastInsertRowid } = insertRequest.run({ ...request, answered: request.answered ? 1 : 0 })
      if (Number(lastInsertRowid) % 1_000 === 0) trimRequests.run(Number(lastInsertRowid) - KEPT_REQUESTS)
    },
    requests: (): LoggedRequest[] => listRequests.all().map((row) => ({ ...row, answered: row.answered === 1 })),
    putBase: (vin: string, bytes: Buffer): void => void putBase.run(vin, bytes),
    base: (vin: string): Buffer | undefined => getBase.get(vin)?.bytes,
    setBehaviour: (state: BehaviourState): void => void putBehaviour.run(JSON.stringify(state)),
    behaviour(): BehaviourState {
      const row = getBehaviour.get()
      return row ? (JSON.parse(row.state) as BehaviourState) : plainBehaviour
    },
    close: (): void => void db.close(),
  }
}
export type SimulatorStore = ReturnType<typeof openSimulatorStore>
