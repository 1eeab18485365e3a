import { PassThrough, Readable } from 'node:stream'
import type { Client } from 'basic-ftp'
import { GatewayError, type OpenContext, type OpenFiles, type SourceItem } from '../../gateway/contract/index.ts'
import { changedItem, plainName, temporaryName } from '../support/item-names.ts'
import type { FtpsConfig } from './config.ts'
import { factsOf, type FileFacts, lookAt, openSession } from './session.ts'

const isItem = (facts: FileFacts | undefined, item: SourceItem): boolean =>
  facts?.size === item.size && facts.version === item.version

const refused = (what: string, error: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'SRC-043',
    message: `The FTPS server does not let us ${what}: ${(error as Error).message}`,
    hint: 'Check the rights of the user on the folder and its archive.',
    cause: error,
  })

/**
 * A watched folder on an FTPS server. Links and sub-folders are left alone.
 * @throws GatewayError SRC-040 no connection, SRC-041 certificate, SRC-042 login, SRC-043 rights are missing
 */
export const openFtps = async (config: FtpsConfig, context: OpenContext): Promise<OpenFiles> => {
  const session = await openSession(config, context)
  const { folder } = session
  const archive = `${folder}/${config.archive}`
  const trying = async <T>(what: string, signal: AbortSignal, action: (client: Client) => Promise<T>): Promise<T> => {
    try {
      return await session.call(signal, action)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof GatewayError ? error : refused(what, error)
    }
  }
  /** Copies the item into the stream, if it is the listed one from the first byte to the last. */
  const copy = async (client: Client, item: SourceItem, to: PassThrough): Promise<void> => {
    if (!isItem(await lookAt(client, folder, item.key), item)) throw changedItem(item.key)
    // It ends its target; the last look must come before that.
    const body = new PassThrough()
    body.on('data', (chunk: Buffer) => {
      if (to.write(chunk)) return
      body.pause()
      to.once('drain', () => body.resume())
    })
    to.once('close', () => body.destroy())
    await client.downloadTo(body, `${folder}/${item.key}`)
    if (!isItem(await lookAt(client, folder, item.key), item)) throw changedItem(item.key)
  }
  return {
    kind: 'files',
    list: ({ signal }, wanted = () => true) =>
      trying('list the folder', signal, async (client) => {
        // Some servers list a folder that is not there as an empty one.
        await client.cd(folder)
        const items: SourceItem[] = []
        for (const entry of await client.list()) {
          signal.throwIfAborted()
          if (!entry.isFile || !wanted(entry.name)) continue
          const facts = await factsOf(client, entry.name, entry)
          if (facts) items.push({ key: entry.name, ...facts })
        }
        return items
      }),
    async read(item, { signal }) {
      plainName(item.key)
      const stream = new PassThrough({ highWaterMark: 256 * 1024 })
      void trying('read a file', signal, (client) => copy(client, item, stream)).then(
        () => stream.end(),
        (error: unknown) => stream.destroy(error as Error),
      )
      return await Promise.resolve(stream)
    },
    async settle(item, archiveName, { signal }) {
      const [from, to] = [plainName(item.key), plainName(archiveName)]
      return trying('put a file away', signal, async (client) => {
        if (isItem(await lookAt(client, folder, from), item)) {
          await client.send(`MKD ${archive}`).catch(() => undefined)
          await client.rename(`${folder}/${from}`, `${archive}/${to}`)
          // Its size alone: not every server keeps the time.
          if ((await lookAt(client, archive, to))?.size === item.size) return true
          // Somebody began to write it anew just then: it must be found where it was.
          if (!(await lookAt(client, folder, from))) await client.rename(`${archive}/${to}`, `${folder}/${from}`)
          return false
        }
        // Not there is told as not allowed is (550): only where we may look, nothing means nothing.
        await client.cd(folder)
        // Put away before a crash, and not written down any more.
        return (await lookAt(client, archive, to))?.size === item.size
      })
    },
    async remove(item, { signal }) {
      const name = plainName(item.key)
      await trying('delete a file', signal, async (client) => {
        if (isItem(await lookAt(client, folder, name), item)) await client.remove(`${folder}/${name}`)
      })
    },
    async writeBack(name, content, { signal }) {
      const [target, temporary] = [`${folder}/${plainName(name)}`, `${folder}/${temporaryName(name)}`]
      await trying('write an answer', signal, async (client) => {
        // Left by a crash, or a link that somebody laid there: neither is written through.
        await client.remove(temporary, true)
        await client.uploadFrom(Readable.from([content], { objectMode: false }), temporary)
        await client.rename(temporary, target)
      })
    },
    async withdraw(name, { signal }) {
      const path = `${folder}/${plainName(name)}`
      await trying('take an answer away', signal, (client) => client.remove(path, true))
    },
    close() {
      session.close()
      return Promise.resolve()
    },
  }
}
