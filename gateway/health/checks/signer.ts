import { X509Certificate } from 'node:crypto'
import type { HealthCheck, HealthFinding } from '../health-check.ts'

const warnDays = 30

/** The signer must be usable and its certificate valid for a while yet. */
const check: HealthCheck = {
  check: 'signer',
  run({ config, signers, clock }) {
    const judge = async (about: string): Promise<HealthFinding & { readonly about: string }> => {
      // Opening a token costs a try of its PIN; what can be seen of it without is told by the check of tokens.
      if (!signers.isAtHand(about)) return { about: `${about}: not opened, as that would take its PIN`, ok: true }
      const [leaf] = (await signers.named(about)).chain
      if (!leaf) return { about, ok: false, issue: 'It has no certificate.', suggestion: 'Configure one.' }
      const days = Math.floor((Date.parse(new X509Certificate(leaf).validTo) - clock().getTime()) / 86_400_000)
      if (days >= warnDays) return { about, ok: true }
      const issue = `Its certificate ends in ${days} days.`
      return { about, ok: false, issue, suggestion: 'Order a new one and register it at the access points.' }
    }
    return Promise.all(config.signers.map(({ name }) => judge(name)))
  },
}
export default check
