/**
 * `npm run prove:delivery -- [--vehicles 2000] [--place PLACE|all|each] [--kills 12] [--seed N] [--outage 20000]`: vehicles through a real
 * gateway while a third of the answers is cut after acceptance and the gateway is killed at each place of its work in turn.
 * Each must be accepted exactly once, sent again as the identical message only, and nothing may be lost. Then a two-day outage
 * on a simulated clock.
 */
import { parseArgs } from 'node:util'
import { provesOutage } from '../support/outage-story.ts'
import { isPlace, type Place, type PlaceOrEach, places, proveDelivery } from '../support/delivery-proof.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { vehicles: text, place: text, kills: text, seed: text, outage: text } })
const vehicles = Number(values.vehicles ?? 2000)
const kills = Number(values.kills ?? 12)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const queued = Number(values.outage ?? 20_000)
const wanted = values.place ?? 'all'
const chosen: PlaceOrEach[] =
  wanted === 'all' ? (Object.keys(places) as Place[]) : wanted === 'each' ? ['each'] : [wanted].filter(isPlace)
if (chosen.length === 0) {
  console.error(`--place: ${Object.keys(places).join(', ')} all (one run for each), or each (in turn in one run)`)
  process.exit(2)
}

let failed = 0
console.log(`seed ${seed}`)
for (const place of vehicles > 0 ? chosen : []) {
  const proof = await proveDelivery({ vehicles, kills, place, seed, tell: (line) => console.error(line) })
  const verdict = proof.faults.length === 0 && proof.mostCycles <= 2 ? 'ok' : 'FAILED'
  if (verdict !== 'ok') failed++
  console.log(
    `${place.padEnd(11)} ${verdict}: ${vehicles} vehicles, ${proof.kills} kills (${proof.hits} at the place), ${proof.submits} submissions ` +
      `(${proof.resent} again), at most ${proof.mostCycles} call(s) after the last lost answer, ${proof.seconds} s`,
  )
  for (const fault of proof.faults.slice(0, 20)) console.log(`  ${fault}`)
}

if (queued > 0) {
  const ends: (() => Promise<void>)[] = []
  const say = (ok: boolean, what: string, more = ''): void => {
    if (!ok) failed++
    console.log(`outage ${ok ? 'ok' : 'FAILED'}: ${what}${ok ? '' : more}`)
  }
  const same = (found: unknown, expected: unknown, what: string): void => {
    const [a, b] = [JSON.stringify(found), JSON.stringify(expected)]
    say(a === b, what, ` (${a} instead of ${b})`)
  }
  const took = await provesOutage(
    { teardown: (end) => void ends.push(end), equal: same, same, ok: (found, what) => say(Boolean(found), what) },
    { queued, hours: 48 },
  )
  console.log(`outage: ${queued} drained in ${Math.round(took / 1000)} s of real time`)
  for (const end of ends) await end()
}
process.exit(failed === 0 ? 0 : 1)
