import { X509Certificate } from 'node:crypto'
import type { HealthCheck } from '../health-check.ts'

const warnDays = 30

/** The signer must be usable and its certificate valid for a while yet. */
const check: HealthCheck = {
  check: 'signer',
  async run({ signer, clock }) {
    const { chain, name } = await signer()
    const [leaf] = chain
    if (!leaf) return [{ about: name, ok: false, issue: 'It has no certificate.', suggestion: 'Configure one.' }]
    const days = Math.floor((Date.parse(new X509Certificate(leaf).validTo) - clock().getTime()) / 86_400_000)
    if (days >= warnDays) return [{ about: name, ok: true }]
    const issue = `Its certificate ends in ${days} days.`
    return [{ about: name, ok: false, issue, suggestion: 'Order a new one and register it at the access points.' }]
  },
}
export default check
