import type { OpenContext } from '../../gateway/contract/index.ts'
import type { SqlConfig } from './config.ts'
import type { Dialect, SqlSession } from './dialect.ts'

/** The one connection to a database: calls wait for each other, and one that finds it lost connects anew. */
export interface Line {
  /** Runs a call. When its signal ends it, the connection ends with it: a statement under way cannot be taken back. */
  call<T>(signal: AbortSignal, action: (session: SqlSession) => Promise<T>): Promise<T>
  /** Ends what is under way, for good. */
  close(): void
}

/** Settles as soon as the signal ends it, whatever a driver does then. */
const orEnded = <T>(running: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })

export const openLine = (connect: (signal: AbortSignal) => Promise<SqlSession>): Line => {
  const closing = new AbortController()
  let session: SqlSession | undefined
  let last: Promise<unknown> = Promise.resolve()
  const connected = async (signal: AbortSignal): Promise<SqlSession> => {
    if (session?.isOpen()) return session
    const opening = connect(signal)
    // One that comes after its caller has gone is nobody's.
    opening.then((late) => signal.aborted && late.destroy()).catch(() => undefined)
    return (session = await orEnded(opening, signal))
  }
  const within = async <T>(signal: AbortSignal, action: (session: SqlSession) => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    const open = await connected(signal)
    const end = (): void => open.destroy()
    signal.addEventListener('abort', end, { once: true })
    try {
      return await orEnded(action(open), signal)
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', end)
    }
  }
  return {
    call(signal, action) {
      const either = AbortSignal.any([signal, closing.signal])
      const mine = last.then(() => within(either, action))
      last = mine.catch(() => undefined)
      return orEnded(mine, either)
    },
    close() {
      closing.abort()
      session?.destroy()
    },
  }
}

/** A connection as the configuration has it now: a password that was replaced counts from the next one on. */
export const connectTo = async (
  config: SqlConfig,
  dialect: Dialect,
  files: OpenContext['files'],
  signal: AbortSignal,
): Promise<SqlSession> => {
  const { host, database, user, trustAnchors } = config
  const password = await files.secret(config.password)
  const ca = trustAnchors && (await Promise.all(trustAnchors.map((name) => files.read(name))))
  const tls = config.tls === 'verify' ? { ca } : undefined
  return dialect.connect({ host, port: config.port ?? dialect.port, database, user, password, tls }, signal)
}
