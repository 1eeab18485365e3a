import type { Test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import type { SourceFixture } from '../contract/source-fixtures/fixture.ts'
import { startPlant } from './plant.ts'
import { until } from './sandbox-gateway.ts'

/**
 * The whole way over a source of files: an export appears there, is read once, becomes an eCoC that the access point accepts,
 * and its status stands at the source; then one that the access point rejects.
 */
export const fileSourceScenario = async (
  t: Test,
  connector: string,
  openFixture: () => Promise<SourceFixture>,
): Promise<void> => {
  const there = await openFixture()
  t.teardown(() => there.close())
  const plant = await startPlant(t, {
    name: 'erp',
    connector,
    mapper: 'sage-x3',
    poll: '500ms',
    timeout: '10s',
    config: there.config,
  })
  /** A file at the source, once it says what it should. */
  const answer = (name: string, what = /\S/): Promise<string> =>
    until(`${name} with ${String(what)}`, 60_000, async () => {
      const text = (await there.look(name))?.toString('latin1') ?? ''
      if (text && !what.test(text)) throw new Error(text)
      return what.test(text) && text
    })
  const put = async (name: string, vin: string): Promise<void> => {
    await plant.baseEcoc(vin)
    await there.put(name, sampleExport([vin]))
  }

  await t.test('ecoc source test says that all is well', async (t) => {
    const tested = await plant.cli('source', 'test', 'erp')
    t.equal(tested.code, 0, tested.out + tested.err)
  })

  await t.test('an export becomes an accepted eCoC, and its status stands beside it', async (t) => {
    const vin = sampleVin(901)
    await put('good.csv', vin)
    const receipt = JSON.parse(await answer(`${vin}.receipt.json`)) as { iviReferenceId: string }
    t.match(receipt, { vin, outcome: 'accepted', state: 'accepted' })
    t.match(await answer('good.csv.result.csv', /;accepted;/), vin)
    t.match(JSON.parse(await answer('good.csv.ok.json')), { file: 'good.csv', rows: 1, taken: [{ vin }] })
    const accepted = (await plant.accepted()).filter((a) => a.vin === vin)
    t.match(accepted, [{ vin, version: 1, count: 1, iviReferenceId: receipt.iviReferenceId }], 'once, and no more')
    t.equal(await there.look('good.csv'), undefined, 'it was taken')
  })

  await t.test('what the access point rejects is told there just so', async (t) => {
    const vin = sampleVin(902)
    await plant.behave('reject')
    await put('bad.csv', vin)
    t.match(JSON.parse(await answer(`${vin}.receipt.json`)), { vin, outcome: 'rejected', state: 'rejected' })
    t.match(await answer('bad.csv.result.csv', /;rejected;/), vin)
    t.same(
      (await plant.accepted()).filter((a) => a.vin === vin),
      [],
    )
  })

  await t.test('and nothing else is said about it', async (t) => {
    t.notMatch(plant.output(), /"level":(40|50|60)/, plant.output())
  })
}
