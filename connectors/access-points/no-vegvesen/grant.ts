import { createHash, createPrivateKey, randomUUID, sign, X509Certificate, type KeyObject } from 'node:crypto'
import type { AccessPointContext } from '../../../gateway/contract/access-point.ts'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import type { TokenRequest } from '../support/access-tokens.ts'
import { environments, type NoVegvesenConfig } from './config.ts'

/** Maskinporten takes no grant that lives longer than 120 seconds. */
const LIFE_S = 100
const LEAST_BITS = 2048

const unusable = (message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: 'config', code: 'NOV-001', message, hint, cause })

const readKey = (pem: Buffer, passphrase: string | undefined): KeyObject => {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) })
  } catch (error) {
    throw unusable(
      'The key for Maskinporten cannot be read.',
      'It must be PEM; name the file with its passphrase.',
      error,
    )
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw unusable('The key for Maskinporten is no RSA key of at least 2048 bits.', 'Register an RSA key (RS256).')
  return key
}

/** The certificates of a PEM file as RFC 7515 4.1.6 wants them: base64 DER, the client's own first. */
const chainOf = (pem: Buffer, key: KeyObject): string[] => {
  const blocks = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const certificates = blocks.map((block) => new X509Certificate(block))
  if (!certificates[0]?.checkPrivateKey(key))
    throw unusable(
      'The first certificate for Maskinporten does not belong to its key.',
      'The own certificate comes first.',
    )
  return certificates.map((c) => c.raw.toString('base64'))
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * The JWT grant of Maskinporten (RFC 7523, 2.1; Digdir's guide): RS256, `kid` or `x5c`, no claim beyond those it names.
 * @throws GatewayError NOV-001 when key or certificate cannot be used, CFG-013 when a file cannot be read
 */
export const maskinportenGrant = async (
  config: NoVegvesenConfig,
  { files }: AccessPointContext,
): Promise<TokenRequest> => {
  const { maskinporten: m, environment } = config
  const { clientId, scope, resource } = m
  const audience = m.audience ?? environments[environment].audience
  const pem = await files.read(m.key)
  const key = readKey(pem, m.passphrase === undefined ? undefined : await files.secret(m.passphrase))
  const header =
    m.certificate === undefined
      ? { alg: 'RS256', kid: m.keyId }
      : { alg: 'RS256', x5c: chainOf(await files.read(m.certificate), key) }
  const assertion = (): string => {
    const iat = Math.floor(Date.now() / 1_000)
    const claims = { aud: audience, iss: clientId, scope, iat, exp: iat + LIFE_S, jti: randomUUID() }
    const signed = `${part(header)}.${part(resource === null ? claims : { ...claims, resource })}`
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  }
  return {
    endpoint: m.tokenEndpoint ?? environments[environment].tokenEndpoint,
    identity: [clientId, audience, scope, resource ?? '', createHash('sha256').update(pem).digest('hex')],
    form: () =>
      new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion() }),
  }
}
