import { constants, privateEncrypt, randomUUID, type KeyObject } from 'node:crypto'
import { createServer as createHttp } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>

/** A credential of the fake service. */
export interface FakeCredential {
  id: string
  key: KeyObject
  /** DER, the signer's first. */
  chain: readonly Buffer[]
  algo?: readonly string[]
  keyStatus?: string
  certStatus?: string
  /** `explicit` when nothing is said. */
  mode?: string
  pin?: string
  /** Taken once each. */
  otps?: string[]
  /** v2 only, instead of all of them joined by AND. */
  expression?: string
  scal: 1 | 2
  multisign: number
}

/** What came in, as it came in. */
export interface Call {
  readonly method: string
  readonly body: Json
  readonly raw: string
}

/** Instead of what the service would do; `hang` never answers, `lost` does it and then cuts the connection. */
export type Misbehaviour =
  'hang' | 'lost' | { readonly status: number; readonly json?: unknown; readonly headers?: Json }

interface Sad {
  readonly credential: FakeCredential
  readonly hashes: readonly string[] | undefined
  readonly until: number
  left: number
}

export interface CscServerOptions {
  readonly credentials: FakeCredential[]
  readonly clientId?: string
  readonly clientSecret?: string
  /** With it the service speaks TLS and wants a client certificate of this root. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer }
}

class Refused extends Error {
  readonly status: number
  readonly json: unknown
  constructor(status: number, error: string, description = '') {
    super(error)
    this.status = status
    this.json = { error, error_description: description }
  }
}
const invalid = (description: string) => new Refused(400, 'invalid_request', description)

const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')
const pageSize = 2

/**
 * A remote signing service as the Cloud Signature Consortium publishes it, versions 1.0.4.0 and 2.0.0.2, on 127.0.0.1: client
 * credentials, credentials, authorisations bound to hashes and counted, signatures at once or later. It signs for real and is strict.
 */
export class CscServer {
  readonly credentials: FakeCredential[]
  readonly calls: Call[] = []
  /** By method, such as `signatures/signHash`; taken from the front. */
  readonly misbehave = new Map<string, Misbehaviour[]>()
  /** How often each secret was tried and wrong. */
  wrongSecrets = 0
  locked = false
  tokenSeconds = 3600
  sadSeconds = 3600
  specs: string | undefined
  /** How often an authorisation or signature is still under way when asked for. */
  deferAuthorise = 0
  deferSign = 2
  /** Changes signatures before they are given out. */
  tamper: (signatures: string[]) => string[] = (all) => all
  readonly #server: Server
  readonly #options: CscServerOptions
  readonly #tokens = new Map<string, number>()
  readonly #sads = new Map<string, Sad>()
  readonly #later = new Map<string, { left: number; readonly json: Json }>()
  readonly #scheme: string

  private constructor(options: CscServerOptions) {
    this.#options = options
    this.credentials = options.credentials
    const answer = (request: IncomingMessage, response: ServerResponse) => void this.#answer(request, response)
    this.#scheme = options.tls ? 'https' : 'http'
    this.#server = options.tls
      ? createHttps({ ...options.tls, requestCert: true, rejectUnauthorized: true }, answer)
      : createHttp(answer)
  }

  static async start(options: CscServerOptions): Promise<CscServer> {
    const server = new CscServer(options)
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Bodies that one method got. */
  bodies(method: string): Json[] {
    return this.calls.filter((call) => call.method === method).map(({ body }) => body)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const raw = Buffer.concat(parts).toString()
    const found = /^\/csc\/(v1|v2)\/(.+)$/.exec(request.url ?? '')
    const [version, method] = [found?.[1] ?? '', found?.[2] ?? '']
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded'
    const body = (isForm ? Object.fromEntries(new URLSearchParams(raw)) : JSON.parse(raw)) as Json
    this.calls.push({ method, body, raw })
    const send = (status: number, json: unknown, headers: Json = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...(headers as Record<string, string>) })
      response.end(json === undefined ? '' : JSON.stringify(json))
    }
    const instead = this.misbehave.get(method)?.shift()
    if (instead === 'hang') return
    if (instead !== undefined && instead !== 'lost') {
      send(instead.status, instead.json, instead.headers)
      return
    }
    try {
      const [status, json] = this.#serve(version, method, body, request.headers.authorization)
      if (instead === 'lost') request.socket.destroy()
      else send(status, json)
    } catch (error) {
      if (error instanceof Refused) send(error.status, error.json)
      else send(500, { error: String(error) })
    }
  }

