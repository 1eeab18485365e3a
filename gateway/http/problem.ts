import { STATUS_CODES } from 'node:http'
import type { Context } from 'hono'
import { GatewayError } from '../contract/index.ts'

export interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly hint?: string | undefined
  /** Further members of the problem, such as the refused rows. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Renders a problem as RFC 9457 asks: `type` is a name, never an address to fetch. */
export const problem = (c: Context, p: Problem): Response =>
  c.newResponse(
    JSON.stringify({
      type: `urn:ecoc-gateway:error:${p.code}`,
      title: STATUS_CODES[p.status] ?? 'Error',
      status: p.status,
      detail: p.detail,
      code: p.code,
      ...(p.hint === undefined ? {} : { hint: p.hint }),
      ...p.more,
    }),
    p.status as 400,
    { ...p.headers, 'Content-Type': 'application/problem+json' },
  )

/** An error that stands for a refusal with this HTTP status. */
export const refusal = (status: number, code: string, message: string, hint?: string): GatewayError =>
  new GatewayError({ kind: 'usage', code, message, params: { status }, ...(hint === undefined ? {} : { hint }) })

export const badRequest = (code: string, message: string, hint?: string): GatewayError =>
  refusal(400, code, message, hint)

const statusOf = (error: GatewayError): number => {
  const { status } = error.params
  if (typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599) return status
  // Somebody else changed the same row in the meantime.
  if (error.code === 'STO-003') return 409
  switch (error.kind) {
    case 'usage':
      return 400
    case 'security':
      return 403
    case 'rejection':
      return 422
    case 'operational':
    case 'outcome-unknown':
      return 503
    case 'config':
    case 'bug':
      return 500
  }
}

/** What an error that was thrown on the way means to the caller. Of an unexpected one nothing is told. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof GatewayError && error.kind !== 'bug')
    return {
      ...{ status: statusOf(error), code: error.code, detail: error.message, hint: error.hint },
      ...(typeof error.params['retryAfterS'] === 'number' && statusOf(error) === 429
        ? {
            headers: { 'Retry-After': String(error.params['retryAfterS']) },
            more: { retryAfter: error.params['retryAfterS'] },
          }
        : {}),
    }
  return {
    status: 500,
    code: 'API-099',
    detail: 'The gateway met an unexpected error. Nothing was changed by this call unless a later look shows it.',
    hint: 'Look at the log of the gateway at this time, and tell the maker.',
  }
}
