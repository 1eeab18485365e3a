import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway, until } from '../support/sandbox-gateway.ts'

const vehicles = 100
const kills = 5
const firstSerial = 1001

test('killed in the middle of 100 vehicles while answers are lost, each VIN is accepted exactly once', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  const vins = Array.from({ length: vehicles }, (_, i) => sampleVin(firstSerial + i))
  for (const vin of vins) await gateway.baseEcoc(vin)
  await gateway.behave('reset-after-accept', 1 / 3, 7)
  await gateway.drop('hundred.csv', sampleExport(vins))

  const own = async () => (await gateway.accepted()).filter((a) => vins.includes(a.vin))
  for (let kill = 1; kill <= kills; kill++) {
    // Each kill waits until some more vehicles are through, so that it falls in the middle of the work.
    const enough = Math.floor((vehicles * (kill - 1)) / kills) + 3
    await until(`${enough} accepted before kill ${kill}`, 60_000, async () => (await own()).length >= enough)
    await wait((kill * 37) % 100)
    await gateway.kill()
    t.ok((await own()).length < vehicles, `kill ${kill} came in the middle: ${(await own()).length} of ${vehicles}`)
    await gateway.start()
  }

  await until('all accepted in the gateway', 120_000, async () => {
    const { body } = await gateway.api<{ items: { vin: string; state: string }[] }>('/ecocs?limit=500')
    const states = body.items.filter((e) => vins.includes(e.vin)).map((e) => e.state)
    return states.length === vehicles && states.every((s) => s === 'accepted')
  })
  const accepted = await own()
  t.equal(accepted.length, vehicles, 'one accepted document a VIN')
  t.equal(new Set(accepted.map((a) => a.vin)).size, vehicles)
  t.ok(
    accepted.every((a) => a.count === 1 && a.version === 1),
    'each processed once',
  )

  await until('a receipt beside the export for each vehicle', 30_000, async () => {
    const receipts = (await gateway.files()).filter((f) => f.endsWith('.receipt.json'))
    return vins.every((vin) => receipts.includes(`${vin}.receipt.json`))
  })
  t.notOk(
    (await gateway.files()).some((f) => f.endsWith('.tmp')),
    'nothing half done is left',
  )
})
