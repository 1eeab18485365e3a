import { test } from 'tap'
import fc from 'fast-check'
import { alertDays, planAlerts } from '../../../gateway/certificates/plan-alerts.ts'
import type { RegisteredCertificate } from '../../../gateway/certificates/register.ts'
import type { CertificateAlertRow } from '../../../gateway/store/trust-tables.ts'

const now = '2026-11-22T00:00:00.000Z' as never
const certificate = (daysLeft: number, sha256 = 'a'): RegisteredCertificate => ({
  sha256: sha256 as never,
  subject: 'CN=x',
  issuer: 'CN=y',
  uses: ['signing'],
  usedBy: ['seal'],
  from: [],
  notBefore: now,
  notAfter: now,
  daysLeft,
  state: 'valid',
  next: null,
  preparedFrom: null,
  quality: null,
})

test('day by day each is told exactly once', async (t) => {
  const told: CertificateAlertRow[] = []
  const days: number[] = []
  for (let left = 90; left >= -5; left--)
    for (let look = 0; look < 3; look++)
      for (const alert of planAlerts([certificate(left)], told, now)) {
        days.push(alert.days)
        told.push(...alert.rows)
      }
  t.same(days, [60, 30, 14, 7, 3, 1])
})

test('after a pause, or for a new certificate, only the nearest day is told', async (t) => {
  const [alert, ...more] = planAlerts([certificate(13)], [], now)
  t.equal(more.length, 0)
  t.equal(alert?.days, 14)
  t.same(
    alert?.rows.map(({ days, told }) => [days, told]),
    [
      [60, 0],
      [30, 0],
      [14, 1],
    ],
  )
  t.same(planAlerts([certificate(13)], alert?.rows ?? [], now), [])
  t.equal(planAlerts([certificate(-3)], [], now)[0]?.days, 1, 'one that has ended already')
  t.same(planAlerts([certificate(61)], [], now), [])
})

test('certificates do not mute each other', async (t) => {
  const [first] = planAlerts([certificate(20)], [], now)
  t.equal(planAlerts([certificate(20), certificate(20, 'b')], first?.rows ?? [], now).length, 1)
})

test('whenever it is looked, no day is told twice, and in the end the last one is', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -10, max: 100 }), { maxLength: 40 }), (looks) => {
      const told: CertificateAlertRow[] = []
      const days: number[] = []
      for (const left of [...looks.sort((a, b) => b - a), 0])
        for (const alert of planAlerts([certificate(left)], told, now)) {
          days.push(alert.days)
          told.push(...alert.rows)
        }
      const keys = told.map((row) => row.days)
      t.equal(new Set(keys).size, keys.length)
      t.same(
        days,
        [...new Set(days)].sort((a, b) => b - a),
      )
      t.ok(days.at(-1) === 1 && days.every((d) => (alertDays as readonly number[]).includes(d)))
    }),
    { numRuns: 50 },
  )
})
