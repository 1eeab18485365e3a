import type { HealthCheck } from '../health-check.ts'

/** A scale that went out of calibration shows in the mean of a variant before an access point refuses anything. */
const check: HealthCheck = {
  check: 'drift of variants',
  async run({ store }) {
    const alerts = await store.weighings.alerts()
    if (alerts.length === 0) return [{ ok: true }]
    return alerts.map(({ variant, field, shift, at }) => ({
      about: variant,
      ok: false as const,
      issue: `${field}: the mean of the last ten vehicles moved by ${shift.toFixed(2)} percentage points (${at.slice(0, 10)}).`,
      suggestion: 'Check the scale and its calibration, the mass of the body, and the base data of the chassis.',
    }))
  },
}
export default check
