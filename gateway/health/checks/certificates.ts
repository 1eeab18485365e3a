import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Certificate, readCertificates } from '../../trust/certificate.ts'
import type { HealthCheck } from '../health-check.ts'

const warnDays = 30
const dayMs = 86_400_000
type Result = Awaited<ReturnType<HealthCheck['run']>>[number]

const issueOf = ({ x509, subject }: Certificate, now: number): string | undefined => {
  const [from, to] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)]
  if (now < from) return `${subject}: valid only from ${new Date(from).toISOString()}.`
  const days = Math.floor((to - now) / dayMs)
  if (now > to) return `${subject}: expired on ${new Date(to).toISOString()}.`
  return days < warnDays ? `${subject}: ends in ${days} days.` : undefined
}

/** Every certificate of a file or of TLS material must be valid, and for a while yet. */
const checkFile = async (about: string, bytes: () => Promise<Buffer>, now: number): Promise<Result> => {
  const suggestion = 'Renew it in time: get the new certificate from its issuer and configure it.'
  try {
    const issues = readCertificates(await bytes()).flatMap((certificate) => issueOf(certificate, now) ?? [])
    return issues.length === 0 ? { about, ok: true } : { about, ok: false, issue: issues.join(' '), suggestion }
  } catch (error) {
    const issue = `It cannot be read: ${(error as Error).message}`
    return { about, ok: false, issue, suggestion: 'Check the file and its rights.' }
  }
}

/** Client certificates and trust anchors of the access points, and the trust anchors of base eCoCs. The signer has its own. */
const check: HealthCheck = {
  check: 'certificate',
  async run({ accessPoints, config, configFolder: folder, clock }) {
    const now = clock().getTime()
    const ofPoint = config.accessPoints.flatMap(({ name, tls: files }) => {
      // As it was loaded: what a renewed file says counts from the next start on.
      const tls = accessPoints.get(name)?.tls
      if (!tls || !files) return []
      return [
        { about: `${name}, client certificate ${files.certificate}`, bytes: () => Promise.resolve(tls.certificate) },
        ...tls.trustAnchors.map((anchor, i) => {
          const file = files.trustAnchors[i] ?? ''
          return { about: `${name}, trust anchor ${file}`, bytes: () => Promise.resolve(anchor) }
        }),
      ]
    })
    const anchors = config.trustAnchors.map((file) => {
      return { about: `trust anchor ${file}`, bytes: () => readFile(resolve(folder, file)) }
    })
    return Promise.all([...ofPoint, ...anchors].map(({ about, bytes }) => checkFile(about, bytes, now)))
  },
}
export default check
