import { Agent as PlainAgent } from 'node:http'
import { Agent } from 'node:https'
import type { S3 } from '@aws-sdk/client-s3'
import type { OpenContext } from '../../gateway/contract/index.ts'
import type { S3Config } from './config.ts'

const connectTimeoutMs = 10_000

/** A client that is set up. It holds no connection of its own to speak of: each call is complete in itself. */
export interface S3Session {
  /** Runs one call, which ends when the signal says so or the session is closed. Errors come as the client has them. */
  call<T>(signal: AbortSignal, action: (s3: S3, options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T>
  /** Ends when the session is closed. */
  readonly closed: AbortSignal
  close(): void
}

const quiet = (): void => undefined
const silent = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet }

/** Keys and certificates are read here and nowhere else: those that were replaced count when it is opened anew. */
export const openSession = async (config: S3Config, { files, signal }: OpenContext): Promise<S3Session> => {
  const { S3 } = await import('@aws-sdk/client-s3')
  const [accessKeyId, secretAccessKey] = await Promise.all([
    files.secret(config.accessKeyId),
    files.secret(config.secretAccessKey),
  ])
  const session = config.sessionToken ? { sessionToken: await files.secret(config.sessionToken) } : {}
  const ca = config.trustAnchors && (await Promise.all(config.trustAnchors.map((name) => files.read(name))))
  signal.throwIfAborted()
  const { proxy } = config
  const way = { keepAlive: true, ...(proxy ? { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } } : {}) }
  const checksums = config.checksums === 'supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED'
  const client = new S3({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: config.pathStyle,
    credentials: { accessKeyId, secretAccessKey, ...session },
    // Whether and when to try again is the core's to say.
    maxAttempts: 1,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      httpAgent: new PlainAgent(way),
      httpsAgent: new Agent({ ...way, minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) }),
    },
    // Nothing of these comes from the environment of the process.
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    useArnRegion: false,
    logger: silent,
  })
  const closing = new AbortController()
  return {
    closed: closing.signal,
    async call(callSignal, action) {
      callSignal.throwIfAborted()
      try {
        return await action(client, { abortSignal: AbortSignal.any([callSignal, closing.signal]) })
      } catch (error) {
        callSignal.throwIfAborted()
        throw error
      }
    },
    close() {
      closing.abort()
      client.destroy()
    },
  }
}
