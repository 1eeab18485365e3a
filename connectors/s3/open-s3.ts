import { Readable } from 'node:stream'
import { GatewayError, type OpenContext, type OpenFiles, type SourceItem } from '../../gateway/contract/index.ts'
import { changedItem, plainName } from '../support/item-names.ts'
import { bucketOf, type Seen } from './bucket.ts'
import type { S3Config } from './config.ts'
import { openSession } from './session.ts'
import { isOther } from './why-not.ts'

/** CopyObject takes no larger one. */
const largestCopy = 5 * 1024 ** 3

const isItem = (seen: Seen | undefined, item: SourceItem): boolean =>
  seen?.size === item.size && seen.version === item.version

async function* bytesOf(body: Readable, check: () => Promise<void>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield chunk as Buffer
  await check()
}

/**
 * The objects below a prefix of a bucket, one level deep.
 * @throws GatewayError SRC-050 no connection, SRC-051 certificate, SRC-052 access key, SRC-053 refused, SRC-054 too large to put away
 */
export const openS3 = async (config: S3Config, context: OpenContext): Promise<OpenFiles> => {
  const session = await openSession(config, context)
  const { bucket: Bucket, prefix, versions, conditional } = config
  const bucket = bucketOf(config, session)
  const { trying } = bucket
  const at = (name: string): string => `${prefix}${plainName(name)}`
  const archived = (name: string): string => `${prefix}${config.archive}/${plainName(name)}`

  /** Takes exactly this item away; a newer one of its name stays. */
  const take = async (item: SourceItem, signal: AbortSignal): Promise<void> => {
    const Key = at(item.key)
    if (!versions) {
      // The quotes belong to an entity tag (RFC 9110, 8.8.3).
      const exactly = conditional ? { IfMatch: `"${item.version}"` } : {}
      return trying('delete an object', signal, async (s3, options) => {
        try {
          await s3.deleteObject({ Bucket, Key, ...exactly }, options)
        } catch (error) {
          if (!isOther(error)) throw error
        }
      })
    }
    // Deleting the version alone would bring an older one back. A mark hides them all, also one that came just before it:
    // then the mark goes again.
    const mark = await trying('delete an object', signal, (s3, options) => s3.deleteObject({ Bucket, Key }, options))
    const VersionId = mark.VersionId
    if (VersionId === undefined || (await bucket.newest(Key, signal)) === item.version) return
    await trying('show an object again', signal, (s3, options) => s3.deleteObject({ Bucket, Key, VersionId }, options))
  }

  const copy = async (item: SourceItem, to: string, signal: AbortSignal): Promise<boolean> => {
    if (item.size > largestCopy)
      throw new GatewayError({
        kind: 'operational',
        code: 'SRC-054',
        message: `${item.key} has ${item.size} bytes: a storage service copies no more than ${largestCopy} at once.`,
        hint: 'Let smaller files be written, or set `settle` to delete or leave.',
        params: { key: item.key },
      })
    const from = `${Bucket}/${at(item.key).split('/').map(encodeURIComponent).join('/')}`
    const source = versions
      ? { CopySource: `${from}?versionId=${encodeURIComponent(item.version)}` }
      : { CopySource: from, CopySourceIfMatch: `"${item.version}"` }
    return trying('put an object away', signal, async (s3, options) => {
      try {
        await s3.copyObject({ Bucket, Key: to, ...source }, options)
        return true
      } catch (error) {
        if (isOther(error)) return false
        throw error
      }
    })
  }

  return {
    kind: 'files',
    list: ({ signal }, wanted = () => true) => bucket.list(signal, wanted),
    async read(item, { signal }) {
      const Key = at(item.key)
      const exactly = versions ? { VersionId: item.version } : { IfMatch: `"${item.version}"` }
      const reply = await trying('read an object', signal, async (s3, options) => {
        try {
          return await s3.getObject({ Bucket, Key, ...exactly }, options)
        } catch (error) {
          throw isOther(error) ? changedItem(item.key) : error
        }
      })
      const body = reply.Body as Readable
      // What came is whole; whether it is still the newest is asked at the end.
      const check = async (): Promise<void> => {
        if (!isItem(await bucket.look(Key, signal), item)) throw changedItem(item.key)
      }
      const stream = Readable.from(bytesOf(body, check), { objectMode: false })
      const ends = AbortSignal.any([signal, session.closed])
      const stop = (): void => {
        body.destroy()
        stream.destroy(ends.reason as Error)
      }
      ends.addEventListener('abort', stop, { once: true })
      stream.once('close', () => {
        ends.removeEventListener('abort', stop)
        body.destroy()
      })
      body.on('error', () => undefined)
      if (reply.ContentLength !== item.size) stream.destroy(changedItem(item.key))
      if (ends.aborted) stop()
      return stream
    },
    async settle(item, archiveName, { signal }) {
      const [from, to] = [at(item.key), archived(archiveName)]
      // The archived name carries time and hash: one of that size is this item, put away before a crash.
      if (!isItem(await bucket.look(from, signal), item)) return (await bucket.look(to, signal))?.size === item.size
      if (!(await copy(item, to, signal))) return false
      await take(item, signal)
      return true
    },
    async remove(item, { signal }) {
      if (isItem(await bucket.look(at(item.key), signal), item)) await take(item, signal)
    },
    async writeBack(name, content, { signal }) {
      const Key = at(name)
      await trying('write an answer', signal, (s3, options) => s3.putObject({ Bucket, Key, Body: content }, options))
    },
    async withdraw(name, { signal }) {
      const Key = at(name)
      // Where versions are kept, deleting nothing would leave a mark each time.
      if (versions && !(await bucket.look(Key, signal))) return
      await trying('take an answer away', signal, (s3, options) => s3.deleteObject({ Bucket, Key }, options))
    },
    close() {
      session.close()
      return Promise.resolve()
    },
  }
}
