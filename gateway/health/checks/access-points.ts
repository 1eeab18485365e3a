import type { HealthCheck } from '../health-check.ts'

/** Every access point must be reachable with our certificate. */
const check: HealthCheck = {
  check: 'access point',
  async run({ accessPoints }) {
    const signal = AbortSignal.timeout(15_000)
    return Promise.all(
      [...accessPoints.values()].map(async ({ name, connector, config, tls, files, proxy }) => {
        const steps = await connector.test(config, { signal, tls, files, proxy })
        const failed = steps.find((s) => !s.ok)
        if (!failed) return { about: name, ok: true as const }
        const issue = `Step "${failed.step}" failed: ${failed.detail ?? ''}`
        return {
          about: name,
          ok: false as const,
          issue,
          suggestion: 'Check network, proxy, client certificate and trust anchors.',
        }
      }),
    )
  },
}
export default check
