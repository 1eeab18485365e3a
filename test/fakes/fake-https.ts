import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call as a fake authority sees it. */
export interface FakeCall {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What it does: answer, cut the connection, never answer, or answer half and cut. */
export type FakeAnswer =
  | {
      readonly status: number
      readonly json?: unknown
      readonly text?: string
      readonly headers?: Record<string, string>
      readonly half?: boolean
      readonly afterMs?: number
    }
  | 'cut'
  | 'silence'

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const write = async (answer: FakeAnswer, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (answer === 'silence') return
  if (answer === 'cut') return void request.socket.destroy()
  if (answer.afterMs) await new Promise((resolve) => setTimeout(resolve, answer.afterMs))
  const body = answer.text ?? JSON.stringify(answer.json ?? {})
  response.writeHead(answer.status, {
    'content-type': answer.text === undefined ? 'application/json' : 'text/html',
    'content-length': String(Buffer.byteLength(body)),
    ...answer.headers,
  })
  if (!answer.half) return void response.end(body)
  response.write(body.slice(0, body.length / 2), () => request.socket.destroy())
}

/** An HTTPS server with a certificate of the example PKI on a free port, whose answers are a function of the call. */
export const openHttpsFake = async (
  pki: { read(name: string): Buffer },
  answer: (call: FakeCall) => FakeAnswer | Promise<FakeAnswer>,
): Promise<{ origin: string; close: () => Promise<void> }> => {
  const tls = { cert: pki.read('server.chain.pem'), key: pki.read('server.key') }
  const server = createServer(tls, (request, response) => {
    void (async () => {
      const body = await readBody(request)
      const url = new URL(request.url ?? '/', 'https://localhost')
      const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]))
      await write(await answer({ method: request.method ?? '', url, headers, body }), request, response)
    })().catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
