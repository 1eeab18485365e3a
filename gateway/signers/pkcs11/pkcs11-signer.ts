import { GatewayError } from '../../contract/errors.ts'
import type { Certificate } from '../../trust/certificate.ts'
import { sealFault } from '../seal-chain.ts'
import type { OpenSigner } from '../signer-kind.ts'
import { explain, pinVerdict, type Rung, rungOf } from './faults.ts'
import { tokenWords } from './find-token.ts'
import type { OpenToken, TokenSettings } from './open-token.ts'
import { TokenKeeper } from './recovery.ts'
import { putOff, refuse } from './refusals.ts'
import { TokenFailure } from './token-process.ts'

/** A login that lapses this soon after it, and after one signature, bought one signature. */
const shortLogin = 2000
/** So many such logins in a row are no accident. */
const shortLogins = 3

/** How the signer is, for health checks. */
export interface Pkcs11State {
  /** `refused`: it waits for something that people must correct. */
  readonly is: 'ready' | 'recovering' | 'refused' | 'closed'
  readonly reason: GatewayError | undefined
  /** Times that it came back. */
  readonly recoveries: number
  /** Signatures asked for and not yet made. */
  readonly waiting: number
}

/** Signs with a key on a PKCS#11 token. Made by `openPkcs11Signer`. */
export class Pkcs11Signer implements OpenSigner {
  readonly name: string
  readonly chain: readonly Buffer[]
  readonly #settings: TokenSettings
  readonly #keeper: TokenKeeper
  readonly #leaf: Certificate
  // Read once: a certificate makes its dates anew each time it is asked.
  readonly #validFrom: Date
  readonly #validTo: Date
  #token: OpenToken
  #trouble: GatewayError | undefined
  #closed = false
  #recoveries = 0
  #failuresInRow = 0
  #login = { at: Date.now(), signatures: 0 }
  #shortLogins = 0

  constructor(settings: TokenSettings, keeper: TokenKeeper, token: OpenToken) {
    this.name = settings.name
    this.chain = token.chain
    this.#settings = settings
    this.#keeper = keeper
    this.#leaf = token.leaf
    this.#validFrom = token.leaf.x509.validFromDate
    this.#validTo = token.leaf.x509.validToDate
    this.#token = token
  }

