import type { HealthCheck } from '../health-check.ts'

/** Every source must be reachable, and give and take what it is asked for. */
const check: HealthCheck = {
  check: 'source',
  async run({ sources }) {
    const signal = AbortSignal.timeout(20_000)
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
    ended.catch(() => undefined)
    return Promise.all(
      [...sources.values()].map(async ({ name, test }) => {
        const suggestion = 'Check its address, rights and whether it is mounted.'
        try {
          // A test that heeds no signal must not hold up the doctor.
          const steps = (await Promise.race([test?.({ signal }), ended])) ?? []
          const failed = steps.find((s) => !s.ok)
          if (!failed) return { about: name, ok: true as const }
          return { about: name, ok: false as const, issue: `${failed.step}: ${failed.detail ?? 'failed'}`, suggestion }
        } catch (error) {
          return { about: name, ok: false as const, issue: (error as Error).message, suggestion }
        }
      }),
    )
  },
}
export default check
