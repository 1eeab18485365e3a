import type { Context } from 'hono'
import { event } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import type { LoginThrottle } from './auth/login-throttle.ts'
import { dummyHash, verifyPassword } from './auth/password.ts'
import type { HttpDeps } from './deps.ts'
import type { Actor, Env } from './env.ts'
import { addressOf } from './address-of.ts'
import { refusal } from './problem.ts'
import { GatewayError } from '../contract/index.ts'

/**
 * The electronic confirmation of a grave step: who sits at a session says the password again, so that a screen left open
 * decides nothing. A wrong one counts and slows down exactly as at the log-in. A token is its own proof.
 * @throws GatewayError API-062 missing or wrong, API-013 too many tries
 */
export const confirmPerson = async (
  c: Context<Env>,
  confirmation: { readonly password: string } | undefined,
  { store, clock, log }: Pick<HttpDeps, 'store' | 'clock' | 'log'>,
  throttle: LoginThrottle,
): Promise<'password' | 'token'> => {
  const { name, via }: Actor = c.get('actor')
  if (via === 'token') return 'token'
  if (confirmation === undefined)
    throw refusal(401, 'API-062', 'This needs your password again.', 'Give `confirmation: {password}`.')
  const address = addressOf(c)
  const wait = Math.ceil(throttle.begin(name, address) / 1000)
  if (wait > 0)
    throw new GatewayError({
      kind: 'usage',
      code: 'API-013',
      message: `There were too many failed tries. Wait ${wait} s.`,
      params: { status: 429, retryAfterS: wait },
    })
  const person = await store.access.person(name)
  const right = await verifyPassword(confirmation.password, person?.password ?? dummyHash)
  if (!person || !right) {
    log.warn({ address }, 'a confirmation failed')
    const at = instant(clock())
    await store.commit([
      event({ at, actor: name, type: 'session.confirmation_refused', subject: name, detail: { address } }),
    ])
    throw refusal(401, 'API-062', 'The password is not right.')
  }
  throttle.succeeded(name, address)
  return 'password'
}
