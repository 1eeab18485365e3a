import type { ListObjectVersionsOutput, ListObjectsV2Output, S3 } from '@aws-sdk/client-s3'
import { GatewayError, type SourceItem } from '../../gateway/contract/index.ts'
import type { S3Config } from './config.ts'
import type { S3Session } from './session.ts'
import { isForbidden, isOther, whyNot } from './why-not.ts'

/** What lies under a key, as far as it tells one item from another. */
export type Seen = Pick<SourceItem, 'size' | 'version'>

/** Keys are asked for percent-encoded: one with a control character would spoil the XML of the whole listing. */
const decoded = (key: string, encoding: string | undefined): string => {
  if (encoding !== 'url') return key
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return key
  }
}

export const etagOf = (text: string | undefined): string => (text ?? '').replaceAll('"', '')

/** Listings and looks at a bucket; a version is a version id where the bucket keeps versions, else an ETag. */
export const bucketOf = (config: S3Config, session: S3Session) => {
  const { bucket: Bucket, prefix: Prefix, versions } = config
  type Call<T> = Parameters<typeof session.call<T>>[1]
  /** @throws GatewayError SRC-050 to SRC-053 */
  const trying = async <T>(what: string, signal: AbortSignal, action: Call<T>): Promise<T> => {
    try {
      return await session.call(signal, action)
    } catch (error) {
      signal.throwIfAborted()
      throw whyNot(config, what, error)
    }
  }

  /** All pages of a listing; a service that gives the same page again is not followed for ever. */
  const pages = async <P extends { IsTruncated?: boolean | undefined }>(
    signal: AbortSignal,
    ask: (s3: S3, last: P | undefined, options: { abortSignal: AbortSignal }) => Promise<P>,
    place: (page: P) => string | undefined,
    use: (page: P) => void,
  ): Promise<void> => {
    let last: P | undefined
    for (;;) {
      const before = last
      const page: P = await trying('list the objects', signal, (s3, options) => ask(s3, before, options))
      use(page)
      if (page.IsTruncated !== true) return
      const next = place(page)
      if (next === undefined || (before && place(before) === next))
        throw new GatewayError({
          kind: 'operational',
          code: 'SRC-053',
          message: `The listing of bucket ${Bucket} does not go on where a page of it ends.`,
          hint: 'Tell the owner of the service; fewer objects below the prefix would fit into one page.',
        })
      last = page
    }
  }

  /** @param under the beginning of the keys */
  const listNow = async (under: string, signal: AbortSignal, add: (key: string, seen: Seen) => void): Promise<void> => {
    const query = { Bucket, Prefix: under, Delimiter: '/', EncodingType: 'url' as const }
    await pages<ListObjectsV2Output>(
      signal,
      (s3, last, options) =>
        s3.listObjectsV2(
          { ...query, ...(last?.NextContinuationToken ? { ContinuationToken: last.NextContinuationToken } : {}) },
          options,
        ),
      (page) => page.NextContinuationToken,
      ({ Contents = [], EncodingType }) => {
        for (const { Key = '', Size = 0, ETag } of Contents)
          add(decoded(Key, EncodingType), { size: Size, version: etagOf(ETag) })
      },
    )
  }

  /** @param under the beginning of the keys; newest versions come first */
  const listVersions = async (
    under: string,
    signal: AbortSignal,
    add: (key: string, seen: Seen, isLatest: boolean) => void,
  ): Promise<void> => {
    const query = { Bucket, Prefix: under, Delimiter: '/', EncodingType: 'url' as const }
    await pages<ListObjectVersionsOutput>(
      signal,
      (s3, last, options) =>
        s3.listObjectVersions(
          {
            ...query,
            ...(last ? { KeyMarker: decoded(last.NextKeyMarker ?? '', last.EncodingType) } : {}),
            ...(last?.NextVersionIdMarker ? { VersionIdMarker: last.NextVersionIdMarker } : {}),
          },
          options,
        ),
      ({ NextKeyMarker, NextVersionIdMarker }) => NextKeyMarker && `${NextKeyMarker} ${NextVersionIdMarker ?? ''}`,
      ({ Versions = [], EncodingType }) => {
        for (const { Key = '', Size = 0, VersionId = 'null', IsLatest } of Versions)
          add(decoded(Key, EncodingType), { size: Size, version: VersionId }, IsLatest === true)
      },
    )
  }

  const lookInListing = async (wanted: string, signal: AbortSignal): Promise<Seen | undefined> => {
    let found: Seen | undefined
    const take = (key: string, seen: Seen, isLatest = true): void => {
      if (key === wanted && isLatest) found = seen
    }
    await (versions ? listVersions(wanted, signal, take) : listNow(wanted, signal, take))
    return found
  }

  return {
    trying,
    async list(signal: AbortSignal, wanted: (name: string) => boolean): Promise<readonly SourceItem[]> {
      const items: SourceItem[] = []
      const add = (key: string, seen: Seen): void => {
        const name = key.slice(Prefix.length)
        // The prefix itself may be an object: some programs make one for a folder.
        if (name !== '' && !name.includes('/') && wanted(name)) items.push({ key: name, ...seen })
      }
      if (versions)
        await listVersions(Prefix, signal, (key, seen, isLatest) => {
          if (isLatest) add(key, seen)
        })
      else await listNow(Prefix, signal, add)
      return items
    },
    /** What lies under a key now; undefined when nothing does. */
    async look(Key: string, signal: AbortSignal): Promise<Seen | undefined> {
      try {
        const head = await session.call(signal, (s3, options) => s3.headObject({ Bucket, Key }, options))
        const version = versions ? (head.VersionId ?? 'null') : etagOf(head.ETag)
        return { size: head.ContentLength ?? 0, version }
      } catch (error) {
        signal.throwIfAborted()
        if (isOther(error)) return undefined
        // Without the right to list the whole bucket, nothing is told as forbidden; a listing of what is allowed tells.
        if (isForbidden(error)) return lookInListing(Key, signal)
        throw whyNot(config, 'look at an object', error)
      }
    },
    /** The version that was written last under a key, whether or not a mark hides it. */
    async newest(wantedKey: string, signal: AbortSignal): Promise<string | undefined> {
      let found: string | undefined
      await listVersions(wantedKey, signal, (key, { version }) => {
        if (key === wantedKey) found ??= version
      })
      return found
    },
  }
}
