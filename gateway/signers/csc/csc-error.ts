import { GatewayError } from '../../contract/errors.ts'
import type { ErrorKind } from '../../contract/errors.ts'

const kinds = {
  'SIG-401': 'operational', // no answer
  'SIG-402': 'operational', // the service has trouble of its own
  'SIG-403': 'config', // it does not know us
  'SIG-404': 'operational', // an answer that is not the API's
  'SIG-405': 'config', // no credential fits
  'SIG-406': 'config', // several credentials fit
  'SIG-407': 'config', // the credential is not usable
  'SIG-408': 'config', // its key cannot make the signature
  'SIG-409': 'config', // a person, or a secret nobody gave, is needed
  'SIG-410': 'config', // PIN or OTP refused
  'SIG-411': 'security', // a signature that does not verify
  'SIG-412': 'operational', // the service refuses for another reason
  'SIG-413': 'operational', // an authorisation does not last
  'SIG-414': 'config', // the service is not what was configured
  'SIG-415': 'operational', // too many wait
  'SIG-416': 'config', // locked
  'SIG-417': 'operational', // ended
} as const satisfies Readonly<Record<string, ErrorKind>>
export type CscCode = keyof typeof kinds

/** Errors of remote signing: the kind goes with the code. */
export const cscError = (code: CscCode, message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: kinds[code], code, message, hint, cause })

/** What a service says goes into messages short and without line breaks: it is from outside. */
export const said = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 200)
