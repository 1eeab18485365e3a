import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { GatewayError } from './contract/index.ts'

/**
 * The stamp of a data folder (`sandbox` or `production`), read beside a running gateway and without changing anything.
 * @returns undefined when the folder has no database or is not stamped yet
 * @throws GatewayError CFG-015 when its database cannot be read
 */
export const readStamp = (dataFolder: string): string | undefined => {
  const file = join(dataFolder, 'gateway.sqlite')
  if (!existsSync(file)) return undefined
  let db: Sqlite.Database | undefined
  try {
    db = new Sqlite(file, { readonly: true, timeout: 5000 })
    if (!db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'setting'").get()) return undefined
    const value = db.prepare("SELECT value FROM setting WHERE key = 'kind'").pluck().get()
    return typeof value === 'string' ? value : undefined
  } catch (cause) {
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-015',
      message: `${file} cannot be read: ${(cause as Error).message}`,
      hint: 'Run the command as the user of the gateway, or restore the database from a backup.',
      cause,
    })
  } finally {
    db?.close()
  }
}
