import { createHash } from 'node:crypto'
import type SftpClient from 'ssh2-sftp-client'
import type { SFTPWrapper, Stats } from 'ssh2'
import { GatewayError, type OpenContext } from '../../gateway/contract/index.ts'
import type { SftpConfig } from './config.ts'

/** A connection that is up. Its raw channel does what the client does not offer. */
export interface SftpSession {
  readonly client: SftpClient
  readonly raw: SFTPWrapper
  /** Runs one call; when the signal ends it, the connection ends with it, since a request under way cannot be taken back. */
  call<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T>
  close(): void
}

const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

const failed = (code: string, message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: code === 'SRC-031' ? 'security' : 'operational', code, message, hint, cause })

const isLogin = (error: unknown): boolean =>
  /authentication methods failed|privateKey|passphrase/i.test((error as Error).message)

const credentials = async (config: SftpConfig, { files }: OpenContext) => ({
  ...(config.password ? { password: await files.secret(config.password) } : {}),
  ...(config.privateKey ? { privateKey: await files.read(config.privateKey) } : {}),
  ...(config.passphrase ? { passphrase: await files.secret(config.passphrase) } : {}),
})

/** @throws GatewayError SRC-030 no connection, SRC-031 another host key than pinned, SRC-032 the login was refused */
export const openSession = async (config: SftpConfig, context: OpenContext): Promise<SftpSession> => {
  const { default: Client } = await import('ssh2-sftp-client')
  const secrets = await credentials(config, context)
  context.signal.throwIfAborted()
  const quiet = () => undefined
  const client = new Client('ecoc', { error: quiet, end: quiet, close: quiet })
  // The client has no way to end at once; the connection beneath it has.
  const below = (client as unknown as { client: { destroy(): void; setNoDelay(on: boolean): void } }).client
  const close = (): void => below.destroy()
  let seen = ''
  const where = `${config.host}:${config.port}`
  context.signal.addEventListener('abort', close, { once: true })
  try {
    await client.connect({
      host: config.host,
      port: config.port,
      username: config.user,
      ...secrets,
      readyTimeout: 20_000,
      keepaliveInterval: 15_000,
      keepaliveCountMax: 2,
      hostVerifier: (key: Buffer) => {
        seen = fingerprintOf(key)
        return config.hostKey.includes(seen)
      },
    })
  } catch (cause) {
    close()
    context.signal.throwIfAborted()
    if (seen !== '' && !config.hostKey.includes(seen)) {
      const message = `${where} shows the host key ${seen}, pinned is ${config.hostKey.join(', ')}.`
      throw failed(
        'SRC-031',
        message,
        'Ask the server’s owner whether its key was changed, then correct hostKey.',
        cause,
      )
    }
    if (isLogin(cause)) {
      const message = `${where} refuses the login of ${config.user}.`
      throw failed('SRC-032', message, 'Check user, password file and private key.', cause)
    }
    const message = `${where} cannot be reached: ${(cause as Error).message}`
    throw failed('SRC-030', message, 'Check host, port and firewall.', cause)
  } finally {
    context.signal.removeEventListener('abort', close)
  }
  // A request goes out in two pieces; the second would wait 40 ms each time for the first one's acknowledgement.
  below.setNoDelay(true)
  const { sftp: raw } = client as unknown as { sftp: SFTPWrapper }
  return {
    client,
    raw,
    close,
    async call(signal, action) {
      signal.throwIfAborted()
      let stop: () => void = quiet
      const ended = new Promise<never>((_, reject) => {
        stop = () => {
          close()
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', stop, { once: true })
      })
      try {
        return await Promise.race([action(), ended])
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
  }
}

/** What lies under a name, a link not followed; undefined when there is nothing. */
export const lstat = (raw: SFTPWrapper, path: string): Promise<Stats | undefined> =>
  new Promise((resolve, reject) =>
    raw.lstat(path, (error, stats) => {
      // 2: SSH_FX_NO_SUCH_FILE
      if (!error) resolve(stats)
      else if ((error as unknown as { code?: number }).code === 2) resolve(undefined)
      else reject(error)
    }),
  )
