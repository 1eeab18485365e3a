import { createHash, randomBytes } from 'node:crypto'
import type { SecurityConfig } from '../security-config.ts'
import { escape } from '../xml-text.ts'
import { utilityNamespace } from '../envelope.ts'

const profiles = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'
export const extensionNamespace = `${profiles}-wssecurity-secext-1.0.xsd`
export const base64Encoding = `${profiles}-soap-message-security-1.0#Base64Binary`
export const x509Type = `${profiles}-x509-token-profile-1.0#X509v3`
const passwordType = `${profiles}-username-token-profile-1.0#Password`

/** `2026-07-05T10:00:00Z`, milliseconds left out: some services refuse them. */
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`

/** When the message was made and until when it counts (WSS SOAP message security 1.1.1, 10). */
export const timestampBlock = (at: Date, validForMs: number): string =>
  `<wsu:Timestamp xmlns:wsu="${utilityNamespace}" wsu:Id="Timestamp"><wsu:Created>${stamp(at)}</wsu:Created>` +
  `<wsu:Expires>${stamp(new Date(at.getTime() + validForMs))}</wsu:Expires></wsu:Timestamp>`

/** Name and password; the digest is Base64(SHA-1(nonce + created + password)) (UsernameToken profile 1.1.1, 3.1). */
export const usernameBlock = (
  token: NonNullable<SecurityConfig['usernameToken']>,
  password: string,
  at: Date,
  nonce = randomBytes(16),
): string => {
  const created = stamp(at)
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64')
  const given =
    token.type === 'text'
      ? `<wsse:Password Type="${passwordType}Text">${escape(password)}</wsse:Password>`
      : `<wsse:Password Type="${passwordType}Digest">${digest}</wsse:Password>`
  return (
    `<wsse:UsernameToken xmlns:wsu="${utilityNamespace}" wsu:Id="UsernameToken"><wsse:Username>${escape(token.username)}</wsse:Username>` +
    `${given}<wsse:Nonce EncodingType="${base64Encoding}">${nonce.toString('base64')}</wsse:Nonce>` +
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken>`
  )
}

/** The certificate that checks the signature, in the message itself (X.509 token profile 1.1.1, 3.1). */
export const tokenBlock = (certificate: Buffer): string =>
  `<wsse:BinarySecurityToken xmlns:wsu="${utilityNamespace}" wsu:Id="X509" EncodingType="${base64Encoding}" ` +
  `ValueType="${x509Type}">${certificate.toString('base64')}</wsse:BinarySecurityToken>`

/** The Security header around its parts. */
export const securityBlock = (config: SecurityConfig, soap11: boolean, parts: readonly string[]): string => {
  const actor = config.actor === undefined ? '' : ` soap:${soap11 ? 'actor' : 'role'}="${escape(config.actor)}"`
  const must = config.mustUnderstand ? ` soap:mustUnderstand="${soap11 ? '1' : 'true'}"` : ''
  return `<wsse:Security xmlns:wsse="${extensionNamespace}"${actor}${must}>${parts.join('')}</wsse:Security>`
}
