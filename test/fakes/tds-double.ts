import { createServer, type Server, type Socket } from 'node:net'
import type { DatabaseSync } from './tds-rows.ts'
import { answer, type Parameter } from './tds-rows.ts'
import { done, failure, le, shortText, utf16 } from './tds-tokens.ts'

/**
 * A stand-in for SQL Server, which neither npm nor Debian has: TDS 7.4 as far as a driver needs it (PRELOGIN, LOGIN7, SQL batch,
 * sp_executesql), by [MS-TDS]. The driver in front of it is the real one; the rows come out of SQLite, whose dialect it speaks
 * but for what `tds-rows.ts` translates. No TLS.
 */
export interface TdsDouble {
  readonly port: number
  /** How many connections were opened so far. */
  readonly connections: () => number
  /** Cuts every connection, and takes no new one until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  /** While it is set, nothing is answered. */
  silent(on: boolean): void
  setPassword(password: string): void
}

interface Session {
  buffer: Buffer
  message: Buffer[]
}

const preLogin = (): Buffer => {
  // Version, no encryption, instance, thread, MARS: type, offset, length; 0xff ends the list.
  const options: [number, Buffer][] = [
    [0, Buffer.from([16, 0, 0, 0, 0, 0])],
    [1, Buffer.from([2])],
    [2, Buffer.from([0])],
    [3, Buffer.alloc(0)],
    [4, Buffer.from([0])],
  ]
  let offset = options.length * 5 + 1
  const heads = options.map(([type, data]) => {
    const head = Buffer.alloc(5)
    head[0] = type
    head.writeUInt16BE(offset, 1)
    head.writeUInt16BE(data.length, 3)
    offset += data.length
    return head
  })
  return Buffer.concat([...heads, Buffer.from([0xff]), ...options.map(([, data]) => data)])
}

/** A password travels with its nibbles turned and 0xa5 over it. */
const revealed = (bytes: Buffer): string =>
  utf16(Buffer.from(bytes.map((byte) => (((byte ^ 0xa5) << 4) | ((byte ^ 0xa5) >> 4)) & 0xff)))

const loginOf = (message: Buffer): readonly [string, string] => {
  const field = (at: number): Buffer => {
    const from = message.readUInt16LE(at)
    return message.subarray(from, from + message.readUInt16LE(at + 2) * 2)
  }
  return [utf16(field(40)), revealed(field(44))]
}

const send = (socket: Socket, tokens: Buffer): void => {
  for (let at = 0, id = 1; at < tokens.length || at === 0; at += 4088, id++) {
    const chunk = tokens.subarray(at, at + 4088)
    const head = Buffer.from([4, at + 4088 >= tokens.length ? 1 : 0, 0, 0, 0, 0, id & 255, 0])
    head.writeUInt16BE(chunk.length + 8, 2)
    socket.write(Buffer.concat([head, chunk]))
  }
}

const loggedIn = (): Buffer => {
  const program = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), shortText('TDS double'), Buffer.from([16, 0, 0, 0])])
  return Buffer.concat([Buffer.from([0xad]), le(program.length, 2), program, done(0xfd, 0, 0)])
}

/** Reads the parameters of a call of sp_executesql: the statement, their declaration, then each. */
const parametersOf = (message: Buffer): Parameter[] => {
  let at = message.readUInt32LE(0)
  const length = message.readUInt16LE(at)
  at += length === 0xffff ? 4 : 2 + length * 2
  at += 2
  const all: Parameter[] = []
  while (at < message.length) {
    const nameLength = message[at++] ?? 0
    const name = utf16(message.subarray(at, at + nameLength * 2))
    at += nameLength * 2 + 1
    const type = message[at++]
    let value: string | bigint | null = null
    if (type === 0xe7) {
      const most = message.readUInt16LE(at)
      at += 7
      if (most === 0xffff) {
        const total = message.readBigUInt64LE(at)
        at += 8
        const chunks: Buffer[] = []
        while (total !== 0xffffffffffffffffn) {
          const size = message.readUInt32LE(at)
          at += 4
          if (size === 0) break
          chunks.push(message.subarray(at, at + size))
          at += size
        }
        if (total !== 0xffffffffffffffffn) value = utf16(Buffer.concat(chunks))
      } else {
        const size = message.readUInt16LE(at)
        at += 2
        if (size !== 0xffff) {
          value = utf16(message.subarray(at, at + size))
          at += size
        }
      }
    } else if (type === 0x26) {
      at++
      const size = message[at++] ?? 0
      if (size > 0) value = size === 8 ? message.readBigInt64LE(at) : BigInt(message.readIntLE(at, size))
      at += size
    } else throw new Error(`the double knows no parameter of type 0x${(type ?? 0).toString(16)}`)
    all.push({ name, value })
  }
  return all
}

export const startTdsDouble = async (db: DatabaseSync, login = { user: 'app', password: 'pw' }): Promise<TdsDouble> => {
  let isSilent = false
  let { password } = login
  let connections = 0
  const open = new Set<Socket>()
  const handle = (socket: Socket, type: number, message: Buffer): void => {
    if (isSilent) return
    if (type === 0x12) send(socket, preLogin())
    else if (type === 0x10) {
      const [user, given] = loginOf(message)
      if (user === login.user && given === password) {
        send(socket, loggedIn())
        return
      }
      send(socket, Buffer.concat([failure(18456, `Login failed for user '${user}'.`, 14), done(0xfd, 0, 2)]))
      socket.end()
    } else if (type === 0x01) send(socket, answer(db, utf16(message.subarray(message.readUInt32LE(0))), [], 0xfd))
    else if (type === 0x03) {
      const [statement, , ...values] = parametersOf(message)
      const tokens = answer(db, String(statement?.value ?? ''), values, 0xff)
      send(socket, Buffer.concat([tokens, Buffer.from([0x79, 0, 0, 0, 0]), done(0xfe, 0, 0)]))
    } else if (type === 0x06) send(socket, done(0xfd, 0, 0x20))
  }
  const serve = (socket: Socket): void => {
    connections++
    open.add(socket)
    const session: Session = { buffer: Buffer.alloc(0), message: [] }
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.on('data', (data) => {
      session.buffer = Buffer.concat([session.buffer, data])
      while (session.buffer.length >= 8) {
        const length = session.buffer.readUInt16BE(2)
        if (session.buffer.length < length) break
        const [type = 0, status = 0] = session.buffer
        session.message.push(session.buffer.subarray(8, length))
        session.buffer = session.buffer.subarray(length)
        if ((status & 1) === 0) continue
        const message = Buffer.concat(session.message.splice(0))
        handle(socket, type, message)
      }
    })
  }
  let server: Server = createServer(serve)
  const listen = (at: number): Promise<void> => new Promise((resolve) => void server.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as { port: number }
  return {
    port,
    connections: () => connections,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
    start() {
      server = createServer(serve)
      return listen(port)
    },
    silent: (on) => void (isSilent = on),
    setPassword: (next) => void (password = next),
  }
}
