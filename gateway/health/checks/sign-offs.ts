import type { Instant } from '../../contract/index.ts'
import type { HealthCheck } from '../health-check.ts'

/** Vehicles do not wait for a person for ever without anybody being told. */
const check: HealthCheck = {
  check: 'sign-offs in time',
  async run({ store, clock, config }) {
    const now = clock().getTime()
    const before = new Date(now - config.signOff.escalateAfter).toISOString() as Instant
    const late = (await store.signOffs.waiting(1_000)).filter((s) => s.requested_at <= before)
    const [first] = late
    if (!first) return [{ ok: true }]
    const issue = `${late.length} sign-off(s) wait for a decision; the oldest is of ${first.vin}, since ${first.requested_at.slice(0, 16)}.`
    return [{ ok: false, issue, suggestion: 'Quality: ecoc sign-off list, or the sign-off page, and decide.' }]
  },
}
export default check