  #serve(version: string, method: string, body: Json, authorization: string | undefined): [number, unknown] {
    if (method === 'oauth2/token') return [200, this.#token(body)]
    const isOld = version === 'v1'
    if (method === 'info') return [200, { specs: this.specs ?? (isOld ? '1.0.4.0' : '2.0.0.2'), name: 'Fake', methods }]
    const until = this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '')
    if (until === undefined || Date.now() >= until)
      throw new Refused(401, 'invalid_token', 'The access token is invalid')
    if (method === 'credentials/list') return [200, this.#list(body, isOld)]
    if (method === 'signatures/signPolling' && !isOld) return this.#poll(body)
    if (method === 'credentials/authorizeCheck' && !isOld) return this.#poll({ requestID: body['handle'] }, 'handle')
    const credential = this.credentials.find(({ id }) => id === body['credentialID'])
    if (!credential) throw invalid('Invalid parameter credentialID')
    if (method === 'credentials/info') return [200, infoOf(credential, isOld)]
    if (method === 'credentials/authorize') return this.#authorise(credential, body, isOld)
    if (method === 'signatures/signHash') return this.#sign(credential, body, isOld)
    throw new Refused(404, 'not_found')
  }

  #token(body: Json): Json {
    const { clientId = 'gateway', clientSecret } = this.#options
    if (body['grant_type'] !== 'client_credentials') throw new Refused(400, 'unsupported_grant_type')
    if (body['client_id'] !== clientId || (clientSecret !== undefined && body['client_secret'] !== clientSecret))
      throw new Refused(401, 'invalid_client')
    const access_token = randomUUID()
    this.#tokens.set(access_token, Date.now() + this.tokenSeconds * 1000)
    return { access_token, token_type: 'Bearer', expires_in: this.tokenSeconds }
  }

  /** Tokens that were given out are worth nothing any more. */
  revokeTokens(): void {
    this.#tokens.clear()
  }
  revokeSads(): void {
    this.#sads.clear()
  }

  #list(body: Json, isOld: boolean): Json {
    const ids = this.credentials.map(({ id }) => id)
    if (!isOld) return { credentialIDs: ids }
    const from = Number(body['pageToken'] ?? 0)
    const more = from + pageSize < ids.length ? { nextPageToken: String(from + pageSize) } : {}
    return { credentialIDs: ids.slice(from, from + pageSize), ...more }
  }

  #authorise(credential: FakeCredential, body: Json, isOld: boolean): [number, unknown] {
    if (this.locked) throw invalid(isOld ? 'PIN locked' : 'Credential locked')
    if (credential.mode === 'oauth2code') throw invalid('Use oauth2/authorize')
    const count = body['numSignatures']
    if (typeof count !== 'number' || count < 1) throw invalid('Invalid value for parameter numSignatures')
    if (count > credential.multisign) throw invalid('Numbers of signatures is too high')
    const hashes = (isOld ? body['hash'] : body['hashes']) as string[] | undefined
    if (credential.scal === 2 && hashes?.length !== count)
      throw invalid('Missing (or invalid type) array parameter hash')
    if (!isOld && hashes && body['hashAlgorithmOID'] !== sha256) throw invalid('Invalid parameter hashAlgorithmOID')
    const data = (body['authData'] ?? []) as { id: string; value: string }[]
    const secret = (id: string) => (isOld ? body[id] : data.find((d) => d.id === id)?.value)
    const wrong = (id: string) => {
      if (++this.wrongSecrets >= 3) this.locked = true
      return new Refused(
        400,
        isOld ? `invalid_${id.toLowerCase()}` : 'invalid_authentication_data',
        `The ${id} is invalid`,
      )
    }
    if (credential.pin !== undefined && secret('PIN') !== credential.pin) throw wrong('PIN')
    if (credential.otps) {
      const at = credential.otps.indexOf(String(secret('OTP')))
      if (at < 0) throw wrong('OTP')
      credential.otps.splice(at, 1)
    }
    const SAD = randomUUID()
    this.#sads.set(SAD, { credential, hashes, until: Date.now() + this.sadSeconds * 1000, left: count })
    const json = { SAD, expiresIn: this.sadSeconds }
    return isOld || this.deferAuthorise === 0 ? [200, json] : this.#defer(json, this.deferAuthorise, 'handle')
  }

  #sign(credential: FakeCredential, body: Json, isOld: boolean): [number, unknown] {
    const hashes = (isOld ? body['hash'] : body['hashes']) as string[] | undefined
    if (!Array.isArray(hashes) || hashes.length === 0) throw invalid('Empty hash array')
    if (body[isOld ? 'hashAlgo' : 'hashAlgorithmOID'] !== sha256) throw invalid('Invalid parameter hashAlgo')
    if (!algoOf(credential).includes(String(body['signAlgo']))) throw invalid('Invalid parameter signAlgo')
    const sad = this.#sads.get(String(body['SAD']))
    if (!sad || sad.credential !== credential || sad.left < hashes.length) throw invalid('Invalid parameter SAD')
    if (Date.now() >= sad.until) throw invalid('SAD expired')
    if (credential.scal === 2 && hashes.some((hash) => !sad.hashes?.includes(hash)))
      throw invalid('Hash is not authorized by the SAD')
    sad.left -= hashes.length
    const signatures = this.tamper(hashes.map((hash) => signHash(credential.key, hash)))
    const isLater = !isOld && body['operationMode'] === 'A'
    return isLater ? this.#defer({ signatures }, this.deferSign, 'responseID') : [200, { signatures }]
  }

  #defer(json: Json, times: number, name: string): [number, unknown] {
    const id = randomUUID()
    this.#later.set(id, { left: times, json })
    return [name === 'handle' ? 202 : 200, { [name]: id }]
  }

  #poll(body: Json, name?: string): [number, unknown] {
    const id = String(body['requestID'])
    const later = this.#later.get(id)
    if (!later) throw invalid('Invalid parameter requestID')
    if (--later.left > 0) return [202, name === undefined ? { error: 'accepted_request' } : { [name]: id }]
    return [200, later.json]
  }
}

