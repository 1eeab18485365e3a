import { createReadStream } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { watch } from 'chokidar'
import { GatewayError, type OpenSource, type SourceItem } from '../../gateway/contract/index.ts'
import type { FolderConfig } from './config.ts'

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** A name that stays inside the folder. What a share lists is data from outside. */
const inside = (folder: string, name: string): string => {
  if (name === '' || name !== basename(name) || name === '.' || name === '..')
    throw new GatewayError({ kind: 'security', code: 'SRC-010', message: `"${name}" is no plain file name.` })
  return join(folder, name)
}

const versionOf = (stat: { mtimeMs: number; ino: number }): string => `${stat.mtimeMs}-${stat.ino}`

/** A watched folder on a local disk or a mounted share. Links and sub-folders are left alone. */
export const openFolder = (config: FolderConfig): OpenSource => {
  const folder = resolve(config.path)
  const archive = resolve(folder, config.archive)
  return {
    async list({ signal }) {
      const items: SourceItem[] = []
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        signal.throwIfAborted()
        if (!entry.isFile()) continue
        try {
          const stat = await lstat(join(folder, entry.name))
          if (stat.isFile()) items.push({ key: entry.name, size: stat.size, version: versionOf(stat) })
        } catch (error) {
          if (!isGone(error)) throw error
        }
      }
      return items
    },
    read: (item, { signal }) => Promise.resolve(createReadStream(inside(folder, item.key), { signal })),
    async settle(item, archiveName) {
      const from = inside(folder, item.key)
      try {
        if (versionOf(await lstat(from)) !== item.version) return
        await mkdir(archive, { recursive: true })
        await rename(from, inside(archive, archiveName))
      } catch (error) {
        if (!isGone(error)) throw error
      }
    },
    async writeBack(name, content) {
      const target = inside(folder, name)
      const temporary = join(folder, `.${name}.tmp`)
      try {
        const file = await open(temporary, 'w')
        try {
          await file.writeFile(content)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, target)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    watch(onChange) {
      const watcher = watch(folder, { depth: 0, ignoreInitial: true, ignorePermissionErrors: true })
      watcher.on('add', onChange).on('change', onChange)
      // A share may not tell, or stop telling: the polls find everything all the same.
      watcher.on('error', () => undefined)
      return () => void watcher.close()
    },
    close: () => Promise.resolve(),
  }
}
