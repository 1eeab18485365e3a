import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { InboundCall, SiteFiles } from '../../gateway/contract/index.ts'
import type { PushConfig } from './config.ts'

/** Compares in a time that tells nothing, of whatever lengths. An empty secret is none. */
const isSame = (given: string, secret: string): boolean => {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret)) && secret !== ''
}

const headerOf = (call: InboundCall, name: string): string => call.headers[name.toLowerCase()] ?? ''

const knowsToken = async (call: InboundCall, { tokenFile }: NonNullable<PushConfig['bearer']>, files: SiteFiles) => {
  const token = /^Bearer +(\S{1,4096})$/i.exec(headerOf(call, 'authorization'))?.[1]
  return token !== undefined && isSame(token, await files.secret(tokenFile))
}

const isSigned = async (
  call: InboundCall,
  config: NonNullable<PushConfig['hmac']>,
  files: SiteFiles,
  now: Date,
): Promise<boolean> => {
  const secret = await files.secret(config.secretFile)
  if (secret === '') return false
  const hmac = createHmac('sha256', secret)
  if (config.timestampHeader) {
    const time = headerOf(call, config.timestampHeader)
    if (!/^\d{9,11}$/.test(time)) return false
    if (Math.abs(now.getTime() / 1000 - Number(time)) > config.toleranceSeconds) return false
    hmac.update(`${time}.`)
  }
  const expected = hmac.update(call.body).digest(config.encoding)
  const given = headerOf(call, config.header).replace(/^sha256=/i, '')
  return isSame(config.encoding === 'hex' ? given.toLowerCase() : given, expected)
}

const hasCertificate = (call: InboundCall, config: NonNullable<PushConfig['certificate']>): string | undefined => {
  const handedOn = config.proxyHeader ? headerOf(call, config.proxyHeader).replaceAll(':', '').toLowerCase() : undefined
  const proven = call.clientCertificate ?? handedOn
  return proven !== undefined && config.fingerprints.includes(proven) ? proven : undefined
}

/**
 * Who called: everything that is configured must be proven. Secrets are read anew at each call, so that a replaced one
 * counts at once.
 * @returns what proved it, for the audit; undefined when the call proves too little
 */
export const authenticateCall = async (
  call: InboundCall,
  config: PushConfig,
  files: SiteFiles,
  now: Date,
): Promise<string | undefined> => {
  const proofs: string[] = []
  if (config.certificate) {
    const proven = hasCertificate(call, config.certificate)
    if (!proven) return undefined
    proofs.push(`certificate ${proven.slice(0, 16)}`)
  }
  if (config.bearer) {
    if (!(await knowsToken(call, config.bearer, files))) return undefined
    proofs.push('bearer')
  }
  if (config.hmac) {
    if (!(await isSigned(call, config.hmac, files, now))) return undefined
    proofs.push('hmac')
  }
  return proofs.length > 0 ? proofs.join(', ') : undefined
}
