import type { GatewayError } from '../../contract/errors.ts'
import type { TokenFault } from './messages.ts'
import { putOff, refuse } from './refusals.ts'

/**
 * What it takes to go on after a fault, each more than the one before: a new session (the process has done that already), a new
 * login, the module started anew, a new process.
 */
export const rungs = ['session', 'login', 'module', 'process'] as const
export type Rung = (typeof rungs)[number]

export const nextRung = (rung: Rung): Rung => rungs[rungs.indexOf(rung) + 1] ?? 'process'

const ofSession = new Set([
  'CKR_SESSION_HANDLE_INVALID',
  'CKR_SESSION_CLOSED',
  'CKR_SESSION_COUNT',
  'CKR_OPERATION_ACTIVE',
  'CKR_OPERATION_NOT_INITIALIZED',
  'CKR_FUNCTION_CANCELED',
  'CKR_BUFFER_TOO_SMALL',
])
const ofLogin = new Set(['CKR_USER_NOT_LOGGED_IN'])
const ofProcess = new Set(['timeout', 'ended', 'CKR_MUTEX_BAD', 'CKR_MUTEX_NOT_LOCKED'])

/** Where to begin. Faults that nobody knows are taken as serious: handles may be worth nothing any more. */
export const rungOf = ({ name }: TokenFault): Rung => {
  if (ofSession.has(name)) return 'session'
  if (ofLogin.has(name)) return 'login'
  return ofProcess.has(name) ? 'process' : 'module'
}

/** The token's verdict on a PIN, after which the same one must not be given to it again; undefined for all else. */
export const pinVerdict = ({ name, pinTried }: TokenFault, token: string): GatewayError | undefined => {
  if (!pinTried) return undefined
  const again = 'The gateway gives it no PIN until the file has other content.'
  switch (name) {
    case 'CKR_PIN_INCORRECT':
    case 'CKR_PIN_INVALID':
    case 'CKR_PIN_LEN_RANGE':
    case 'CKR_ARGUMENTS_BAD':
      return refuse(
        'SIG-511',
        `The ${token} refused the PIN (${name}).`,
        `Put the right PIN into the PIN file. ${again}`,
      )
    case 'CKR_PIN_LOCKED':
      return refuse('SIG-512', `The PIN of the ${token} is locked.`, `Unlock it with the tool of its maker. ${again}`)
    case 'CKR_PIN_EXPIRED':
      return refuse(
        'SIG-514',
        `The PIN of the ${token} must be changed.`,
        `Change it with the tool of its maker. ${again}`,
      )
    default:
      return undefined
  }
}

/** The words for a fault while a module is started, a token opened, or a signature made. */
export const explain = (
  fault: TokenFault,
  where: { readonly token: string; readonly module: string },
): GatewayError => {
  const { name, message, method } = fault
  const { token, module } = where
  switch (name) {
    case 'module-missing':
      return refuse(
        'SIG-501',
        `The PKCS#11 library ${module} cannot be loaded: ${message}.`,
        'Check the path, that the maker’s software is installed, and that it is built for this machine.',
      )
    case 'not-a-module':
      return refuse('SIG-502', `${module} is a library, but not for PKCS#11.`, 'Name the PKCS#11 library of the maker.')
    case 'not-built':
      return refuse(
        'SIG-503',
        'Signing with a token is not part of this installation: pkcs11js is not built.',
        'Install g++, then run node deploy/build-pkcs11.mjs.',
      )
    case 'CKR_CANT_LOCK':
    case 'CKR_NEED_TO_CREATE_THREADS':
      return refuse(
        'SIG-505',
        `${module} cannot be used by several threads (${name}).`,
        'Ask its maker for a library that supports CKF_OS_LOCKING_OK.',
      )
    case 'timeout':
      return putOff(
        'SIG-532',
        `The ${token} did not answer in time (${method}).`,
        'Its process was ended and is started anew.',
      )
    case 'ended':
      return putOff('SIG-533', `The process that held the ${token} ended (${method}).`, 'It is started anew.')
    case 'dropped':
      return putOff('SIG-530', `The ${token} is being opened anew.`, 'The gateway tries again.')
    default: {
      const said = `${method === '' ? '' : `${method}: `}${message}`
      if (method === 'C_Initialize')
        return putOff(
          'SIG-504',
          `${module} does not start (${said}).`,
          'Check the maker’s configuration and its service.',
        )
      return putOff(
        'SIG-531',
        `The ${token} answered with an error (${said}).`,
        'The gateway opens it anew and tries again.',
      )
    }
  }
}
