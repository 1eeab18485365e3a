/**
 * A proxy that stands between a gateway and an access point and does harm, by seed: it delays, drips, and cuts before or after
 * any byte in either direction. It works on the bytes of the wire, so TLS stays end to end (`forward`). With the key of the
 * access point's own certificate it ends TLS itself (`terminate`) and can also answer: 502, something wrong, half an answer, the
 * answer twice, or nothing under an expired certificate. A name that is gone is a port where nobody listens (`close`).
 */
import { createServer as createTcp, connect as connectTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTls, type SecureContextOptions, type TLSSocket } from 'node:tls'

/** What is done to one connection. Bytes count from its first one, in that direction, TLS handshake included where it is forwarded. */
export type Fault =
  | { readonly kind: 'none' }
  /** Each piece is held for that long, in both directions. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is reset once that many bytes went through; 0: before the first. */
  | { readonly kind: 'cut'; readonly way: 'request' | 'answer'; readonly after: number }
  /** The answer comes a few bytes at a time. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** Only where TLS ends here: the request goes through, the answer becomes another. */
  | { readonly kind: '502' | 'wrong-answer' | 'half-answer' | 'duplicate-answer' }
  /** Only where TLS ends here: 502 before anything went through. */
  | { readonly kind: '502-before' }

export interface FaultProxyOptions {
  /** Where the access point listens. */
  readonly port: number
  readonly host?: string
  /** Ends TLS here: what is shown to the gateway, and what is used towards the access point. */
  readonly terminate?: { readonly server: SecureContextOptions; readonly client: SecureContextOptions }
  /** Decides on each connection. */
  readonly choose: (connection: number) => Fault
}

export interface FaultProxy {
  readonly port: number
  /** What was done, connection by connection. */
  readonly done: Fault[]
  /** Shows another certificate from the next connection on: an expired one, for instance. */
  present(server: SecureContextOptions): void
  close(): Promise<void>
}

/** Mulberry32: the same seed gives the same faults. */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Faults of the wire for that share of connections, by seed. `reach`: cuts fall within so many bytes. */
export const wireFaults = (seed: number, share: number, reach = 40_000): ((connection: number) => Fault) => {
  const random = seeded(seed)
  return () => {
    const [strikes, which, where] = [random() < share, random(), Math.floor(random() * reach)]
    if (!strikes) return { kind: 'none' }
    if (which < 0.4) return { kind: 'cut', way: 'request', after: where }
    if (which < 0.8) return { kind: 'cut', way: 'answer', after: Math.floor(where / 8) }
    return which < 0.9 ? { kind: 'delay', ms: where % 300 } : { kind: 'drip', bytes: 64, everyMs: 5 }
  }
}

const http = (status: string, type: string, body: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
const badGateway = http('502 Bad Gateway', 'text/html', '<html><body>502 Bad Gateway</body></html>')
const wrong = http('200 OK', 'application/json', '{"hello":"this is another service"}')

const reset = (socket: Socket): void => {
  socket.resetAndDestroy()
}

/** Carries bytes one way, with what the fault does to them. */
const carry = (from: Socket, to: Socket, way: 'request' | 'answer', fault: Fault, cut: () => void): void => {
  let passed = 0
  let queue: Promise<void> = Promise.resolve()
  const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const write = (bytes: Buffer): void => {
    if (!to.destroyed) to.write(bytes)
  }
  const pass = async (bytes: Buffer): Promise<void> => {
    if (fault.kind === 'cut' && fault.way === way) {
      const left = fault.after - passed
      passed += bytes.length
      if (left > 0) write(bytes.subarray(0, left))
      if (bytes.length >= left) cut()
      return
    }
    if (fault.kind === 'delay') await later(fault.ms)
    if (fault.kind === 'drip' && way === 'answer')
      for (let at = 0; at < bytes.length; at += fault.bytes) {
        write(bytes.subarray(at, at + fault.bytes))
        await later(fault.everyMs)
      }
    else write(bytes)
  }
  from.on('data', (bytes: Buffer) => {
    queue = queue.then(() => pass(bytes))
  })
  from.on('end', () => {
    queue = queue.then(() => void to.end())
  })
}

/** Answers in the access point's place, once its own answer was there: what it accepted, it accepted. */
const falsify = (
  inside: Socket,
  outside: Socket,
  kind: '502' | 'wrong-answer' | 'half-answer' | 'duplicate-answer',
): void => {
  let answer = Buffer.alloc(0)
  inside.on('data', (bytes: Buffer) => {
    answer = Buffer.concat([answer, bytes])
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1')) ?? []
    const head = answer.indexOf('\r\n\r\n')
    if (head < 0 || length === undefined || answer.length < head + 4 + Number(length)) return
    if (kind === '502') outside.end(badGateway)
    else if (kind === 'wrong-answer') outside.end(wrong)
    else if (kind === 'duplicate-answer') outside.end(Buffer.concat([answer, answer]))
    else outside.write(answer.subarray(0, head + 4 + Math.floor(Number(length) / 2)), () => reset(outside))
  })
}

export const startFaultProxy = async (options: FaultProxyOptions): Promise<FaultProxy> => {
  const { port, host = '127.0.0.1', terminate, choose } = options
  const done: Fault[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  const serve = (outside: Socket | TLSSocket): void => {
    const fault = choose(done.length)
    done.push(fault)
    keep(outside)
    if (fault.kind === '502-before') return void outside.once('data', () => outside.end(badGateway))
    const inside = terminate
      ? connectTls({ ...terminate.client, host, port, servername: 'localhost' })
      : connectTcp(port, host)
    keep(inside)
    const cut = (): void => [outside, inside].forEach(reset)
    outside.on('close', () => inside.destroy())
    if (fault.kind === 'cut' && fault.after === 0 && fault.way === 'request') {
      cut()
      return
    }
    carry(outside, inside, 'request', fault, cut)
    if (
      fault.kind === '502' ||
      fault.kind === 'wrong-answer' ||
      fault.kind === 'half-answer' ||
      fault.kind === 'duplicate-answer'
    )
      falsify(inside, outside, fault.kind)
    else carry(inside, outside, 'answer', fault, cut)
  }
  const tls = terminate && createTls({ ...terminate.server, requestCert: true, rejectUnauthorized: false }, serve)
  const server: Server = tls ?? createTcp(serve)
  // A client that refuses our certificate is no error of the proxy.
  tls?.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    done,
    present: (context) => {
      tls?.setSecureContext(context)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
