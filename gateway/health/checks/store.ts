import type { HealthCheck } from '../health-check.ts'

const maxDeadLetters = 0

/** Nothing may lie unseen: dead letters and answers that cannot be written. */
const check: HealthCheck = {
  check: 'store',
  async run({ store }) {
    const { dead_letter = 0, outcome_unknown = 0 } = await store.ecocs.countByState()
    if (dead_letter > maxDeadLetters)
      return [{ ok: false, issue: `${dead_letter} eCoC(s) are dead letters.`, suggestion: 'Look at them and replay.' }]
    if (outcome_unknown > 0)
      return [
        {
          ok: false,
          issue: `${outcome_unknown} outcome(s) are unknown.`,
          suggestion: 'Ask the access point, then resolve.',
        },
      ]
    return [{ ok: true }]
  },
}
export default check
