import type { HealthCheck } from '../health-check.ts'

const most = 1_000

/** An eCoC is to be delivered without undue delay after manufacture. */
const check: HealthCheck = {
  check: 'deliveries in time',
  async run({ store, clock }) {
    const now = clock().toISOString() as Parameters<typeof store.deliveries.dueBefore>[0]
    const late = await store.deliveries.dueBefore(now, 'missed', most)
    if (late.length === 0) return [{ ok: true }]
    const [first] = late
    const issue = `${late.length}${late.length === most ? ' or more' : ''} eCoC(s) are late; the oldest is of ${first?.vin ?? ''}, due ${first?.due_at.slice(0, 10) ?? ''}, ${first?.state ?? ''}.`
    return [{ ok: false, issue, suggestion: 'Look at what they wait for: GET /api/v1/ecocs?vin=VIN.' }]
  },
}
export default check
