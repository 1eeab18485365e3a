import { twoClocks } from '../../clock-skew/clock-watch.ts'
import type { HealthCheck } from '../health-check.ts'

const suggestion = 'Set the clock of this machine and keep it right (NTP), before anything else is signed.'

/** Time must not run backwards and must agree with that of others: dates of signature and the order of versions hang on it. */
const check: HealthCheck = {
  check: 'clock',
  async run({ clock, store, clockWatch }) {
    const newest = await store.events.head()
    const now = clock()
    if (newest && now.getTime() < Date.parse(newest.at)) {
      const issue = `It is ${now.toISOString()}, but the newest event is of ${newest.at}.`
      return [{ ok: false, issue, suggestion }]
    }
    const verdict = clockWatch?.verdict({ ...twoClocks(), wall: now.getTime() })
    if (verdict?.message !== undefined) return [{ ok: false, issue: verdict.message, suggestion }]
    const [farthest] = verdict?.peers ?? []
    if (!farthest) return [{ ok: true }]
    const { peer, skewMs, plusMinusMs } = farthest
    return [{ ok: true, about: `${Math.abs(skewMs)} ms (± ${Math.ceil(plusMinusMs)}) from that of ${peer}` }]
  },
}
export default check
