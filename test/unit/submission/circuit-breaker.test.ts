import { test } from 'tap'
import { afterAttempt, askToSend, closedCircuit, type Circuit } from '../../../gateway/submission/circuit-breaker.ts'

const failing = (times: number, from: Circuit = closedCircuit): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((c) => afterAttempt(c, 'not_dispatched', 1_000), from)

test('five failures before dispatch in a row open it', async (t) => {
  t.ok(askToSend(failing(4), 1_000).allowed)
  t.same(failing(5), { state: 'open', probeAt: 61_000 })
  t.match(askToSend(failing(5), 60_999), { allowed: false, notBefore: 61_000 })
})

test('an answer in between closes it, an unknown outcome neither closes nor opens', async (t) => {
  t.same(afterAttempt(failing(4), 'answered', 1_000), closedCircuit)
  t.same(afterAttempt(failing(4), 'unknown', 1_000), failing(4))
})

test('once a minute one probe goes out, and only one', async (t) => {
  const probe = askToSend(failing(5), 61_000)
  t.match(probe, { allowed: true, circuit: { state: 'half_open' } })
  t.match(askToSend(probe.circuit, 61_001), { allowed: false })
  t.match(askToSend(probe.circuit, 121_000), { allowed: true }, 'a probe that was lost with its process does not block')
  t.same(afterAttempt(probe.circuit, 'answered', 61_500), closedCircuit)
  t.same(afterAttempt(probe.circuit, 'not_dispatched', 61_500), { state: 'open', probeAt: 121_500 })
  t.same(afterAttempt(probe.circuit, 'unknown', 61_500), { state: 'open', probeAt: 121_500 })
})
