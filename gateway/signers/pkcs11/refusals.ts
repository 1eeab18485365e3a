import { GatewayError } from '../../contract/errors.ts'

/** What an administrator must correct. */
export const refuse = (code: string, message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: 'config', code, message, hint, cause })

/** What may pass by itself: the gateway tries again. */
export const putOff = (code: string, message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: 'operational', code, message, hint, cause })
