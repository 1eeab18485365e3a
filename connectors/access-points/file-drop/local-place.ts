import { constants } from 'node:fs'
import { link, lstat, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { plainName, temporaryName } from '../../support/item-names.ts'
import type { Entry, Place } from './place.ts'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''
const isGone = (error: unknown): boolean => codeOf(error) === 'ENOENT'

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (isGone(error)) return false
      throw error
    },
  )

/** Makes a new name durable. A share that cannot do it keeps its own promises. */
const syncFolder = async (folder: string): Promise<void> => {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    return
  }
}

/** A hard link never replaces anything. Shares without links look first, which is as good as they can. */
const giveName = async (temporary: string, target: string): Promise<boolean> => {
  try {
    await link(temporary, target)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error
    if (await exists(target)) return false
    await rename(temporary, target)
    return true
  }
}

const write = async (temporary: string, bytes: Buffer): Promise<void> => {
  // Left by a crash, or a link that somebody laid there: neither is written through.
  await rm(temporary, { force: true })
  const file = await open(temporary, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Folders of this machine, mounted shares included. */
export const localPlace = (signal: AbortSignal): Place => ({
  async list(folder) {
    const found: Entry[] = []
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      signal.throwIfAborted()
      if (!entry.isFile()) continue
      try {
        const { size, mtimeMs, ino } = await lstat(join(folder, entry.name))
        found.push({ name: entry.name, size, version: `${mtimeMs}-${ino}` })
      } catch (error) {
        if (!isGone(error)) throw error
      }
    }
    return found
  },
  async read(folder, name, maxBytes) {
    try {
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
      const file = await open(join(folder, plainName(name)), flags)
      try {
        const buffer = Buffer.alloc(Math.min((await file.stat()).size, maxBytes) + 1)
        let length = 0
        for (;;) {
          const { bytesRead } = await file.read(buffer, length, buffer.length - length)
          length += bytesRead
          if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length)
        }
      } finally {
        await file.close()
      }
    } catch (error) {
      if (isGone(error)) return undefined
      throw error
    }
  },
  async put(folder, name, bytes, mayLie) {
    const target = join(folder, plainName(name))
    const temporary = join(folder, temporaryName(name))
    if (await exists(target)) return false
    try {
      await write(temporary, bytes)
      signal.throwIfAborted()
      mayLie(true)
      const put = await giveName(temporary, target).catch((error: unknown) => {
        // A file system says whether it did it.
        mayLie(false)
        throw error
      })
      await syncFolder(folder)
      return put
    } finally {
      await rm(temporary, { force: true })
    }
  },
  close: () => undefined,
})
