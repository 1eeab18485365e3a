import type { PeerCertificate } from 'node:tls'
import { checkServerIdentity } from 'node:tls'
import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import type { TlsMaterial } from '../../../gateway/contract/access-point.ts'
import type { EuSoapConfig } from './config.ts'

export type Reach = Pick<EuSoapConfig, 'serverCertificates' | 'connectTimeout'>

/** The usual check of the name, and where the profile pins certificates, that it is one of them. */
const identity =
  (pinned: readonly string[] | undefined) =>
  (host: string, certificate: PeerCertificate): Error | undefined => {
    const wrong = checkServerIdentity(host, certificate)
    if (wrong || !pinned) return wrong
    const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
    if (pinned.includes(fingerprint)) return undefined
    return new RangeError(`the server's certificate ${fingerprint} is not among serverCertificates`)
  }

const make = (tls: TlsMaterial, reach: Reach, proxy: string | undefined): Dispatcher => {
  const connect = {
    cert: tls.certificate,
    key: tls.key,
    // Only the anchors of the profile count, not those of the operating system.
    ca: [...tls.trustAnchors],
    // An anchor may be an issuing authority or the server's certificate itself: operators hand out what they have.
    allowPartialTrustChain: true,
    minVersion: 'TLSv1.2' as const,
    rejectUnauthorized: true,
    checkServerIdentity: identity(reach.serverCertificates),
    timeout: reach.connectTimeout,
  }
  const pool = { allowH2: false, keepAliveTimeout: 4_000, connectTimeout: reach.connectTimeout }
  if (proxy === undefined) return new Agent({ ...pool, connect })
  // The proxy sees the name and encrypted bytes only: it opens a tunnel (CONNECT), and TLS is spoken through it.
  const proxyTls = { timeout: reach.connectTimeout }
  return new ProxyAgent({ ...pool, uri: proxy, proxyTunnel: true, requestTls: connect, proxyTls })
}

/** One pool per TLS material, way and pin: a connection made with one certificate is never used for another. */
const pools = new WeakMap<TlsMaterial, Map<string, Dispatcher>>()

/** The connections to an access point. */
export const dispatcherFor = (tls: TlsMaterial, reach: Reach, proxy: string | undefined): Dispatcher => {
  const own = pools.get(tls) ?? new Map<string, Dispatcher>()
  pools.set(tls, own)
  const way = JSON.stringify([proxy, reach.serverCertificates, reach.connectTimeout])
  const known = own.get(way)
  if (known) return known
  const made = make(tls, reach, proxy)
  own.set(way, made)
  return made
}
