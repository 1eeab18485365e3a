import type { Database } from './database.ts'
import { Access } from './repositories/access.ts'
import { Attempts } from './repositories/attempts.ts'
import { Bases } from './repositories/bases.ts'
import { Certificates } from './repositories/certificates.ts'
import { Comparisons } from './repositories/comparisons.ts'
import { Contents } from './repositories/contents.ts'
import { Deliveries } from './repositories/deliveries.ts'
import { Earlier } from './repositories/earlier.ts'
import { Ecocs } from './repositories/ecocs.ts'
import { Events } from './repositories/events.ts'
import { Findings } from './repositories/findings.ts'
import { GoLiveSteps } from './repositories/go-live-steps.ts'
import { Jobs } from './repositories/jobs.ts'
import { MapperReleases } from './repositories/mapper-releases.ts'
import { MasterData } from './repositories/master-data.ts'
import { Picks } from './repositories/picks.ts'
import { Receipts } from './repositories/receipts.ts'
import { Reports } from './repositories/reports.ts'
import { Settings } from './repositories/settings.ts'
import { SignOffs } from './repositories/sign-offs.ts'
import { Sources } from './repositories/sources.ts'
import { Spools } from './repositories/spools.ts'
import { TrustLists } from './repositories/trust-lists.ts'
import { Weighings } from './repositories/weighings.ts'
import { WriteBacks } from './repositories/write-backs.ts'
import type { Write } from './writes.ts'

/** Told after every commit which lists went in; used to wake workers and the UI. Must not throw. */
export type CommitListener = (writes: readonly Write[]) => void

/**
 * Everything the gateway knows. Reads go through one repository per table; every change goes through `commit`,
 * which takes a list of writes and makes them true together, state, content and audit event alike.
 */
export class Store {
  readonly spools: Spools
  readonly sources: Sources
  readonly ecocs: Ecocs
  readonly contents: Contents
  readonly findings: Findings
  readonly signOffs: SignOffs
  readonly weighings: Weighings
  readonly attempts: Attempts
  readonly receipts: Receipts
  readonly picks: Picks
  readonly writeBacks: WriteBacks
  readonly jobs: Jobs
  readonly events: Events
  readonly masterData: MasterData
  readonly bases: Bases
  readonly mapperReleases: MapperReleases
  readonly access: Access
  readonly settings: Settings
  readonly earlier: Earlier
  readonly comparisons: Comparisons
  readonly reports: Reports
  readonly goLiveSteps: GoLiveSteps
  readonly deliveries: Deliveries
  readonly trustLists: TrustLists
  readonly certificates: Certificates
  readonly #db: Database
  readonly #listeners = new Set<CommitListener>()

  constructor(db: Database) {
    this.#db = db
    this.spools = new Spools(db)
    this.sources = new Sources(db)
    this.ecocs = new Ecocs(db)
    this.contents = new Contents(db)
    this.findings = new Findings(db)
    this.signOffs = new SignOffs(db)
    this.weighings = new Weighings(db)
    this.attempts = new Attempts(db)
    this.receipts = new Receipts(db)
    this.picks = new Picks(db)
    this.writeBacks = new WriteBacks(db)
    this.jobs = new Jobs(db)
    this.events = new Events(db)
    this.masterData = new MasterData(db)
    this.bases = new Bases(db)
    this.mapperReleases = new MapperReleases(db)
    this.access = new Access(db)
    this.settings = new Settings(db)
    this.earlier = new Earlier(db)
    this.comparisons = new Comparisons(db)
    this.reports = new Reports(db)
    this.goLiveSteps = new GoLiveSteps(db)
    this.deliveries = new Deliveries(db)
    this.trustLists = new TrustLists(db)
    this.certificates = new Certificates(db)
  }

  /**
   * Commits the writes whole or not at all.
   * @throws GatewayError STO-003 when an expected row was changed by somebody else; the database's own errors.
   */
  async commit(writes: readonly Write[]): Promise<void> {
    const [error] = await this.commitEach([writes])
    if (error) throw error
  }

  /** Commits many lists in one transaction; each list stands or falls alone. */
  async commitEach(lists: readonly (readonly Write[])[]): Promise<readonly (Error | undefined)[]> {
    const errors = await this.#db.commitEach(lists)
    const done = lists.filter((_, i) => !errors[i]).flat()
    for (const listener of this.#listeners) listener(done)
    return errors
  }

  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  backup(file: string): Promise<void> {
    return this.#db.backup(file)
  }

  close(): Promise<void> {
    return this.#db.close()
  }
}