  get state(): Pkcs11State {
    const trouble = this.#trouble
    const held = trouble?.kind === 'config' ? 'refused' : trouble ? 'recovering' : 'ready'
    const waiting = this.#keeper.process.signing
    return { is: this.#closed ? 'closed' : held, reason: trouble, recoveries: this.#recoveries, waiting }
  }

  /** Id of the process that holds the token now. */
  get process(): number | undefined {
    return this.#keeper.process.pid
  }

  /**
   * One signature. Throws `operational` errors for what passes by itself (`SIG-530` the token is being opened anew, `SIG-531` it
   * answered with an error, `SIG-532` too late, `SIG-533` its process ended, `SIG-534` too many wait, `SIG-535` closed), `config`
   * errors for what people must correct. It never tries again by itself: who asked does.
   */
  async sign(data: Buffer): Promise<Buffer> {
    this.#assertReady()
    const { process } = this.#keeper
    try {
      const signature = await process.sign(data, this.#settings.deadline)
      this.#failuresInRow = 0
      this.#login.signatures += 1
      return signature
    } catch (error) {
      if (error instanceof TokenFailure) throw this.#failed(error, process === this.#keeper.process)
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#keeper.close()
  }

  #assertReady(): void {
    const { sessions, queue, clock } = this.#settings
    if (this.#closed) throw putOff('SIG-535', `Signer ${this.name} is closed.`, 'The gateway is ending.')
    const trouble = this.#trouble
    if (trouble?.kind === 'config') throw trouble
    if (trouble)
      throw putOff(
        'SIG-530',
        `Signer ${this.name} is opening its token anew. ${trouble.message}`,
        trouble.hint ?? 'The gateway tries again.',
        trouble,
      )
    const at = clock()
    const fault = at < this.#validFrom || at > this.#validTo ? sealFault(this.name, this.#leaf, at) : undefined
    if (fault) throw fault
    if (this.#keeper.process.signing >= sessions + queue)
      throw putOff('SIG-534', `${queue} signatures wait for signer ${this.name} already.`, 'The gateway tries again.')
  }

  /** Makes words of a failure, and sets off the recovery that it needs. */
  #failed({ fault }: TokenFailure, current: boolean): GatewayError {
    const { module, token } = this.#settings
    const words = tokenWords(token)
    const verdict = pinVerdict(fault, words)
    if (verdict) this.#token.pins.refuse(this.#token.pinHash, verdict)
    const error = verdict ?? explain(fault, { token: words, module })
    if (!current || this.#closed) return error
    this.#failuresInRow += 1
    const rung = rungOf(fault)
    if (rung === 'login') this.#noteShortLogin()
    // A new session is there already; only when that never helps more is done.
    if (rung !== 'session') this.#recover(rung, error)
    else if (this.#failuresInRow > 2 * this.#settings.sessions) this.#recover('login', error)
    return error
  }

  #noteShortLogin(): void {
    if (this.#trouble) return
    const { at, signatures } = this.#login
    this.#shortLogins = signatures <= 1 && Date.now() - at < shortLogin ? this.#shortLogins + 1 : 0
  }

  #recover(rung: Rung, error: GatewayError): void {
    if (this.#trouble) return
    if (this.#shortLogins >= shortLogins) {
      this.#trouble = refuse(
        'SIG-516',
        `The ${tokenWords(this.#settings.token)} wants its PIN again after each signature: it is made for a person, not for a gateway.`,
        'Order a seal on a token or HSM that signs many times after one login; then start the gateway anew.',
      )
      return
    }
    this.#trouble = error
    void this.#backToWork(rung)
  }

  async #backToWork(rung: Rung, begun = performance.now(), first = this.#trouble): Promise<void> {
    const token = await this.#keeper.recoverInTheEnd(rung, (error) => {
      this.#trouble = asGatewayError(error, this.#settings)
    })
    if (!token) return
    if (token.leaf.sha256 !== this.#leaf.sha256) {
      const hint = 'Start the gateway anew, so that it signs with the new one.'
      this.#trouble = refuse('SIG-527', `Signer ${this.name} finds another certificate than before.`, hint)
      return
    }
    this.#token = token
    this.#login = { at: Date.now(), signatures: 0 }
    this.#failuresInRow = 0
    this.#recoveries += 1
    this.#trouble = undefined
    const how = this.#keeper.rung === 'session' ? 'login' : this.#keeper.rung
    const { code = '', message: reason = '' } = first ?? {}
    this.#settings.recovered?.({ signer: this.name, how, code, reason, tookMs: Math.round(performance.now() - begun) })
  }
}

const asGatewayError = (error: unknown, { module, token }: TokenSettings): GatewayError => {
  if (error instanceof TokenFailure) return explain(error.fault, { token: tokenWords(token), module })
  if (error instanceof GatewayError) return error
  return putOff('SIG-531', `The ${tokenWords(token)} could not be opened.`, 'The gateway tries again.', error)
}

/**
 * Opens a token for signing: starts its process, logs in, chooses the key. Try again when it fails; a PIN that was refused is
 * remembered in this module. Throws `config` errors for what must be corrected (`SIG-501` to `SIG-527` but the following),
 * `operational` ones for what may pass: `SIG-504` the module does not start, `SIG-508` the token is not there, `SIG-531` to `SIG-533`.
 */
export const openPkcs11Signer = async (settings: TokenSettings, signal?: AbortSignal): Promise<Pkcs11Signer> => {
  const keeper = new TokenKeeper(settings)
  try {
    const signer = new Pkcs11Signer(settings, keeper, await keeper.recover('module'))
    const end = (): void => void signer.close()
    if (signal?.aborted) end()
    signal?.addEventListener('abort', end, { once: true })
    return signer
  } catch (error) {
    await keeper.close()
    throw asGatewayError(error, settings)
  }
}
