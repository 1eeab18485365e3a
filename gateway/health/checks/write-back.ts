import type { HealthCheck } from '../health-check.ts'

/** Answers that a source refused for good wait for a person. */
const check: HealthCheck = {
  check: 'write-back',
  async run({ store }) {
    const failed = [...(await store.writeBacks.counts())].filter(([, { failed: n }]) => n > 0)
    if (failed.length === 0) return [{ ok: true }]
    return failed.map(([source, { failed: n }]) => ({
      about: source,
      ok: false as const,
      issue: `${n} ${n === 1 ? 'answer was' : 'answers were'} refused for good.`,
      suggestion: 'See them: ecoc source parked. Mend the source, then: ecoc source retry.',
    }))
  },
}
export default check
