import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { Mutex } from '../../support/mutex.ts'
import type { Credential } from './choose-credential.ts'
import type { CscSignerConfig } from './config.ts'
import { cscError } from './csc-error.ts'
import { dialects } from './dialect.ts'
import type { CscAnswer } from './http.ts'
import { twice } from './http.ts'
import type { OneTimeSecret } from './secret-file.ts'
import { inWords, refusalIn, type CscService, type Refusal } from './service.ts'

const sadAnswer = z.object({
  SAD: z.string().min(1).max(100_000),
  expiresIn: z.number().min(1).max(31_536_000).default(3600),
})
const handleAnswer = z.object({ handle: z.string().min(1).max(5000) })

/** Signature activation data: good for some signatures until some time. */
export interface Authorisation {
  readonly sad: string
  /** Milliseconds since 1970. */
  readonly until: number
  left: number
}

const secretRefused = (refusal: Refusal): boolean =>
  /^invalid_(pin|otp|authentication_data)$/.test(refusal.error) ||
  /\b(pin|otp|authentication data) is invalid\b/i.test(refusal.description)
const isLocked = ({ error, description }: Refusal): boolean => /\blocked\b/i.test(`${error} ${description}`)

export interface AuthoriserOptions {
  readonly config: CscSignerConfig
  readonly service: CscService
  readonly credential: Credential
  readonly secrets: readonly OneTimeSecret[]
  readonly clock: () => Date
}

/**
 * Gets authorisations. One at a time: were several on the way with a wrong PIN, each would count as an attempt. Never repeated by
 * itself when no answer came, since it may have been given.
 */
export class Authoriser {
  readonly #options: AuthoriserOptions
  readonly #turn = new Mutex()
  #held: Authorisation | undefined

  constructor(options: AuthoriserOptions) {
    this.#options = options
  }

  /**
   * An authorisation for these hashes, of which `hashes.length` signatures are taken off. One that has some left is used on, but
   * only where it is not bound to hashes (SCAL 1) and the site asked for it.
   * Throws `SIG-410` PIN or OTP refused, `SIG-416` locked, `SIG-412` refused for another reason, and what the service's calls throw.
   */
  obtain(hashes: readonly string[]): Promise<Authorisation> {
    return this.#turn.run(async () => {
      const held = this.#held
      const isGood = held && held.left >= hashes.length && this.#options.clock().getTime() < held.until
      const authorisation = isGood ? held : await this.#authorise(hashes)
      authorisation.left -= hashes.length
      this.#held = authorisation.left > 0 ? authorisation : undefined
      return authorisation
    })
  }

  /** The service no longer takes it. */
  drop(authorisation: Authorisation): void {
    if (this.#held === authorisation) this.#held = undefined
  }

  async #authorise(hashes: readonly string[]): Promise<Authorisation> {
    const { config, service, credential, secrets, clock } = this.#options
    const { id, facts } = credential
    const more = config.signaturesPerAuthorisation
    const count = more === undefined ? hashes.length : Math.min(facts.multisign, Math.max(more, hashes.length))
    const read = await Promise.all(secrets.map(async (secret) => ({ secret, ...(await secret.read()) })))
    const asked = clock().getTime()
    const body = dialects[config.version].authorise({
      credentialID: id,
      numSignatures: count,
      // Said wherever it can be: a service may then show and log what was authorised, even where it need not.
      hashes: more === undefined ? hashes : undefined,
      secrets: new Map(read.map(({ secret, value }) => [secret.id, value])),
    })
    // Used up by sending it, whatever comes back.
    for (const { secret, spend } of read) if (credential.secrets.get(secret.id) === true) spend()
    let answer = await service.call('credentials/authorize', body)
    const end = performance.now() + config.patience
    while (answer.status === 202) answer = await this.#check(answer, end)
    if (answer.status >= 400) this.#refused(answer, read)
    const { data } = sadAnswer.safeParse(answer.json)
    if (!data)
      throw cscError('SIG-404', 'The signing service authorises without activation data.', 'Tell the provider.')
    // A tenth early, so that it does not run out on the way.
    return { sad: data.SAD, until: asked + data.expiresIn * 900, left: count }
  }

  /** An authorisation that is still under way is asked for by its handle (API 2.0, 11.7). */
  async #check({ json }: CscAnswer, end: number): Promise<CscAnswer> {
    const { config, service } = this.#options
    const { data } = handleAnswer.safeParse(json)
    if (!data)
      throw cscError('SIG-404', 'The signing service defers an authorisation without a handle.', 'Tell the provider.')
    if (performance.now() >= end)
      throw cscError('SIG-401', 'The signing service did not authorise in time.', 'See whether it waits for a person.')
    await wait(config.poll)
    return twice(() => service.call('credentials/authorizeCheck', { handle: data.handle }))
  }

  #refused(answer: CscAnswer, read: readonly { readonly secret: OneTimeSecret; readonly spend: () => void }[]): never {
    const refusal = refusalIn(answer)
    const { config, credential } = this.#options
    const words = `The service ${config.url} refuses to authorise credential ${credential.id}: ${inWords(refusal)}.`
    if (secretRefused(refusal) || isLocked(refusal)) for (const { spend } of read) spend()
    if (isLocked(refusal))
      throw cscError(
        'SIG-416',
        words,
        'Have it unlocked and given a new secret by the provider, and write that into the file.',
      )
    if (secretRefused(refusal))
      throw cscError('SIG-410', words, 'Write the right PIN or OTP into its file. The refused one is not sent again.')
    throw cscError('SIG-412', words, 'It is tried again. If it stays so, ask the provider.')
  }
}
