import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'tap'
import { connectorPage } from '../../../gateway/config/connector-page.ts'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'
import { parseConfig } from '../../../gateway/config/load-config.ts'
import { readySources } from '../../../gateway/config/open-connectors.ts'
import { createSources } from '../../../gateway/flow/sources.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { GatewayError } from '../../../gateway/contract/index.ts'
import { fieldsOf, yamlOf } from '../../../ui/common/settings-form.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const root = new URL('../../../', import.meta.url)
const connector = `import { z } from '${new URL('node_modules/zod/index.js', root).href}'
import { defineSource } from '${new URL('gateway/contract/index.ts', root).href}'
const config = z.strictObject({
  url: z.string().describe('Where it flies to.'),
  birds: z.int().min(1).default(2).describe('How many.'),
  food: z.strictObject({ kind: z.enum(['corn', 'peas']).describe('What they eat.') }).optional().describe('Food.'),
})
export default defineSource({
  name: 'pigeon', title: 'Carrier pigeons', kind: 'rows', config,
  test: async () => [{ step: 'coop', ok: true }],
  open: async () => ({ kind: 'rows', page: async () => [], close: async () => {} }),
})
`
const yaml = (settings: string): string => `site: { name: Plant }
signer: { key: { kind: pem, key: k, certificates: [c] } }
sources:
  - name: roof
    connector: pigeon
    mapper: m
    config:
      url: somewhere
${settings}
accessPoints: [{ name: nl, connector: eu-soap, environment: production, config: {} }]
routing: { environment: production, otherwise: nl }
`

test('a connector that is dropped in appears in configuration, docs, form and test without an edit elsewhere', async (t) => {
  const home = await tempFolder(t)
  await mkdir(join(home, 'pigeon'))
  await writeFile(join(home, 'pigeon', 'connector.ts'), connector)
  const connectors = await findConnectors(pathToFileURL(`${home}/`))
  t.same([...connectors.sources.keys()], ['pigeon'])

  const config = parseConfig(yaml('      birds: 3'), 'gateway.yaml')
  const sources = readySources(config, home, connectors)
  t.match(sources.get('roof'), { connector: 'pigeon', kind: 'rows', pageRows: 500, overlapMs: 1_800_000 })
  const view = createSources(
    { sources, signal: new AbortController().signal, clock: () => new Date() } as unknown as Tools,
    connectors,
    'base',
  )
  t.same(await view.test('roof'), [{ step: 'coop', ok: true }])

  const page = connectorPage(connectors.sources.values())
  t.match(page, /## pigeon: Carrier pigeons[^]*\| `birds` \| integer \| `2` \| How many\. \|/)
  t.match(page, /`food.kind` \| `corn`, `peas`/)

  const [form] = view.connectors()
  const fields = fieldsOf(form!.schema)
  t.match(fields, [
    { path: 'url', kind: 'text', needed: true, about: 'Where it flies to.' },
    { path: 'birds', kind: 'number', needed: false, otherwise: '2' },
    { path: 'food.kind', kind: 'choice', choices: ['corn', 'peas'] },
  ])
  const filled = new Map([
    ['url', "it's: here"],
    ['birds', '4'],
    ['food.kind', 'peas'],
  ])
  const text = yamlOf({ name: 'roof', connector: 'pigeon', mapper: 'm' }, fields, filled)
  const whole = yaml('').replace(/sources:[^]*?(?=accessPoints)/, () => text)
  const again = parseConfig(whole, 'gateway.yaml')
  t.same(again.sources[0]?.config, { url: "it's: here", birds: 4, food: { kind: 'peas' } })

  const wrong = async (settings: string): Promise<string> => {
    await writeFile(join(home, 'gateway.yaml'), yaml(settings))
    try {
      readySources(parseConfig(yaml(settings), 'gateway.yaml'), home, connectors)
      return ''
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      return `${error.code} ${error.message}`
    }
  }
  t.match(await wrong('      brids: 3'), /^CFG-008 .*gateway\.yaml:9: .*brids.*Did you mean "birds"/)
  t.match(await wrong('      food: { kin: peas, kind: corn }'), /gateway\.yaml:9: .*food.*"kin".*Did you mean "kind"/)
  t.match(await wrong('      birds: many'), /gateway\.yaml:9: sources\.roof\.config\.birds/)
})

test('an unknown setting of a source is named with its line and what was meant', async (t) => {
  const text = yaml('').replace('    mapper: m\n', '    mapper: m\n    pol: 5s\n')
  t.throws(() => parseConfig(text, 'gateway.yaml'), {
    code: 'CFG-003',
    message: /gateway\.yaml:7: sources\.0\.pol: .*Did you mean "poll"/,
  })
})
