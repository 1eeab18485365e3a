import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tools } from '../tools.ts'

/**
 * Removes spool files that no row knows: the gateway ended between writing one and noting it down. The source still has
 * the item, so it is taken anew. Called before anything is taken.
 */
export const clearOrphans = async ({ dataFolder, store }: Pick<Tools, 'dataFolder' | 'store'>): Promise<void> => {
  const folder = join(dataFolder, 'spool')
  const names = await readdir(folder).catch(() => [])
  for (const name of names) if (!(await store.spools.has(name))) await rm(join(folder, name), { force: true })
}
