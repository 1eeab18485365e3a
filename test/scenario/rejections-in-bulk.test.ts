import tap, { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway, until } from '../support/sandbox-gateway.ts'

tap.setTimeout(180_000)

interface Group {
  readonly key: string
  readonly count: number
  readonly explanation: { readonly code: string; readonly meaning: string; readonly change: string }
}

test('one cause over several vehicles is seen as one, and mended as one on the command line', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  await until('the first vehicles', 60_000, async () => (await gateway.accepted()).length === 5)
  const vins = [901, 902, 903].map(sampleVin)
  for (const vin of vins) await gateway.baseEcoc(vin)
  await gateway.behave('reject')
  await gateway.drop('rejected.csv', sampleExport(vins))
  for (const vin of vins)
    await gateway.ecoc(vin, ['received', 'mapped', 'checked', 'signed', 'dispatching', 'rejected'])
  const groups = await until('one group of three', 30_000, async () => {
    const { items } = (await gateway.api<{ items: Group[] }>('/rejections?language=fr')).body
    return items[0]?.count === 3 && items
  })
  t.match(groups, [{ explanation: { code: 'SIM-REJECT-001', meaning: /^Le point d'accès refuse/ } }])

  await gateway.behave('accept')
  const args = ['bulk', 'correct', '--rejection', groups[0]!.key]
  const shown = await gateway.cli(...args)
  t.equal(shown.code, 0, shown.err)
  t.match(shown.out, /correct would do: 3[\s\S]*Nothing was changed/)
  t.equal((await gateway.api<{ items: Group[] }>('/rejections')).body.items.length, 1)
  const done = await gateway.cli(...args, '--yes', '--comment', 'mended', '--json')
  t.match(JSON.parse(done.out), { verb: 'correct', confirmed: true, refused: [], more: 0 })
  for (const vin of vins)
    await until(`${vin} accepted`, 30_000, async () => (await gateway.accepted()).some((a) => a.vin === vin))
  t.same((await gateway.api<{ items: Group[] }>('/rejections')).body.items, [])

  t.match(await gateway.cli('bulk', 'correct'), { code: 2, err: /at least a state/ })
  t.match(await gateway.cli('bulk', 'resolve', '--state', 'held'), { code: 2, err: /The verb is one of/ })
  t.equal((await gateway.cli('bulk', 'replay', '--state', 'rejected')).code, 1, 'there is nothing to do')
  t.equal((await gateway.cli('audit', 'verify')).code, 0)
})
