import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Test } from 'tap'
import sql from '../../connectors/sql/connector.ts'
import type { OpenRows, RecordStatus, SourceRow, TestStep, Watermark } from '../../gateway/contract/index.ts'
import { startTdsDouble, type TdsDouble } from '../fakes/tds-double.ts'
import type { DatabaseServer } from './database-server.ts'
import { testFiles } from './site-files.ts'

export const calling = (ms = 20_000) => ({ signal: AbortSignal.timeout(ms), files: testFiles })

/** Settings for a server of the tests. */
export const reachOf = (dialect: string, server: DatabaseServer, user = server.user) => ({
  ...{ dialect, host: '127.0.0.1', port: server.port, database: server.database },
  ...{ user, password: server.password, trustAnchors: [server.trustAnchor] },
})

export const openSource = async (t: Test, config: object): Promise<OpenRows> => {
  const open = await sql.open(sql.config.parse(config), calling())
  t.teardown(() => open.close())
  return open
}

export const testSource = (config: object): Promise<readonly TestStep[]> =>
  sql.test(sql.config.parse(config), calling())

/** All rows after a place, page by page. */
export const allRows = async (open: OpenRows, limit: number, from?: Watermark): Promise<SourceRow[]> => {
  const rows: SourceRow[] = []
  for (let after = from; ;) {
    const page = await open.page(after, limit, calling())
    rows.push(...page)
    if (page.length < limit) return rows
    after = page.at(-1)
  }
}

export const statusOf = (sourceKey: string, over: Partial<RecordStatus> = {}): RecordStatus => ({
  ...{ recordKey: `record-${sourceKey}`, sourceKey, vin: 'EXZCHASS5NL000001' },
  ...{ coc_status: 'accepted', coc_ref: 'NAP-1', coc_at: '2026-02-03T04:05:06.789Z' },
  ...{ coc_error_code: '', coc_error_text: '', coc_doc_sha256: 'a'.repeat(64) },
  ...over,
})

export const written = async (open: OpenRows, status: RecordStatus): Promise<void> =>
  open.writeStatus?.(status, calling())

/** A double of SQL Server over an empty database, and settings for it. */
export const startMssql = async (t: Test): Promise<{ db: Database.Database; server: TdsDouble; reach: object }> => {
  const home = await mkdtemp(join(tmpdir(), 'ecoc-tds-'))
  await writeFile(join(home, 'password'), 'pw\n')
  const db = new Database(':memory:')
  const server = await startTdsDouble(db)
  t.teardown(async () => {
    await server.stop()
    db.close()
    await rm(home, { recursive: true, force: true })
  })
  const reach = { dialect: 'mssql', host: '127.0.0.1', port: server.port, database: 'erp', user: 'app', tls: 'off' }
  return { db, server, reach: { ...reach, password: join(home, 'password') } }
}
