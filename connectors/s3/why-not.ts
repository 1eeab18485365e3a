import { GatewayError } from '../../gateway/contract/index.ts'
import type { S3Config } from './config.ts'

interface Fault extends Error {
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
}

/** What the service calls a login that it does not accept. */
const logins: ReadonlySet<string> = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'AuthorizationHeaderMalformed',
])

const isCertificate = ({ code = '' }: Fault): boolean => /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ERR_SSL|ERR_TLS/.test(code)

/** Not there, or another than the one that was asked for (RFC 9110, 15.5.13). */
export const isOther = (error: unknown): boolean =>
  ['NoSuchKey', 'NotFound', 'NoSuchVersion', 'PreconditionFailed', '412'].includes((error as Fault).name) ||
  (error as Fault).$metadata?.httpStatusCode === 412

export const isForbidden = (error: unknown): boolean => (error as Fault).$metadata?.httpStatusCode === 403

const waitOf = ({ $response }: Fault): { params?: { retryAfterS: number } } => {
  const text = $response?.headers?.['retry-after'] ?? ''
  return /^\d{1,6}$/.test(text) ? { params: { retryAfterS: Number(text) } } : {}
}

/**
 * Why a call did not do what it should.
 * @param what what the service was to let us do
 * @returns SRC-050 no connection, SRC-051 the certificate, SRC-052 the access key, SRC-053 the call was refused
 */
export const whyNot = ({ endpoint, bucket }: S3Config, what: string, cause: unknown): GatewayError => {
  if (cause instanceof GatewayError) return cause
  const fault = cause as Fault
  const status = fault.$metadata?.httpStatusCode
  const why = [fault.name === 'Error' ? fault.code : fault.name, fault.message].filter(Boolean).join(': ')
  if (isCertificate(fault)) {
    const message = `${endpoint} is not trusted: ${why}`
    return new GatewayError({
      kind: 'security',
      code: 'SRC-051',
      message,
      hint: 'Check trustAnchors and the host name.',
      cause,
    })
  }
  if (logins.has(fault.name)) {
    const message = `${endpoint} refuses the access key: ${why}`
    const hint = 'Check accessKeyId and secretAccessKey, the region and the clock.'
    return new GatewayError({ kind: 'operational', code: 'SRC-052', message, hint, cause })
  }
  if (status === undefined) {
    const message = `${endpoint} cannot be reached: ${why}`
    const hint = 'Check endpoint, pathStyle, proxy and firewall.'
    return new GatewayError({ kind: 'operational', code: 'SRC-050', message, hint, cause })
  }
  const message = `The storage service does not let us ${what} in bucket ${bucket}: ${status} ${why}`
  const hint = 'Check the bucket, its region and the rights of the access key.'
  return new GatewayError({ kind: 'operational', code: 'SRC-053', message, hint, cause, ...waitOf(fault) })
}
