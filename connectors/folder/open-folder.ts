import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { watch } from 'chokidar'
import { GatewayError, type OpenFiles, type SourceItem } from '../../gateway/contract/index.ts'
import type { FolderConfig } from './config.ts'

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** A name that stays inside the folder. What a share lists is data from outside. */
const inside = (folder: string, name: string): string => {
  if (name === '' || name !== basename(name) || name === '.' || name === '..')
    throw new GatewayError({ kind: 'security', code: 'SRC-010', message: `"${name}" is no plain file name.` })
  return join(folder, name)
}

const versionOf = (stat: { mtimeMs: number; ino: number }): string => `${stat.mtimeMs}-${stat.ino}`

const isSame = (stat: { mtimeMs: number; ino: number; size: number }, item: SourceItem): boolean =>
  versionOf(stat) === item.version && stat.size === item.size

const changed = (key: string): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'SRC-011',
    message: `${key} is not the file any more that was listed.`,
    hint: 'It is taken at one of the next polls, when it stands still.',
    params: { key },
  })

/**
 * The bytes of an item, if it is the listed one from the first byte to the last: half an old file and half a new one
 * of the same length would else pass for one. A link in its place is not followed, a pipe does not block.
 */
async function* bytesOf(folder: string, item: SourceItem, signal: AbortSignal): AsyncGenerator<Buffer> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(inside(folder, item.key), flags)
  try {
    const before = await file.stat()
    if (!before.isFile() || !isSame(before, item)) throw changed(item.key)
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
      signal.throwIfAborted()
      yield chunk as Buffer
    }
    if (!isSame(await file.stat(), item)) throw changed(item.key)
  } finally {
    await file.close()
  }
}

/**
 * Whether an item that is gone lies in the archive: put away before a crash, and not written down any more. Its number may
 * be another since, where a share was mounted anew; the archived name carries time and hash, so name and size tell.
 */
const isArchived = async (to: string, item: SourceItem): Promise<boolean> => {
  try {
    const stat = await lstat(to)
    return stat.isFile() && stat.size === item.size
  } catch (error) {
    if (!isGone(error)) throw error
    return false
  }
}

/** Short, whatever the name: with anything added to it, a name of 255 bytes would be too long for the file system. */
const temporaryName = (name: string): string => `.${createHash('sha256').update(name).digest('hex').slice(0, 16)}.tmp`

/** Makes a rename durable. A share that cannot do it keeps its own promises. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}

/**
 * A watched folder on a local disk or a mounted share. Links and sub-folders are left alone.
 * @throws GatewayError SRC-012 when the archive would be the folder itself: what is put away would come in again
 */
export const openFolder = (config: FolderConfig): OpenFiles => {
  const folder = resolve(config.path)
  const archive = resolve(folder, config.archive)
  if (archive === folder)
    throw new GatewayError({
      kind: 'config',
      code: 'SRC-012',
      message: `The archive of ${folder} is the watched folder itself.`,
      hint: 'Name a sub-folder, such as archive.',
    })
  return {
    kind: 'files',
    async list({ signal }, wanted = () => true) {
      const items: SourceItem[] = []
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        signal.throwIfAborted()
        if (!entry.isFile() || !wanted(entry.name)) continue
        try {
          const stat = await lstat(join(folder, entry.name))
          if (stat.isFile()) items.push({ key: entry.name, size: stat.size, version: versionOf(stat) })
        } catch (error) {
          if (!isGone(error)) throw error
        }
      }
      return items
    },
    read: (item, { signal }) => Promise.resolve(Readable.from(bytesOf(folder, item, signal))),
    async settle(item, archiveName) {
      const from = inside(folder, item.key)
      const to = inside(archive, archiveName)
      try {
        const before = await lstat(from)
        if (!isSame(before, item)) return await isArchived(to, item)
        await mkdir(archive, { recursive: true })
        await rename(from, to)
        const put = await lstat(to)
        if (put.size === item.size && put.mtimeMs === before.mtimeMs) return true
        // Somebody began to write it anew just then: it must be found where it was, unless a newer one lies there already.
        await lstat(from).catch(() => rename(to, from))
        return false
      } catch (error) {
        if (!isGone(error)) throw error
        return isArchived(to, item)
      }
    },
    async remove(item) {
      const file = inside(folder, item.key)
      try {
        if (isSame(await lstat(file), item)) await rm(file)
      } catch (error) {
        if (!isGone(error)) throw error
      }
    },
    async writeBack(name, content) {
      const target = inside(folder, name)
      const temporary = join(folder, temporaryName(name))
      // Left by a crash, or a link that somebody laid there: neither is written through.
      await rm(temporary, { force: true })
      try {
        const file = await open(temporary, 'wx')
        try {
          await file.writeFile(content)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, target)
        await syncFolder(folder)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async withdraw(name) {
      await rm(inside(folder, name), { force: true })
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
