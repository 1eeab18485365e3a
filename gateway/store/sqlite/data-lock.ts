import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { GatewayError } from '../../contract/index.ts'

/**
 * One writer per data folder. The lock is a write lock on a small SQLite file:
 * the operating system drops it with the process, however that ends, so nothing stale is ever left behind.
 */
export const lockDataFolder = (folder: string): { release(): void } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new Sqlite(join(folder, 'lock.sqlite'), { timeout: 0 })
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    throw new GatewayError({
      kind: 'operational',
      code: 'STO-001',
      message: `The data folder ${folder} is in use by another gateway or command.`,
      hint: 'Stop the other process, or let the command go through the running gateway.',
      params: { folder },
      cause,
    })
  }
  return { release: () => db.close() }
}
