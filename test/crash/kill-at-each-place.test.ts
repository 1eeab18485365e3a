// slow: starts a gateway again after every kill
import { test } from 'tap'
import { proveDelivery } from '../support/delivery-proof.ts'

for (const place of ['stamps', 'dispatched', 'receipt'] as const)
  test(`killed at ${place} while answers are lost, each vehicle is accepted exactly once`, async (t) => {
    const proof = await proveDelivery({ vehicles: 40, kills: 3, place, seed: 11 })
    t.same(proof.faults, [])
    t.ok(proof.hits > 0, `the place was seen at ${proof.hits} of ${proof.kills} kills`)
    t.ok(proof.resent > 0, 'answers were lost')
    t.ok(proof.mostCycles <= 2, `at most ${proof.mostCycles} call(s) after the last lost answer`)
  })
