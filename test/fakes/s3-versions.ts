import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Version {
  readonly id: string
  readonly key: string
  /** Absent: a mark that hides what is below. */
  readonly body: Buffer | undefined
}

const name = 'versioned'
const keyOf = ({ pathname }: URL): string => decodeURIComponent(pathname.split('/').slice(2).join('/'))

/**
 * A bucket that keeps versions, as Amazon's API reference has it (ListObjectVersions, GetObject and DeleteObject with a
 * version id, delete markers): no S3 server from npm does. Newest first; signatures are not checked.
 */
export const startS3Versions = async () => {
  let all: readonly Version[] = []
  let count = 0
  /** Size that is claimed of a key: nobody wants to write 5 GiB. */
  const claimed = new Map<string, number>()
  const hooks: { afterDelete?: (key: string) => void } = {}
  const add = (key: string, body: Buffer | undefined): Version => {
    const version = { id: `v${++count}`, key, body }
    all = [version, ...all]
    return version
  }
  const current = (key: string): Version | undefined => all.find((v) => v.key === key)
  const sizeOf = ({ key, body }: Version): number => claimed.get(key) ?? body?.length ?? 0

  const fail = (answer: ServerResponse, status: number, code: string): ServerResponse => {
    answer.writeHead(status, { 'content-type': 'application/xml' })
    return answer.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
  }

  /** One version a page, so that paging shows. */
  const listVersions = (query: URLSearchParams): string => {
    const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
    const under = all
      .filter(({ key }) => key.startsWith(prefix) && !(delimiter && key.slice(prefix.length).includes(delimiter)))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : all.indexOf(a) - all.indexOf(b)))
    const after = query.get('version-id-marker')
    const at = after === null ? 0 : under.findIndex((v) => v.id === after) + 1
    const page = under.slice(at, at + 1)
    const last = page.at(-1)
    const isMore = at + 1 < under.length
    const entries = page.map((v) => {
      const common = `<Key>${encodeURIComponent(v.key)}</Key><VersionId>${v.id}</VersionId><IsLatest>${String(current(v.key) === v)}</IsLatest>`
      return v.body
        ? `<Version>${common}<Size>${sizeOf(v)}</Size><ETag>"x"</ETag></Version>`
        : `<DeleteMarker>${common}</DeleteMarker>`
    })
    const next =
      isMore && last
        ? `<NextKeyMarker>${encodeURIComponent(last.key)}</NextKeyMarker><NextVersionIdMarker>${last.id}</NextVersionIdMarker>`
        : ''
    return `<ListVersionsResult><EncodingType>url</EncodingType><IsTruncated>${String(isMore)}</IsTruncated>${next}${entries.join('')}</ListVersionsResult>`
  }

  const give = (answer: ServerResponse, version: Version | undefined, withBody: boolean): ServerResponse => {
    if (!version?.body) return fail(answer, 404, 'NoSuchKey')
    answer.writeHead(200, { 'x-amz-version-id': version.id, 'content-length': sizeOf(version), etag: '"x"' })
    return answer.end(withBody ? version.body : undefined)
  }

  const remove = (answer: ServerResponse, key: string, id: string | null): ServerResponse => {
    if (id !== null) {
      all = all.filter((v) => v.id !== id || v.key !== key)
      return answer.writeHead(204, { 'x-amz-version-id': id }).end()
    }
    const mark = add(key, undefined)
    hooks.afterDelete?.(key)
    return answer.writeHead(204, { 'x-amz-version-id': mark.id, 'x-amz-delete-marker': 'true' }).end()
  }

  const serve = async (ask: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const url = new URL(ask.url ?? '/', 'http://x')
    const { searchParams } = url
    const key = keyOf(url)
    const chunks: Buffer[] = []
    for await (const chunk of ask) chunks.push(chunk as Buffer)
    const id = searchParams.get('versionId')
    const asked = id === null ? current(key) : all.find((v) => v.id === id && v.key === key)
    if (searchParams.has('versions')) return void answer.end(listVersions(searchParams))
    if (key === '') return void answer.end('<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>')
    if (ask.method === 'GET' || ask.method === 'HEAD') return void give(answer, asked, ask.method === 'GET')
    if (ask.method === 'DELETE') return void remove(answer, key, id)
    const source = ask.headers['x-amz-copy-source']
    if (typeof source !== 'string')
      return void answer.writeHead(200, { 'x-amz-version-id': add(key, Buffer.concat(chunks)).id, etag: '"x"' }).end()
    const from = new URL(source, 'http://x/')
    const [fromId, fromKey] = [from.searchParams.get('versionId'), keyOf(from)]
    const wanted = fromId === null ? current(fromKey) : all.find((v) => v.id === fromId && v.key === fromKey)
    if (!wanted?.body) return void fail(answer, 404, 'NoSuchVersion')
    answer.writeHead(200, { 'x-amz-version-id': add(key, wanted.body).id })
    answer.end('<CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>')
  }
  const server = createServer((ask, answer) => void serve(ask, answer))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-s3-versions-'))
  await writeFile(join(folder, 'key'), 'any\n')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = { accessKeyId: join(folder, 'key'), secretAccessKey: join(folder, 'key') }
  return {
    config: { endpoint, pathStyle: true, bucket: name, versions: true, ...keys },
    put: (key: string, text: string): string => add(key, Buffer.from(text)).id,
    /** A version that came just before the newest one of its key. */
    slipIn(key: string, text: string): void {
      const version = { id: `v${++count}`, key, body: Buffer.from(text) }
      const at = all.findIndex((v) => v.key === key) + 1
      all = [...all.slice(0, at), version, ...all.slice(at)]
    },
    claim: (key: string, size: number): void => void claimed.set(key, size),
    look: (key: string): string | undefined => current(key)?.body?.toString(),
    versionsOf: (key: string): readonly string[] =>
      all.filter((v) => v.key === key).map((v) => v.body?.toString() ?? 'mark'),
    hooks,
    close: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
