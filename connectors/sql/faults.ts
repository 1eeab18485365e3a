import { GatewayError } from '../../gateway/contract/index.ts'
import type { Dialect, Fault } from './dialect.ts'

const codeOf = (error: unknown): string => String((error as { code?: string | number }).code ?? '')

/** Whether TLS failed on the certificate. */
export const isTrust = (error: unknown): boolean => {
  const cause = (error as { cause?: unknown }).cause
  return (
    /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ERR_SSL|ERR_TLS|HANDSHAKE_(NO_)?SSL|EENCRYPT/.test(codeOf(error)) ||
    /does not support SSL|certificate/i.test((error as Error).message) ||
    (cause !== undefined && cause !== error && isTrust(cause))
  )
}

/**
 * By SQLSTATE (ISO 9075): 22 value, 23 constraint, 42 name or right, 44 check option. The rest may pass, 25006 (read only) too:
 * a standby says so until it is the primary.
 */
export const faultByState = (state: string, message: string): Fault => {
  if (/^(22|23|42|44|0A)/.test(state)) return 'refused'
  if (/^(08|57P0)/.test(state)) return 'connection'
  if (/^[0-9A-Z]{5}$/.test(state) && !/^E/.test(state)) return 'now'
  return /timeout|lock/i.test(message) ? 'now' : 'connection'
}

const made = (
  kind: 'operational' | 'security' | 'config',
  code: string,
  message: string,
  hint: string,
  cause?: unknown,
): GatewayError => new GatewayError({ kind, code, message, hint, ...(cause === undefined ? {} : { cause }) })

/** What to say of an error of a driver. `doing` is what was tried, such as `read`. */
export const explainFault = (dialect: Dialect, where: string, doing: string, error: unknown): GatewayError => {
  if (error instanceof GatewayError) return error
  const why = (error as Error).message
  switch (dialect.fault(error)) {
    case 'trust':
      return made('security', 'SRC-061', `${where} is not trusted: ${why}`, 'Check trustAnchors and host.', error)
    case 'login':
      return made(
        'operational',
        'SRC-062',
        `${where} refuses the login: ${why}`,
        'Check user, password file and database.',
        error,
      )
    case 'refused':
      return made(
        'operational',
        'SRC-063',
        `${where} refuses to ${doing}: ${why}`,
        'Check names and rights; `ecoc source test` tries each step.',
        error,
      )
    case 'now':
      return made(
        'operational',
        'SRC-066',
        `${where} cannot ${doing} now: ${why}`,
        'The gateway tries again by itself.',
        error,
      )
    case 'connection':
      return made(
        'operational',
        'SRC-060',
        `${where} cannot be reached: ${why}`,
        'Check host, port and firewall.',
        error,
      )
  }
}

/** A row that cannot be taken as it is: passing it by in silence would lose it. */
export const badRow = (message: string): GatewayError =>
  made('config', 'SRC-064', message, 'Correct the row or the statement; reading stops before it and goes on then.')

export const ambiguousKey = (message: string): GatewayError =>
  made('config', 'SRC-065', message, 'Name a key that is unique.')

/** Refused for good: set aside for a person. */
export const refusedStatus = (message: string, cause?: unknown): GatewayError =>
  made('operational', 'SRC-020', message, 'Mend what is said, then `ecoc source retry`.', cause)
