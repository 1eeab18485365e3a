import { isIP } from 'node:net'
import { posix } from 'node:path'
import type { Client, FileInfo } from 'basic-ftp'
import { GatewayError, type OpenContext } from '../../gateway/contract/index.ts'
import type { FtpsConfig } from './config.ts'

const idleMs = 30_000

/** A connection that is up. FTP carries one command at a time: calls wait for each other. */
export interface FtpsSession {
  /** The watched folder from the server's root on. */
  readonly folder: string
  /** Runs one call; when the signal ends it, the connection ends with it, since a command under way cannot be taken back. */
  call<T>(signal: AbortSignal, action: (client: Client) => Promise<T>): Promise<T>
  close(): void
}

const failed = (kind: 'operational' | 'security', code: string, message: string, hint: string, cause: unknown) =>
  new GatewayError({ kind, code, message, hint, cause })

const codeOf = (error: unknown): string => String((error as { code?: string | number }).code ?? '')
const isCertificate = (error: unknown): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ERR_SSL|ERR_TLS/.test(codeOf(error))

/**
 * @param isSecure whether TLS was up: whoever says no to it before that speaks plain FTP only, and gets no password
 * @throws GatewayError SRC-040 no connection, SRC-041 not to be trusted, SRC-042 the login was refused
 */
const whyNot = ({ host, port, user }: FtpsConfig, isSecure: boolean, cause: unknown): GatewayError => {
  const where = `${host}:${port}`
  const why = (cause as Error).message
  // 5xx: refused for good (RFC 4217, 4); a greeting of 4xx only says that it is not ready.
  if (!isSecure && /^5\d\d$/.test(codeOf(cause)))
    return failed(
      'security',
      'SRC-041',
      `${where} does not offer TLS: ${why}`,
      'Let its owner turn TLS on; plain FTP is not spoken.',
      cause,
    )
  if (isCertificate(cause))
    return failed(
      'security',
      'SRC-041',
      `${where} is not trusted: ${why}`,
      'Check trustAnchors and the host name.',
      cause,
    )
  // 530: not logged in (RFC 959, 4.2.1)
  if (codeOf(cause) === '530')
    return failed('operational', 'SRC-042', `${where} refuses the login of ${user}.`, 'Check user and password.', cause)
  const hint = 'Check host, port and firewall; passive ports must be open too.'
  return failed('operational', 'SRC-040', `${where} cannot be reached: ${why}`, hint, cause)
}

/** Each call after the one before it, whatever became of that. */
const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(action: () => Promise<T>): Promise<T> => {
    const mine = last.then(action, action)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** @throws GatewayError SRC-040, SRC-041, SRC-042 */
export const openSession = async (config: FtpsConfig, context: OpenContext): Promise<FtpsSession> => {
  const { Client } = await import('basic-ftp')
  const { files, signal } = context
  const ca = config.trustAnchors && (await Promise.all(config.trustAnchors.map((name) => files.read(name))))
  const password = await files.secret(config.password)
  signal.throwIfAborted()
  const client = new Client(idleMs)
  const close = (): void => client.close()
  let folder = config.folder
  signal.addEventListener('abort', close, { once: true })
  try {
    await client.access({
      host: config.host,
      port: config.port,
      user: config.user,
      password,
      secure: config.tls === 'implicit' ? 'implicit' : true,
      secureOptions: {
        ...(ca ? { ca } : {}),
        ...(isIP(config.host) ? {} : { servername: config.host }),
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
      },
    })
    if (!folder.startsWith('/')) folder = posix.join(await client.pwd(), folder)
  } catch (cause) {
    close()
    signal.throwIfAborted()
    throw whyNot(config, client.ftp.hasTLS, cause)
  } finally {
    signal.removeEventListener('abort', close)
  }
  const turn = inTurn()
  return {
    folder,
    close,
    call: (callSignal, action) =>
      turn(async () => {
        callSignal.throwIfAborted()
        callSignal.addEventListener('abort', close, { once: true })
        try {
          return await action(client)
        } catch (error) {
          callSignal.throwIfAborted()
          throw error
        } finally {
          callSignal.removeEventListener('abort', close)
        }
      }),
  }
}

/** What is known of a file as it stands there; `version` is its time where the server tells it to the second. */
export interface FileFacts {
  readonly size: number
  readonly version: string
}

const timeOf = async (client: Client, path: string, entry: FileInfo): Promise<string> =>
  // MLSD tells; with LIST the time is for people only, and MDTM (RFC 3659, 3) is asked.
  (entry.modifiedAt ?? (await client.lastMod(path))).toISOString()

/** A listed entry as an item, undefined when it is no plain file or gone by now. */
export const factsOf = async (client: Client, path: string, entry: FileInfo): Promise<FileFacts | undefined> => {
  if (!entry.isFile) return undefined
  try {
    return { size: entry.size, version: await timeOf(client, path, entry) }
  } catch (error) {
    // 550: not there (any more)
    if (codeOf(error) === '550') return undefined
    throw error
  }
}

/** What lies under one name; undefined for nothing, a link or a folder. */
export const lookAt = async (client: Client, folder: string, name: string): Promise<FileFacts | undefined> => {
  const path = `${folder}/${name}`
  let entries: FileInfo[]
  try {
    // Servers take these for patterns: then the folder is listed, and the name found in it.
    entries = /[*?[\]{}\\]/.test(name)
      ? (await client.list(folder)).filter((entry) => entry.name === name)
      : await client.list(path)
  } catch (error) {
    if (codeOf(error) === '550') return undefined
    throw error
  }
  const entry = entries.length === 1 ? entries[0] : undefined
  const isIt = entry !== undefined && (entry.name === name || entry.name.endsWith(`/${name}`))
  return isIt ? factsOf(client, path, entry) : undefined
}
