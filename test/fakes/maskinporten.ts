import { createHash, randomBytes, verify, X509Certificate, type KeyObject } from 'node:crypto'
import type { FakeAnswer, FakeCall } from './fake-https.ts'

/**
 * Stands for Maskinporten, Norway's token service for machines, which knows registered clients only. Sourced (Digdir's guide): the
 * JWT grant, its claims and no others, at most 120 seconds, `kid` or `x5c`, one use per `jti`, MP-100 and its kin. Assumed: the
 * exact words of the errors.
 */
export class FakeMaskinporten {
  readonly tokens = new Map<string, number>()
  /** Claims and header of every grant that was right. */
  readonly grants: { header: Record<string, unknown>; claims: Record<string, unknown> }[] = []
  lifetime = 120
  readonly #used = new Set<string>()
  readonly #client: { id: string; audience: string; scope: string; key: KeyObject; keyId: string; certificate: Buffer }

  constructor(client: FakeMaskinporten['client']) {
    this.#client = client
  }

  get client() {
    return this.#client
  }

  isValid(token: string): boolean {
    return (this.tokens.get(token) ?? 0) > Date.now()
  }

  answer({ body }: FakeCall): FakeAnswer {
    const form = new URLSearchParams(body.toString())
    const problem = this.#problemOf(form)
    if (problem !== undefined)
      return { status: 400, json: { error: 'invalid_grant', error_description: `Invalid assertion. ${problem}` } }
    const token = randomBytes(24).toString('base64url')
    this.tokens.set(token, Date.now() + this.lifetime * 1_000)
    const { scope } = this.#client
    return { status: 200, json: { access_token: token, token_type: 'Bearer', expires_in: this.lifetime, scope } }
  }

  #problemOf(form: URLSearchParams): string | undefined {
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') return 'MP-001 unknown grant_type'
    const parts = (form.get('assertion') ?? '').split('.')
    const [head = '', payload = '', signature = ''] = parts
    const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
    const [header, claims] = [decode(head), decode(payload)]
    const { id, audience, scope, key, keyId, certificate } = this.#client
    if (header['alg'] !== 'RS256' || (header['kid'] === undefined) === (header['x5c'] === undefined))
      return 'MP-120 header'
    let signer = key
    if (header['x5c'] !== undefined) {
      const [own] = header['x5c'] as string[]
      const given = new X509Certificate(Buffer.from(own ?? '', 'base64'))
      if (!given.raw.equals(certificate)) return 'MP-120 The JWT is signed with an invalid certificate.'
      signer = given.publicKey
    } else if (header['kid'] !== keyId) return 'MP-121 unknown kid'
    const signed = Buffer.from(`${head}.${payload}`)
    if (!verify('sha256', signed, signer, Buffer.from(signature, 'base64url'))) return 'MP-100 signature'
    const allowed = ['aud', 'iss', 'scope', 'resource', 'iat', 'exp', 'jti']
    if (Object.keys(claims).some((claim) => !allowed.includes(claim))) return 'unknown claim'
    if (claims['aud'] !== audience) return 'MP-110 Invalid JWT claim aud'
    if (claims['iss'] !== id || claims['scope'] !== scope) return 'MP-100 client or scope'
    const [iat, exp] = [Number(claims['iat']), Number(claims['exp'])]
    if (Math.abs(Date.now() / 1_000 - iat) > 10 || exp - iat > 120 || exp * 1_000 < Date.now()) return 'MP-130 times'
    const jti = createHash('sha256').update(String(claims['jti'])).digest('hex')
    if (claims['jti'] === undefined || this.#used.has(jti)) return 'MP-131 jti'
    this.#used.add(jti)
    this.grants.push({ header, claims })
    return undefined
  }
}