const sha256 = '2.16.840.1.101.3.4.2.1'
const methods = ['oauth2/token', 'credentials/list', 'credentials/info', 'credentials/authorize', 'signatures/signHash']
const algoOf = ({ algo = ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.1'] }: FakeCredential): readonly string[] => algo

/** RSASSA-PKCS1-v1_5 over a hash that was made elsewhere. */
const signHash = (key: KeyObject, hash: string): string => {
  const digest = Buffer.from(hash, 'base64')
  if (digest.length !== 32) throw invalid('Invalid digest value length')
  const block = Buffer.concat([digestInfo, digest])
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, block).toString('base64')
}

const infoOf = (credential: FakeCredential, isOld: boolean): Json => {
  const {
    keyStatus = 'enabled',
    certStatus = 'valid',
    chain,
    mode = 'explicit',
    pin,
    otps,
    scal,
    multisign,
  } = credential
  const base = {
    key: { status: keyStatus, algo: algoOf(credential), len: 2048 },
    cert: { status: certStatus, certificates: chain.map((der) => der.toString('base64')) },
    SCAL: String(scal),
    multisign,
  }
  if (isOld)
    return {
      ...base,
      authMode: mode,
      PIN: { presence: String(pin !== undefined) },
      OTP: { presence: String(otps !== undefined) },
    }
  const objects = [
    ...(pin === undefined ? [] : [{ type: 'Password', id: 'PIN', format: 'N' }]),
    ...(otps === undefined ? [] : [{ type: 'Password', id: 'OTP', format: 'N', generator: 'totp' }]),
  ]
  const expression = credential.expression ?? objects.map(({ id }) => id).join(' AND ')
  return { ...base, auth: { mode, ...(expression === '' ? {} : { expression }), objects } }
}
