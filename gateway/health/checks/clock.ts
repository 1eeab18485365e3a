import type { HealthCheck } from '../health-check.ts'

/** Time must not run backwards: dates of signature and the order of versions hang on the clock. */
const check: HealthCheck = {
  check: 'clock',
  async run({ clock, store }) {
    const newest = await store.events.head()
    const now = clock()
    if (!newest || now.getTime() >= Date.parse(newest.at)) return [{ ok: true }]
    return [
      {
        ok: false,
        issue: `It is ${now.toISOString()}, but the newest event is of ${newest.at}.`,
        suggestion: 'Set the clock of this machine and keep it right (NTP), before anything else is signed.',
      },
    ]
  },
}
export default check
