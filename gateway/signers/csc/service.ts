import { z } from 'zod'
import type { CscSignerConfig } from './config.ts'
import { cscError, said, type CscCode } from './csc-error.ts'
import { twice, type CscAnswer, type CscHttp } from './http.ts'
import { readSecret } from './secret-file.ts'

const tokenAnswer = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().max(50).optional(),
  expires_in: z.number().min(1).max(31_536_000).default(3600),
})
const refusal = z.object({ error: z.string().max(2000), error_description: z.string().max(20_000).optional() })

/** What a service said when it refused. */
export interface Refusal {
  readonly status: number
  readonly error: string
  readonly description: string
}
export const refusalIn = ({ status, json }: CscAnswer): Refusal => {
  const { data } = refusal.safeParse(json)
  return { status, error: said(data?.error ?? ''), description: said(data?.error_description ?? '') }
}
export const inWords = ({ status, error, description }: Refusal): string =>
  [error, description].filter(Boolean).join(': ') || `HTTP ${status}`

interface Token {
  readonly value: string
  /** Milliseconds since 1970. */
  readonly until: number
}

/** The service with our access to it: calls its methods with a token that is renewed when it runs out. */
export class CscService {
  readonly #config: CscSignerConfig
  readonly #http: CscHttp
  readonly #secretFile: string | undefined
  readonly #clock: () => Date
  #token: Token | undefined
  #fetching: Promise<Token> | undefined

  constructor(config: CscSignerConfig, http: CscHttp, secretFile: string | undefined, clock: () => Date) {
    this.#config = config
    this.#http = http
    this.#secretFile = secretFile
    this.#clock = clock
  }

  get #api(): string {
    return `${this.#config.url}/csc/${this.#config.version}`
  }

  async #fetchToken(): Promise<Token> {
    const { token } = this.#config
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: token.clientId })
    if (this.#secretFile !== undefined) form.set('client_secret', await readSecret(this.#secretFile))
    if (token.scope !== undefined) form.set('scope', token.scope)
    const asked = this.#clock().getTime()
    const url = token.url ?? `${this.#api}/oauth2/token`
    const body = form.toString()
    const answer = await twice(() => this.#http.post({ url, type: 'application/x-www-form-urlencoded', body }))
    if (answer.status !== 200) {
      const message = `The signing service gives us no token: ${inWords(refusalIn(answer))}.`
      throw cscError('SIG-403', message, 'Check client id, client secret, client certificate and scope.')
    }
    const { data } = tokenAnswer.safeParse(answer.json)
    if (!data || (data.token_type !== undefined && !/^bearer$/i.test(data.token_type)))
      throw cscError('SIG-404', 'The signing service gives a token that is none of OAuth 2.0.', 'Tell the provider.')
    // A tenth early, so that it does not run out on the way.
    return { value: data.access_token, until: asked + data.expires_in * 900 }
  }

  /** One token for all; asked for once however many need it. */
  async #bearer(): Promise<string> {
    if (this.#token && this.#clock().getTime() < this.#token.until) return this.#token.value
    this.#fetching ??= this.#fetchToken().finally(() => {
      this.#fetching = undefined
    })
    this.#token = await this.#fetching
    return this.#token.value
  }

  /**
   * Calls a method. A token that the service no longer takes is renewed once: with HTTP 401 it has done nothing.
   * Throws `SIG-401` to `SIG-404`. Answers below HTTP 400 are given back, the others too: they are refusals.
   */
  async call(method: string, body: object): Promise<CscAnswer> {
    const [url, type, text] = [`${this.#api}/${method}`, 'application/json', JSON.stringify(body)] as const
    const bearer = await this.#bearer()
    let answer = await this.#http.post({ url, type, body: text, bearer })
    if (answer.status === 401) {
      // Another call may have renewed it already.
      if (this.#token?.value === bearer) this.#token = undefined
      answer = await this.#http.post({ url, type, body: text, bearer: await this.#bearer() })
    }
    if (answer.status === 401 || answer.status === 403) {
      const message = `The signing service does not let us call ${method}: ${inWords(refusalIn(answer))}.`
      throw cscError('SIG-403', message, 'Check client id, scope and rights at the provider.')
    }
    if (answer.status >= 300 && answer.status < 400)
      throw cscError('SIG-404', `The signing service sends ${method} elsewhere.`, 'Configure its final address.')
    return answer
  }

  /** Asks for something that changes nothing; once more after trouble on the way. Throws `code` where it is refused. */
  async ask<T>(method: string, body: object, schema: z.ZodType<T>, code: CscCode = 'SIG-412'): Promise<T> {
    const answer = await twice(() => this.call(method, body))
    if (answer.status >= 400) {
      const message = `The signing service refuses ${method}: ${inWords(refusalIn(answer))}.`
      throw cscError(code, message, 'Check the settings of the signer against what the provider wrote.')
    }
    const { data } = schema.safeParse(answer.json)
    if (data === undefined)
      throw cscError('SIG-404', `The signing service answers ${method} with something else.`, 'Tell the provider.')
    return data
  }
}
