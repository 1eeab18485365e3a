import type { AccessPointContext } from '../../../gateway/contract/access-point.ts'
import { lstat, openSession } from '../../sftp/session.ts'
import { plainName, temporaryName } from '../../support/item-names.ts'
import type { FileDropConfig } from './config.ts'
import type { Place } from './place.ts'

/**
 * Folders on an SFTP server whose key is pinned, over one connection.
 * @throws GatewayError SRC-030 no connection, SRC-031 another host key, SRC-032 login refused
 */
export const sftpPlace = async (
  server: NonNullable<FileDropConfig['sftp']>,
  context: AccessPointContext,
): Promise<Place> => {
  const session = await openSession({ ...server, folder: '.', archive: 'archive' }, context)
  const { client, raw } = session
  const run = <T>(action: () => Promise<T>): Promise<T> => session.call(context.signal, action)
  const at = (folder: string, name: string): string => `${folder}/${plainName(name)}`
  return {
    list: (folder) =>
      run(async () => {
        const entries = await client.list(folder)
        return entries.flatMap(({ type, name, size, modifyTime }) =>
          type === '-' ? [{ name, size, version: String(modifyTime) }] : [],
        )
      }),
    read: (folder, name, maxBytes) =>
      run(async () => {
        const stat = await lstat(raw, at(folder, name))
        if (!stat?.isFile()) return undefined
        // `end` is the place of the last byte that is read.
        const read = (await client.get(at(folder, name), undefined, {
          readStreamOptions: { end: maxBytes } as object,
        })) as Buffer
        return read
      }),
    put: (folder, name, bytes, mayLie) =>
      run(async () => {
        const [target, temporary] = [at(folder, name), `${folder}/${temporaryName(name)}`]
        if (await lstat(raw, target)) return false
        await client.delete(temporary, true)
        await client.put(bytes, temporary, { writeStreamOptions: { flags: 'wx' } as object })
        mayLie(true)
        try {
          // Plain SSH_FXP_RENAME fails where the name is taken (SFTP 3, 6.5); posix-rename would replace.
          await client.rename(temporary, target)
          return true
        } catch (error) {
          // Asked over the same connection: where it is gone, this fails too, and the file may lie there.
          const isThere = await lstat(raw, target)
          if (!isThere) mayLie(false)
          await client.delete(temporary, true)
          if (isThere) return false
          throw error
        }
      }),
    close: () => session.close(),
  }
}
