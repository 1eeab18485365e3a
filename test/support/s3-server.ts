import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from 'fauxqs'
import { startS3Front } from '../fakes/s3-front.ts'

const bucket = 'exports'
const partBytes = 10_000_000

const decode = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** An S3 server on the loopback with a bucket, looked at from behind: what the test puts there needs no key. */
export const startS3Server = async (tls?: { cert: Buffer; key: Buffer }) => {
  const app = buildApp({ logger: false })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const front = await startS3Front(port, tls)
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-s3-'))
  const [accessKeyId, secretAccessKey] = [join(folder, 'access-key'), join(folder, 'secret-key')]
  await writeFile(accessKeyId, 'first-key\n')
  await writeFile(secretAccessKey, 'first-secret\n')
  front.behaviour.accessKeyId = 'first-key'
  const url = (key: string): string =>
    `http://127.0.0.1:${port}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  await fetch(`http://127.0.0.1:${port}/${bucket}`, { method: 'PUT' })
  return {
    front,
    accessKeyId,
    /** Settings of a source on it, without a prefix. */
    config: { endpoint: front.endpoint, pathStyle: true, bucket, accessKeyId, secretAccessKey },
    async put(key: string, content: Buffer): Promise<void> {
      const reply = await fetch(url(key), {
        method: 'PUT',
        body: new Uint8Array(content),
        headers: { 'content-type': 'text/csv' },
      })
      if (!reply.ok) throw new Error(`put ${key}: ${reply.status}`)
    },
    async get(key: string): Promise<Buffer | undefined> {
      const reply = await fetch(url(key))
      return reply.ok ? Buffer.from(await reply.arrayBuffer()) : undefined
    },
    async remove(key: string): Promise<void> {
      await fetch(url(key), { method: 'DELETE' })
    },
    /** Puts zero bytes there in parts, as programs do with what is large. */
    async putInParts(key: string, bytes: number): Promise<void> {
      const begun = await (await fetch(`${url(key)}?uploads=`, { method: 'POST' })).text()
      const id = `uploadId=${encodeURIComponent(/<UploadId>(.*?)</.exec(begun)?.[1] ?? '')}`
      const parts: string[] = []
      for (let n = 1, left = bytes; left > 0; n++, left -= partBytes) {
        const body = new Uint8Array(Math.min(left, partBytes))
        const { headers } = await fetch(`${url(key)}?partNumber=${n}&${id}`, { method: 'PUT', body })
        parts.push(`<Part><PartNumber>${n}</PartNumber><ETag>${headers.get('etag') ?? ''}</ETag></Part>`)
      }
      const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
      const reply = await fetch(`${url(key)}?${id}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/xml' },
      })
      if (!reply.ok) throw new Error(`put ${key} in parts: ${reply.status} ${await reply.text()}`)
    },
    async keys(prefix = ''): Promise<string[]> {
      const reply = await fetch(`http://127.0.0.1:${port}/${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`)
      return [...(await reply.text()).matchAll(/<Key>(.*?)<\/Key>/g)].map((m) => decode(m[1] ?? ''))
    },
    async close(): Promise<void> {
      await front.close()
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type S3Server = Awaited<ReturnType<typeof startS3Server>>
