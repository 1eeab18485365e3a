import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { GatewayError, type Sha256, type SourceItem, type SpooledFile, type SpoolId } from '../contract/index.ts'
import { newId } from '../support/new-id.ts'

export interface SpoolTarget {
  readonly folder: string
  readonly source: string
  readonly maxBytes: number
}

/** Makes a rename durable: the folder's own entry must reach the disk too. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Copies an item into the spool: hashed while it streams, fsynced, then renamed, so that a spooled file is whole.
 * The file's name is ours; the name from outside is only data.
 * @throws GatewayError INT-001 larger than allowed, INT-002 it changed while it was read
 */
export const spoolItem = async (item: SourceItem, bytes: Readable, target: SpoolTarget): Promise<SpooledFile> => {
  // An item that vanished before the first read tells so by an event; unheard, it would end the process.
  bytes.on('error', () => undefined)
  const id = newId() as SpoolId
  const path = join(target.folder, id)
  const temporary = `${path}.tmp`
  const hash = createHash('sha256')
  let size = 0
  try {
    await mkdir(target.folder, { recursive: true, mode: 0o700 })
    const file = await open(temporary, 'wx', 0o600)
    try {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        size += chunk.length
        if (size > target.maxBytes) throw tooLarge(item.key, target.maxBytes)
        hash.update(chunk)
        await file.writeFile(chunk)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    if (size !== item.size) throw changed(item.key)
    await rename(temporary, path)
    await syncFolder(target.folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    bytes.destroy()
  }
  return { id, source: target.source, key: item.key, path, size, sha256: hash.digest('hex') as Sha256 }
}

const tooLarge = (key: string, max: number): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'INT-001',
    message: `${key} is larger than the ${max} bytes that are allowed.`,
    hint: 'Split the export, or raise maxBytes of the source.',
    params: { key, max },
  })

const changed = (key: string): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'INT-002',
    message: `${key} changed while it was read.`,
    hint: 'It is taken at one of the next polls, when it stands still.',
    params: { key },
  })
