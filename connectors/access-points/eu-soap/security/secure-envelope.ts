import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { SendError, type AccessPointContext, type Envelope } from '../../../../gateway/contract/access-point.ts'
import type { EuSoapConfig } from '../config.ts'
import type { SecurityConfig } from '../security-config.ts'
import { encryptContent } from './encrypt-content.ts'
import { securityBlock, timestampBlock, tokenBlock, usernameBlock } from './security-header.ts'
import { signatureBlock } from './sign-parts.ts'

const headerStart = '<soap:Header>'
const idsOf: Readonly<Record<string, readonly string[]>> = {
  body: ['Body'],
  timestamp: ['Timestamp'],
  addressing: ['To', 'Action', 'MessageID', 'ReplyTo'],
  usernameToken: ['UsernameToken'],
}

interface Signing {
  readonly key: KeyObject
  readonly certificate: X509Certificate
}

const signingKey = async (
  { key, certificate }: NonNullable<SecurityConfig['signature']>,
  { files, tls }: AccessPointContext,
): Promise<Signing> => {
  const own = key !== undefined && certificate !== undefined
  const pem = own ? { key: await files.read(key), certificate: await files.read(certificate) } : tls
  if (!pem) throw new SendError('no key is configured for the signature of the message', false)
  const signing = { key: createPrivateKey(pem.key), certificate: new X509Certificate(pem.certificate) }
  if (!signing.certificate.checkPrivateKey(signing.key)) {
    throw new SendError('the key for the signature of the message does not belong to its certificate', false)
  }
  return signing
}

const encrypted = async (
  text: string,
  name: string,
  context: AccessPointContext,
): Promise<{ key: string; text: string }> => {
  const certificate = new X509Certificate(await context.files.read(name))
  const from = text.indexOf('>', text.indexOf('<soap:Body')) + 1
  const to = text.lastIndexOf('</soap:Body>')
  const { key, data } = encryptContent(Buffer.from(text.slice(from, to)), certificate)
  return { key, text: text.slice(0, from) + data + text.slice(to) }
}

const secured = async (
  text: string,
  config: EuSoapConfig,
  security: SecurityConfig,
  context: AccessPointContext,
): Promise<string> => {
  const at = new Date()
  const { timestamp, usernameToken, signature, encryption } = security
  const signing = signature && (await signingKey(signature, context))
  const tokens = [
    signing ? tokenBlock(signing.certificate.raw) : '',
    timestamp ? timestampBlock(at, timestamp.validFor) : '',
    usernameToken ? usernameBlock(usernameToken, await context.files.secret(usernameToken.passwordFile), at) : '',
  ]
  const withHeader = (around: string, parts: readonly string[]): string =>
    around.replace(headerStart, () => headerStart + securityBlock(security, config.soapVersion === '1.1', parts))
  if (signature && signing) {
    const ids = signature.parts.flatMap((part) => idsOf[part] ?? [])
    const block = signatureBlock(withHeader(text, tokens), ids, signing.key)
    if (block === undefined) throw new SendError('a message is signed with an RSA or EC key, not with this one', false)
    tokens.push(block)
  }
  if (!encryption) return withHeader(text, tokens)
  // Signed first, then encrypted: the receiver meets the header in this order and undoes it so (WSS 1.1.1, 5).
  const sealed = await encrypted(text, encryption.certificate, context)
  return withHeader(sealed.text, [sealed.key, ...tokens])
}

/**
 * The envelope as it leaves, with a WS-Security header made for this one sending: new time, new nonce, new keys. The stored
 * envelope stays without it, so no password is kept and a repeat is the same message.
 * @throws SendError with `dispatched: false` when key, certificate or password cannot be had
 */
export const secureEnvelope = async (
  config: EuSoapConfig,
  envelope: Envelope,
  context: AccessPointContext,
): Promise<Envelope> => {
  if (!config.security) return envelope
  try {
    const text = await secured(envelope.bytes.toString('utf8'), config, config.security, context)
    return { ...envelope, bytes: Buffer.from(text) }
  } catch (error) {
    if (error instanceof SendError) throw error
    const reason = error instanceof Error ? error.message : 'unknown reason'
    throw new SendError(`the message cannot be secured: ${reason}`, false, error)
  }
}
