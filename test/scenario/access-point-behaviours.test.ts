import { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway, until } from '../support/sandbox-gateway.ts'

interface Request {
  readonly operation: string
  readonly vin: string | null
  readonly outcome: string
  readonly messageId: string
  readonly sha256: string
}

/** Behaviours after which the vehicle must be accepted, once and only once, when the access point is well again. */
const troubles = [
  'pending',
  'soap-fault',
  'http-500',
  'reset-before-accept',
  'reset-after-accept',
  'timeout-after-accept',
  'duplicate-reply',
  'malformed-reply',
  'slow',
  'wrong-receipt',
  'tls-expired',
]

test('whatever the access point does, nothing is lost and nothing is accepted twice', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  await until('the first vehicles', 30_000, async () => (await gateway.accepted()).length === 5)
  const requests = async (): Promise<Request[]> =>
    (await (await fetch(`${gateway.control}/_control/requests`)).json()) as Request[]
  const send = async (serial: number): Promise<string> => {
    const vin = sampleVin(serial)
    await gateway.baseEcoc(vin)
    await gateway.drop(`${vin}.csv`, sampleExport([vin]))
    return vin
  }
  const stored = async (vin: string) => (await gateway.accepted()).filter((a) => a.vin === vin)

  for (const [i, trouble] of troubles.entries())
    await t.test(trouble, async (t) => {
      // The base eCoC is fetched over the same address: it must be there before the trouble begins.
      const vin = sampleVin(2001 + i)
      await gateway.baseEcoc(vin)
      await gateway.drop(
        `${vin}-early.csv`,
        Buffer.from(sampleExport([vin]).toString('latin1').replace(';J;', ';N;'), 'latin1'),
      )
      await gateway.ecoc(vin, ['held'])
      await gateway.behave(trouble)
      await gateway.drop(`${vin}.csv`, sampleExport([vin]))
      if (trouble === 'tls-expired') await gateway.ecoc(vin, ['signed'])
      else await until('the submission', 20_000, async () => (await requests()).some((r) => r.vin === vin))
      await gateway.behave('accept')
      t.equal((await gateway.ecoc(vin, ['accepted'], 40_000)).state, 'accepted')
      const [only, ...more] = await stored(vin)
      t.same(more, [])
      t.match(only, { count: 1, version: 1 })
      const submits = (await requests()).filter((r) => r.vin === vin && r.operation === 'submit')
      t.equal(new Set(submits.map((r) => `${r.messageId} ${r.sha256}`)).size, 1, 'a retry sends the identical message')
    })

  await t.test('accepted with warnings', async (t) => {
    await gateway.behave('warn')
    const vin = await send(2101)
    t.equal((await gateway.ecoc(vin, ['accepted_with_warnings'])).state, 'accepted_with_warnings')
    t.match(JSON.parse((await gateway.answer(`${vin}.receipt.json`)).toString()), { outcome: 'accepted_with_warnings' })
  })

  await t.test('a rejection is written back, and a corrected record makes a new document', async (t) => {
    await gateway.behave('reject')
    const vin = await send(2102)
    const rejected = await gateway.ecoc(vin, ['rejected'])
    const receipt = JSON.parse((await gateway.answer(`${vin}.receipt.json`)).toString())
    t.match(receipt, { outcome: 'rejected', messages: [{ severity: 'error' }] })
    await gateway.behave('accept')
    await gateway.drop(
      `${vin}.csv`,
      Buffer.from(sampleExport([vin]).toString('latin1').replace(';NL\r', ';D\r'), 'latin1'),
    )
    const accepted = await gateway.ecoc(vin, ['accepted'])
    t.not(accepted.id, rejected.id)
    const { body } = await gateway.api<{ state: string }>(`/ecocs/${rejected.id}`)
    t.equal(body.state, 'superseded')
    t.match(await stored(vin), [{ count: 1, version: 1 }], 'version 1 as long as nothing was accepted')
  })

  await t.test(
    'a changed record of an accepted vehicle is held as a proposed correction, then makes version 2',
    async (t) => {
      const vin = await send(2103)
      const first = await gateway.ecoc(vin, ['accepted'])
      await gateway.drop(
        `${vin}.csv`,
        Buffer.from(sampleExport([vin]).toString('latin1').replace(';NL\r', ';D\r'), 'latin1'),
      )
      const held = await gateway.ecoc(vin, ['held'])
      t.match(held, { reasonCode: 'FLO-005' })
      t.equal((await gateway.api(`/ecocs/${held.id}/correct`, { method: 'POST', body: '{}' })).status, 200)
      t.equal((await gateway.ecoc(vin, ['accepted'])).id, held.id)
      t.match(
        (await stored(vin)).map((a) => a.version),
        [1, 2],
      )
      const { body } = await gateway.api<{ state: string }>(`/ecocs/${first.id}`)
      t.equal(body.state, 'superseded')
    },
  )

  await t.test('a person corrects an accepted eCoC: nothing goes out before it is confirmed', async (t) => {
    const vin = await send(2104)
    const first = await gateway.ecoc(vin, ['accepted'])
    const verb = (id: string, name: string, body: object = {}) =>
      gateway.api<{ state: string }>(`/ecocs/${id}/${name}`, { method: 'POST', body: JSON.stringify(body) })

    t.equal((await verb(first.id, 'correct')).status, 200)
    const same = await gateway.ecoc(vin, ['cancelled'])
    t.match(same, { reasonCode: 'FLO-009' }, 'without a difference there is no new version')

    t.match((await verb(first.id, 'reopen', { comment: 'The registrar reads another height.' })).body, {
      state: 'reopened',
    })
    const changed = sampleExport([vin]).toString('latin1').replace(';NL\r', ';F\r')
    await gateway.drop(`${vin}-2.csv`, Buffer.from(changed, 'latin1'))
    const held = await gateway.ecoc(vin, ['held'])
    const { body } = await gateway.api<{ differences: { element: string; was: string; is: string }[] }>(
      `/ecocs/${held.id}/differences`,
    )
    t.match(body.differences, [{ element: 'IntendedCountryRegistration', was: 'NL', is: 'F' }])
    t.equal((await stored(vin)).length, 1)
    await verb(held.id, 'correct')
    t.equal((await gateway.ecoc(vin, ['accepted'])).id, held.id)
    const { versions } = (
      await gateway.api<{ versions: { version: number; state: string }[] }>(`/ecocs/${held.id}/versions`)
    ).body
    t.match(versions, [
      { version: 1, state: 'superseded' },
      { version: 1, state: 'cancelled' },
      { version: 2, state: 'accepted' },
    ])
  })
})
