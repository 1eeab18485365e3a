import { Readable } from 'node:stream'
import type { SFTPWrapper, Stats } from 'ssh2'
import { GatewayError, type OpenContext, type OpenFiles, type SourceItem } from '../../gateway/contract/index.ts'
import { changedItem, plainName, temporaryName } from '../support/item-names.ts'
import type { SftpConfig } from './config.ts'
import { readAhead } from './read-ahead.ts'
import { lstat, openSession } from './session.ts'

/** SFTP tells times in whole seconds: a change within one second that keeps the size is seen by its content only. */
const versionOf = (seconds: number): string => String(Math.trunc(seconds))
const isItem = (stats: Stats, item: SourceItem): boolean =>
  stats.isFile() && stats.size === item.size && versionOf(stats.mtime) === item.version

const openHandle = (raw: SFTPWrapper, path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => raw.open(path, 'r', (error, handle) => (error ? reject(error) : resolve(handle))))
const statHandle = (raw: SFTPWrapper, handle: Buffer): Promise<Stats> =>
  new Promise((resolve, reject) => raw.fstat(handle, (error, stats) => (error ? reject(error) : resolve(stats))))

/** The bytes of an item, if it is the listed one from the first byte to the last. */
async function* bytesOf(raw: SFTPWrapper, path: string, item: SourceItem, signal: AbortSignal): AsyncGenerator<Buffer> {
  const before = await lstat(raw, path)
  if (!before || !isItem(before, item)) throw changedItem(item.key)
  const handle = await openHandle(raw, path)
  try {
    if (!isItem(await statHandle(raw, handle), item)) throw changedItem(item.key)
    for await (const chunk of readAhead(raw, handle, item.size)) {
      signal.throwIfAborted()
      yield chunk
    }
    const after = await lstat(raw, path)
    if (!after || !isItem(after, item)) throw changedItem(item.key)
  } finally {
    raw.close(handle, () => undefined)
  }
}

const refused = (what: string, error: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'SRC-033',
    message: `The SFTP server does not let us ${what}: ${(error as Error).message}`,
    hint: 'Check the rights of the user on the folder and its archive.',
    cause: error,
  })

/**
 * A watched folder on an SFTP server. Links and sub-folders are left alone.
 * @throws GatewayError SRC-030 no connection, SRC-031 another host key, SRC-032 login refused, SRC-033 rights are missing
 */
export const openSftp = async (config: SftpConfig, context: OpenContext): Promise<OpenFiles> => {
  const session = await openSession(config, context)
  const { client, raw } = session
  const at = (name: string): string => `${config.folder}/${plainName(name)}`
  const archived = (name: string): string => `${config.folder}/${config.archive}/${plainName(name)}`
  const trying = async <T>(what: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> => {
    try {
      return await session.call(signal, action)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof GatewayError ? error : refused(what, error)
    }
  }
  return {
    kind: 'files',
    list: ({ signal }, wanted = () => true) =>
      trying('list the folder', signal, async () => {
        const entries = await client.list(config.folder)
        return entries.flatMap(({ type, name, size, modifyTime }) =>
          type === '-' && wanted(name) ? [{ key: name, size, version: versionOf(modifyTime / 1000) }] : [],
        )
      }),
    async read(item, { signal }) {
      const path = at(item.key)
      const stream = Readable.from(bytesOf(raw, path, item, signal), { objectMode: false })
      const stop = (): void => {
        session.close()
        stream.destroy(signal.reason as Error)
      }
      signal.addEventListener('abort', stop, { once: true })
      stream.once('close', () => signal.removeEventListener('abort', stop))
      if (signal.aborted) stop()
      return await Promise.resolve(stream)
    },
    async settle(item, archiveName, { signal }) {
      const [from, to] = [at(item.key), archived(archiveName)]
      return trying('put a file away', signal, async () => {
        const there = await lstat(raw, from)
        if (there && isItem(there, item)) {
          if (!(await client.exists(`${config.folder}/${config.archive}`)))
            await client.mkdir(`${config.folder}/${config.archive}`)
          // The name carries time and hash: what lies under it is the same content, dropped twice within a second.
          if (await lstat(raw, to)) await client.delete(to, true)
          await client.rename(from, to)
          const put = await lstat(raw, to)
          // Its size alone: not every server keeps the time.
          if (!put || put.size === item.size) return true
          // Somebody began to write it anew just then: it must be found where it was.
          if (!(await lstat(raw, from))) await client.rename(to, from)
          return false
        }
        // Put away before a crash, and not written down any more.
        const put = await lstat(raw, to)
        return put?.isFile() === true && put.size === item.size
      })
    },
    async remove(item, { signal }) {
      const path = at(item.key)
      await trying('delete a file', signal, async () => {
        const there = await lstat(raw, path)
        if (there && isItem(there, item)) await client.delete(path, true)
      })
    },
    async writeBack(name, content, { signal }) {
      const [target, temporary] = [at(name), `${config.folder}/${temporaryName(name)}`]
      await trying('write an answer', signal, async () => {
        // Left by a crash, or a link that somebody laid there: neither is written through.
        await client.delete(temporary, true)
        await client.put(content, temporary, { writeStreamOptions: { flags: 'wx' as 'w' } })
        await client.posixRename(temporary, target)
      })
    },
    async withdraw(name, { signal }) {
      await trying('take an answer away', signal, () => client.delete(at(name), true))
    },
    close() {
      session.close()
      return Promise.resolve()
    },
  }
}
