import { GatewayError } from '../contract/errors.ts'
import { minimumRsaBits } from '../signature/algorithms.ts'
import type { Certificate } from '../trust/certificate.ts'
import { maySeal, validityAt } from '../trust/check-path.ts'

const refusal = (code: string, message: string, hint: string): GatewayError =>
  new GatewayError({ kind: 'config', code, message, hint })

/** Why this certificate cannot seal IVI documents at that time; undefined when it can. */
export const sealFault = (name: string, leaf: Certificate, at: Date): GatewayError | undefined => {
  const { publicKey, validFromDate, validToDate } = leaf.x509
  const type = publicKey.asymmetricKeyType ?? 'unknown'
  if (type !== 'rsa') {
    const message = `The key of signer ${name} is ${type}, but IVI signatures are RSA only (PKCS#1 v1.5 with SHA-256).`
    return refusal('SIG-004', message, 'Order a seal with an RSA key.')
  }
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < minimumRsaBits) {
    const message = `The RSA key of signer ${name} has ${bits} bits, at least ${minimumRsaBits} are needed.`
    return refusal('SIG-005', message, 'Order a new seal.')
  }
  const validity = validityAt(leaf, at)
  if (validity !== 'within') {
    const range = `${validFromDate.toISOString()} to ${validToDate.toISOString()}`
    const word = validity === 'after' ? 'expired' : 'not yet valid'
    const message = `The certificate of signer ${name} is ${word} (${range}).`
    return refusal('SIG-007', message, 'Renew the seal, or check the clock.')
  }
  if (maySeal(leaf)) return undefined
  const message = `The certificate of signer ${name} is not for signing documents (key usage).`
  return refusal('SIG-009', message, 'It needs digitalSignature or nonRepudiation, and must not be for TLS only.')
}

/**
 * DER of the chain as a signature carries it: the signer's certificate, then its issuers as far as they were given, without the
 * root (XAdES: it is the verifier's). `at` is when the certificate must be valid.
 * Throws `config` errors: `SIG-004` not RSA, `SIG-005` key too short, `SIG-007` not valid at that time, `SIG-009` wrong key usage.
 */
export const sealChain = (name: string, given: readonly Certificate[], leaf: Certificate, at: Date): Buffer[] => {
  const fault = sealFault(name, leaf, at)
  if (fault) throw fault
  const chain = [leaf]
  for (let last = leaf; chain.length <= given.length;) {
    const issuer = given.find((c) => !chain.includes(c) && last.x509.checkIssued(c.x509))
    if (!issuer || issuer.x509.checkIssued(issuer.x509)) break
    chain.push(issuer)
    last = issuer
  }
  return chain.map(({ der }) => der)
}
