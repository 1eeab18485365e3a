import type { HealthCheck } from '../health-check.ts'

/** Every source must be reachable and listable. */
const check: HealthCheck = {
  check: 'source',
  async run({ sources }) {
    const signal = AbortSignal.timeout(10_000)
    return Promise.all(
      [...sources.values()].map(async ({ name, open }) => {
        try {
          await open.list({ signal })
          return { about: name, ok: true as const }
        } catch (error) {
          const issue = `It cannot be listed: ${(error as Error).message}`
          return {
            about: name,
            ok: false as const,
            issue,
            suggestion: 'Check its address, rights and whether it is mounted.',
          }
        }
      }),
    )
  },
}
export default check
