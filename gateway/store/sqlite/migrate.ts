import { readdirSync } from 'node:fs'
import type { Database as Sqlite } from 'better-sqlite3'
import { GatewayError } from '../../contract/index.ts'

const folder = new URL('../migrations/', import.meta.url)

/**
 * Brings the schema to the newest version. Numbered files, each once, each in one transaction.
 * Refuses a data folder that a newer gateway has written: a downgrade would lose what it does not know.
 */
export const migrate = async (db: Sqlite): Promise<void> => {
  const names = readdirSync(folder)
    .filter((f) => /^\d{4}-[a-z0-9-]+\.(ts|js)$/.test(f))
    .sort()
  const done = db.pragma('user_version', { simple: true }) as number
  if (done > names.length)
    throw new GatewayError({
      kind: 'config',
      code: 'STO-002',
      message: `The data folder was written by a newer gateway (schema ${done}, this one knows ${names.length}).`,
      hint: 'Start the newer version, or restore a backup made before the upgrade.',
    })
  for (const [i, name] of names.entries()) {
    if (i < done) continue
    const { up } = (await import(new URL(name, folder).href)) as { up: string }
    db.transaction(() => {
      db.exec(up)
      db.pragma(`user_version = ${i + 1}`)
    }).immediate()
  }
}
