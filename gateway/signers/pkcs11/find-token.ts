import type { TokenFacts } from './messages.ts'
import { putOff, refuse } from './refusals.ts'

/** How a site names its token. */
export interface TokenName {
  readonly label?: string | undefined
  readonly serial?: string | undefined
}

/** For people: `token "ecoc" (serial 12ab)`. */
export const tokenWords = ({ label, serial }: TokenName): string => {
  const number = serial === undefined ? '' : `serial ${serial}`
  return label === undefined ? `token with ${number}` : `token "${label}"${number === '' ? '' : ` (${number})`}`
}

/**
 * The token of that name among those in the slots.
 * Throws `SIG-508` (operational) when it is not there, `SIG-507` (config) when several are.
 */
export const findToken = (tokens: readonly TokenFacts[], name: TokenName): TokenFacts => {
  const fits = ({ label, serial }: TokenFacts): boolean =>
    (name.label === undefined || label === name.label) && (name.serial === undefined || serial === name.serial)
  const [found, ...more] = tokens.filter(fits)
  const names = (all: readonly TokenFacts[]): string =>
    all.map(({ label, serial }) => tokenWords({ label, serial })).join(', ')
  if (!found) {
    const there = tokens.length === 0 ? 'No slot holds a token.' : `There are: ${names(tokens)}.`
    throw putOff('SIG-508', `There is no ${tokenWords(name)}.`, `Plug it in or check its name. ${there}`)
  }
  if (more.length === 0) return found
  const hint = 'Name it by its serial too.'
  throw refuse('SIG-507', `Several tokens fit: ${names([found, ...more])}. None is guessed.`, hint)
}

/** Flags of CK_TOKEN_INFO (PKCS#11 2.40, 3.2). */
const flag = {
  userPinInitialized: 0x8,
  pinPad: 0x100,
  initialized: 0x400,
  finalTry: 0x2_0000,
  locked: 0x4_0000,
  toBeChanged: 0x8_0000,
}

/** Why no PIN may be given to this token; undefined when one may. */
export const pinObstacle = ({ flags, label, serial }: TokenFacts): Error | undefined => {
  const token = tokenWords({ label, serial })
  const has = (bit: number): boolean => (flags & bit) !== 0
  if (!has(flag.initialized) || !has(flag.userPinInitialized))
    return refuse('SIG-506', `The ${token} has no user PIN yet.`, 'Initialise it with the tool of its maker.')
  if (has(flag.locked))
    return refuse('SIG-512', `The PIN of the ${token} is locked.`, 'Unlock it with the tool of its maker.')
  if (has(flag.finalTry))
    return refuse(
      'SIG-513',
      `One more wrong PIN would lock the ${token}: the gateway does not try.`,
      'Log in once with the right PIN by the tool of its maker; that resets the count.',
    )
  if (has(flag.toBeChanged))
    return refuse('SIG-514', `The PIN of the ${token} must be changed.`, 'Change it with the tool of its maker.')
  if (has(flag.pinPad))
    return refuse(
      'SIG-515',
      `The PIN of the ${token} is typed at its reader, by a person each time: it cannot sign by itself.`,
      'Order a seal on a token or HSM that takes its PIN from a program.',
    )
  return undefined
}
