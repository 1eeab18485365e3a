import { X509Certificate } from 'node:crypto'
import { GatewayError } from '../contract/index.ts'
import { configPath, readConfigured } from './load-config.ts'
import type { GatewayConfig } from './schema.ts'

const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Names of the authorities that `certs.example/make-pki.sh` makes. */
const isExample = (name: string): boolean => {
  const parts = name.split('\n')
  return parts.includes('O=Example PKI') || (parts.includes('O=Other PKI') && parts.includes('CN=Other Root CA'))
}

/** Whether any certificate of a PEM bundle or DER file is of the example PKI. What is no certificate is not. */
const holdsExample = (bytes: Buffer): boolean =>
  (bytes.toString('latin1').match(pem) ?? [bytes]).some((one) => {
    try {
      const { subject, issuer } = new X509Certificate(one)
      return isExample(subject) || isExample(issuer)
    } catch {
      // Whoever needs the certificate refuses it with a better reason.
      return false
    }
  })

/**
 * Keeps a production gateway from the sandbox's access point, whose answers are worth nothing, and from trusting
 * base eCoCs that anybody can seal: every key of the example PKI lies open on disk.
 * @throws GatewayError CFG-014 naming the file, CFG-013 when one cannot be read
 */
export const refuseExamplePki = async (config: GatewayConfig, folder: string): Promise<void> => {
  const points = config.accessPoints.flatMap(({ name, tls }) =>
    [tls?.certificate ?? [], tls?.trustAnchors ?? []].flat().map((file) => [`accessPoints.${name}.tls`, file] as const),
  )
  for (const [what, file] of [...points, ...config.trustAnchors.map((f) => ['trustAnchors', f] as const)])
    if (holdsExample(await readConfigured(folder, file)))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-014',
        message: `${what}: ${configPath(folder, file)} is of the example PKI, which is for the sandbox only.`,
        hint: 'Name the certificates that the operator of the access point or the chassis maker gave you.',
      })
}
