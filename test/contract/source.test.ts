// slow: it starts a real server for every behaviour of every connector
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import tap, { test } from 'tap'
import { tempFolder } from '../support/temp-folder.ts'
import { agreedWaivers, context, namesOfConnectors, underTest, type UnderTest } from './connector-bench.ts'
import { connectorFaults } from './connector-faults.ts'
import { connectorFiles } from './connector-files.ts'
import { connectorFlow } from './connector-flow.ts'
import { connectorPush } from './connector-push.ts'
import { connectorRows } from './connector-rows.ts'
import type { RowsFixture, SourceFixture } from './source-fixtures/fixture.ts'

tap.setTimeout(900_000)

const only = process.env.ECOC_TEST_SOURCE?.split(',')
const names = namesOfConnectors().filter((name) => !only || only.includes(name))

test('a new connector is found by its folder, and fails here until it has a fixture', async (t) => {
  t.ok(namesOfConnectors().includes('folder'))
  const home = await tempFolder(t)
  await mkdir(join(home, 'pigeon'))
  await mkdir(join(home, 'support'))
  await writeFile(join(home, 'pigeon', 'connector.ts'), '')
  t.same(namesOfConnectors(pathToFileURL(`${home}/`)), ['pigeon'])
  t.same(await underTest('pigeon'), [])
})

for (const name of names) {
  const all = await underTest(name)
  if (all.length === 0) void test(`source ${name}`, async (t) => t.fail(`no test/contract/source-fixtures/${name}.ts`))
  for (const of of all)
    void test(`source ${of.title}`, async (t) => {
      const { connector } = of
      const there = await of.openFixture()
      t.teardown(() => there.close())
      const waivers = there.waivers ?? {}

      await t.test('is called like its folder and knows its own settings', async (t) => {
        t.equal(connector.name, name)
        t.not(connector.title, '')
        t.notOk(connector.config.safeParse({ ...(there.config as object), surelyNoSetting: 1 }).success)
      })

      await t.test('waives nothing that was not agreed, and no longer what it holds', async (t) => {
        t.same(Object.keys(waivers).sort(), agreedWaivers(of.title).toSorted(), 'test/contract/source-waivers.json')
        for (const reason of Object.values(waivers)) t.ok(reason.length > 10, reason)
      })

      await t.test('its test names each step, and ends at the first that fails', async (t) => {
        const before = await placesOf(there)
        const good = await connector.test(connector.config.parse(there.config), context())
        t.ok(good.length > 0)
        t.same(
          good.filter((s) => !s.ok),
          [],
        )
        t.same(
          (await placesOf(there)).filter((n) => !before.includes(n) && n !== 'archive'),
          [],
          'no probe is left',
        )
        const bad = await connector.test(connector.config.parse(there.brokenConfig), context())
        t.same(
          bad.map((s) => s.ok),
          [...bad.slice(1).map(() => true), false],
        )
        t.ok(bad.at(-1)?.detail)
      })

      const kind = connector.kind ?? 'files'
      if (kind === 'rows') await connectorRows(t, of as UnderTest<RowsFixture>, waivers)
      else if (kind === 'push') await connectorPush(t, of, waivers)
      else {
        const files = of as UnderTest<SourceFixture>
        await connectorFiles(t, files, waivers)
        await connectorFaults(t, files, waivers)
        await connectorFlow(t, files, waivers)
      }
    })
}

/** What lies at a source, where it has names at all. */
const placesOf = async (there: object): Promise<readonly string[]> =>
  'names' in there ? (there as SourceFixture).names() : []
