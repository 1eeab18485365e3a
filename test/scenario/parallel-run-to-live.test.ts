import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import tap, { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway, until } from '../support/sandbox-gateway.ts'

tap.setTimeout(240_000)

interface Item {
  readonly vin: string
  readonly state: string
  readonly mode: string
  readonly version: number
  readonly reason: string | null
  readonly reasonCode: string | null
}

const flow = 'sage-x3'
const vins = Array.from({ length: 20 }, (_, i) => sampleVin(700 + i))
const [delivered, rest] = [vins.slice(0, 12), vins.slice(12)]
/** The earlier process wrote another length into these. */
const planted = [delivered[2]!, delivered[7]!, delivered[11]!]

/** Changes a cell of one vehicle's row. */
const changed = (csv: Buffer, vin: string, from: string, to: string): Buffer =>
  Buffer.from(
    csv
      .toString('latin1')
      .split('\r\n')
      .map((row) => (row.includes(vin) ? row.replace(from, to) : row))
      .join('\r\n'),
    'latin1',
  )

test('a flow goes from test through a parallel run to live', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  await until('the first vehicles', 60_000, async () => (await gateway.accepted()).length === 5)
  for (const vin of vins) await gateway.baseEcoc(vin)
  const ours = async (mode: string): Promise<Item[]> =>
    (await gateway.api<{ items: Item[] }>(`/ecocs?mode=${mode}&limit=500`)).body.items.filter((i) =>
      vins.includes(i.vin),
    )
  const settled = (what: string, mode: string, count: number, states: readonly string[]): Promise<Item[]> =>
    until(what, 60_000, async () => {
      const items = await ours(mode)
      const done = items.filter((i) => states.includes(i.state))
      if (done.length < count) throw new Error(JSON.stringify(items.map((i) => [i.vin, i.state, i.reason])))
      return done
    })
  const sent = async (vin: string): Promise<number[]> =>
    (await gateway.accepted()).filter((a) => a.vin === vin).map((a) => a.version)
  const mode = (to: string) => gateway.cli('mode', flow, to, '--json')

  await t.test('in test mode the access point accepts, and nobody is told that the vehicle is', async (t) => {
    t.same(JSON.parse((await mode('test')).out), { flow, mode: 'test' })
    await gateway.drop('test.csv', sampleExport(rest.slice(0, 1)))
    await settled('a test eCoC', 'test', 1, ['accepted'])
    t.same(await sent(rest[0]!), [1], 'the acceptance environment has it')
    const result = await until('the result', 10_000, async () => {
      const text = (await gateway.answer('test.csv.result.csv')).toString()
      return text.includes('accepted') && text
    })
    t.match(result, /;test: accepted;/)
    t.notMatch(result, /;accepted;/)
    t.notOk((await gateway.files()).includes(`${rest[0]!}.receipt.json`))
    const { body } = await gateway.api<{ accessPoints: { steps: unknown[] }[] }>(`/flows/${flow}`)
    t.match(body.accessPoints[0]?.steps[3], { step: 'test_ecocs', have: 1, done: false })
  })

  await t.test('the earlier process made and delivered some of them', async (t) => {
    const csv = join(gateway.data, 'earlier.csv')
    await writeFile(csv, sampleExport(vins))
    const [maps, documents, receipts] = ['mapped', 'earlier', 'receipts'].map((name) => join(gateway.data, name))
    await Promise.all([documents, receipts].map((folder) => mkdir(folder!)))
    const mapped = await gateway.cli('map', csv, '--mapper', flow, '--out', maps!, '--json')
    t.equal(mapped.code, 0, mapped.out + mapped.err)
    for (const vin of delivered) {
      const file = join(maps!, `${vin}.xml`)
      let text = await readFile(file, 'utf8')
      if (planted.includes(vin)) text = text.replace('<Length>6800</Length>', '<Length>6900</Length>')
      await writeFile(file, text)
      const signed = await gateway.cli('sign', file, '--out', join(documents!, `${vin}.xml`), '--json')
      t.equal(signed.code, 0, signed.err)
      const iviReferenceId = /<IviReferenceId>(.*?)</.exec(text)?.[1]
      const receipt = { outcome: 'accepted', iviReferenceId, reference: `OLD-${vin}` }
      await writeFile(join(receipts!, `${vin}.json`), JSON.stringify(receipt))
    }
    t.same(JSON.parse((await mode('parallel')).out), { flow, mode: 'parallel' })
    const args = ['earlier', 'import', documents!, '--flow', flow, '--receipts', receipts!, '--json']
    const imported = await gateway.cli(...args)
    t.equal(imported.code, 0, imported.out + imported.err)
    const results = JSON.parse(imported.out) as unknown[]
    t.equal(results.length, delivered.length)
    t.match(results[0], { ok: true, accepted: true, ecocId: null })
  })

  await t.test('a parallel run compares, sends nothing and writes nothing back as accepted', async (t) => {
    const before = await gateway.accepted()
    await gateway.drop('parallel.csv', sampleExport(vins))
    const items = await settled('the parallel run', 'parallel', vins.length, ['compared'])
    t.same(await gateway.accepted(), before, 'nothing was sent')
    const differing = items.filter((i) => i.reason === '1 difference').map((i) => i.vin)
    t.same(differing.sort(), [...planted].sort())
    t.equal(items.filter((i) => i.reasonCode === 'FLO-015').length, rest.length)
    const lines = await until('the result', 10_000, async () => {
      const text = (await gateway.answer('parallel.csv.result.csv')).toString('latin1').trim().split('\r\n')
      return text.filter((l) => l.includes('compared')).length === vins.length && text
    })
    t.equal(lines.filter((l) => /;compared, 1 difference;/.test(l)).length, 3)
    t.notOk(lines.some((l) => /;accepted;/.test(l)))
    t.notOk(
      (await gateway.files()).some((f) => vins.some((vin) => f.startsWith(vin))),
      'no receipt of any of them',
    )
    const { body } = await gateway.api<{ fields: unknown[] }>(`/flows/${flow}/match-rate`)
    t.match(body, { vehicles: 12, equal: 9, rate: 75, withoutDocument: 8 })
    t.match(body.fields[0], { element: 'Length', vehicles: 12, differing: 3, rate: 75 })
    const csv = await gateway.api<string>(`/flows/${flow}/match-rate.csv`)
    for (const vin of planted) t.match(csv.body, `${vin};2;`)
  })

  await t.test('after the cutover what was delivered is not sent again, and the others are', async (t) => {
    const cutover = await mode('live')
    t.equal(cutover.code, 0, cutover.err)
    t.same(JSON.parse(cutover.out), { flow, mode: 'live' })
    t.match(cutover.err, /12 eCoC\(s\) of the earlier process/)
    t.match(cutover.err, /8 vehicle\(s\) of the parallel run/)
    t.equal((await settled('the heads', 'live', delivered.length, ['accepted'])).length, delivered.length)
    await gateway.drop('live.csv', sampleExport(vins))
    await settled('what nobody delivered', 'live', vins.length, ['accepted'])
    for (const vin of rest.slice(1)) t.same(await sent(vin), [1], vin)
    for (const vin of delivered) t.same(await sent(vin), [], vin)
    const items = await settled('all at rest', 'live', vins.length + 12, ['accepted', 'cancelled', 'held'])
    t.equal(items.filter((i) => i.reasonCode === 'FLO-012').length, 9)
    const proposed = items.filter((i) => i.reasonCode === 'FLO-005').map((i) => i.vin)
    t.same(proposed.sort(), [...planted].sort())
  })

  await t.test('a correction of a head goes out as version 2', async (t) => {
    const [first, other] = [planted[0]!, delivered[0]!]
    const corrected = await gateway.cli('correct', first, '--json')
    t.equal(corrected.code, 0, corrected.out + corrected.err)
    await until('version 2', 30_000, async () => (await sent(first)).length === 1)
    t.same(await sent(first), [2])
    const receipt = JSON.parse((await gateway.answer(`${first}.receipt.json`)).toString())
    t.match(receipt, { vin: first, version: 2, outcome: 'accepted' })
    // A change at the source, of a vehicle that agreed so far.
    await gateway.drop('change.csv', changed(sampleExport(vins), other, '6,800', '6,810'))
    const held = await until('a proposal', 30_000, async () =>
      (await ours('live')).find((i) => i.vin === other && i.state === 'held'),
    )
    t.match(held, { reasonCode: 'FLO-005' })
    t.same(await sent(other), [])
    t.equal((await gateway.cli('audit', 'verify')).code, 0)
  })

  t.match(await gateway.cli('mode', 'sage-x'), { code: 2, err: /Did you mean "sage-x3"/ })
  t.same(JSON.parse((await gateway.cli('mode', flow, '--json')).out), { flow, mode: 'live' })
})
