import { createServer as createPlain, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** What the front does beside passing on. */
export interface FrontBehaviour {
  /** The only access key id that is let in; any when absent. */
  accessKeyId?: string
  /** The bucket is not there. */
  isGone?: boolean
  /** Takes requests and never answers. */
  hangs?: boolean
  /** Denies a request, as a policy of the bucket does. */
  denies?: (method: string, key: string) => boolean
  /** Happens before a request is passed on: what somebody else does meanwhile. */
  meanwhile?: (method: string, key: string) => Promise<void>
  /** Too many requests: says so, and how many seconds to wait. */
  slowDown?: number
}

const failure = (
  answer: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): ServerResponse => {
  answer.writeHead(status, { 'content-type': 'application/xml', ...headers })
  return answer.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code} by test</Message></Error>`,
  )
}

const headOf = (port: number, path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    request({ port, host: '127.0.0.1', method: 'HEAD', path }, (reply) => {
      reply.resume()
      resolve(reply.statusCode === 200 ? String(reply.headers.etag) : undefined)
    }).end()
  })

/** Whether a condition of the request does not hold (Amazon S3 API Reference: PutObject, DeleteObject, CopyObject). */
const fails = async (port: number, { method = '', url = '/', headers }: IncomingMessage): Promise<boolean> => {
  const [ifMatch, ifNone] = [headers['if-match'], headers['if-none-match']]
  const source = headers['x-amz-copy-source']
  const sourceMatch = headers['x-amz-copy-source-if-match']
  if (typeof source === 'string' && typeof sourceMatch === 'string')
    return (await headOf(port, source.startsWith('/') ? source : `/${source}`)) !== sourceMatch
  if (method !== 'PUT' && method !== 'DELETE') return false
  if (ifMatch !== undefined) return (await headOf(port, url)) !== ifMatch
  return ifNone === '*' && (await headOf(port, url)) !== undefined
}

/**
 * Stands in front of fauxqs for what that does not do: access keys, denials, conditional writes, a service that hangs or
 * is gone, TLS. It follows Amazon's published API; the secret of a key is not checked.
 */
export const startS3Front = async (upstream: number, tls?: { cert: Buffer; key: Buffer }) => {
  const behaviour: FrontBehaviour = {}
  const seen: { method: string; key: string; headers: IncomingMessage['headers'] }[] = []
  const open = new Set<Socket>()
  const serve = async (ask: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = '', url = '/' } = ask
    const key = decodeURIComponent(new URL(url, 'http://x').pathname.split('/').slice(2).join('/'))
    seen.push({ method, key, headers: ask.headers })
    ask.on('error', () => undefined)
    if (behaviour.hangs) return
    const id = /Credential=([^/]+)\//.exec(ask.headers.authorization ?? '')?.[1]
    if (behaviour.slowDown) return void failure(answer, 503, 'SlowDown', { 'retry-after': String(behaviour.slowDown) })
    if (behaviour.accessKeyId && id !== behaviour.accessKeyId) return void failure(answer, 403, 'InvalidAccessKeyId')
    if (behaviour.isGone) return void failure(answer, 404, 'NoSuchBucket')
    if (behaviour.denies?.(method, key)) return void failure(answer, 403, 'AccessDenied')
    await behaviour.meanwhile?.(method, key)
    if (await fails(upstream, ask)) return void failure(answer, 412, 'PreconditionFailed')
    const headers = { ...ask.headers, host: `127.0.0.1:${upstream}` }
    const on = request({ port: upstream, host: '127.0.0.1', method, path: url, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
      answer.on('close', () => reply.destroy())
    })
    on.on('error', () => answer.destroy())
    ask.pipe(on)
  }
  const handle = (ask: IncomingMessage, answer: ServerResponse): void => void serve(ask, answer)
  const server = tls ? createServer(tls, handle) : createPlain(handle)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    endpoint: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    behaviour,
    seen,
    close: async (): Promise<void> => {
      const ended = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await ended
    },
  }
}
