import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { parse } from 'yaml'
import { compose } from '../../../gateway/compose.ts'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'
import { configSchema } from '../../../gateway/config/schema.ts'
import { sandboxConfig } from '../../../gateway/sandbox/sandbox-config.ts'
import { sandboxPki } from '../../../gateway/sandbox/sandbox-pki.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { createLogger } from '../../../gateway/support/logger.ts'
import { createWorkbench } from '../../../gateway/workbench/create-workbench.ts'
import { tempFolder } from '../../support/temp-folder.ts'

test('where releases decide, the start takes the latest ones, and a source without one stops it', async (t) => {
  const data = await tempFolder(t)
  const mapperFolder = join(data, 'mappers')
  for (const part of ['mappers', 'approvals', 'vehicles'])
    await cp(new URL(`../../../gateway/sandbox/samples/${part}`, import.meta.url).pathname, join(data, part), {
      recursive: true,
    })
  const store = new Store(await openSqlite(data))
  t.teardown(() => store.close())
  const config = await sandboxConfig(data, await sandboxPki(data))
  const connectors = await findConnectors()
  const { signal } = new AbortController()
  const start = (mappersRelease: 'file' | 'released') =>
    compose({
      config: { ...config, mappersRelease },
      ...{ configFolder: data, mapperFolder, dataFolder: data, store, connectors, log: createLogger('silent'), signal },
    })
  await t.rejects(start('released'), {
    code: 'CFG-011',
    message: /no mapper ".*" that was released/,
    hint: /mapper release/,
  })
  const tools = await start('file')
  for (const { mapper } of config.sources) await createWorkbench(tools).release(mapper, 'kim', '')
  const running = await start('released')
  const named = [...new Set(config.sources.map((s) => s.mapper))].sort()
  t.strictSame([...running.mappers.keys()].sort(), named)
  t.equal(running.mappers.get(named[0]!)?.sha256, tools.mappers.get(named[0]!)?.sha256)
})

test('four eyes need releases', async (t) => {
  const example = parse(
    readFileSync(new URL('../../../deploy/gateway.example.yaml', import.meta.url), 'utf8'),
  ) as Record<string, unknown>
  t.match(configSchema.parse(example), { mappersRelease: 'file', fourEyes: false })
  t.match(configSchema.safeParse({ ...example, fourEyes: true }).error?.issues, [{ path: ['fourEyes'] }])
  t.ok(configSchema.safeParse({ ...example, fourEyes: true, mappersRelease: 'released' }).success)
})
