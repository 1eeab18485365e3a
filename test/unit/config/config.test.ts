import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { GatewayError } from '../../../gateway/contract/index.ts'
import { duration } from '../../../gateway/config/durations.ts'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'
import { loadConfig, parseConfig } from '../../../gateway/config/load-config.ts'
import { loadMappers } from '../../../gateway/config/load-mappers.ts'
import { openAccessPoints, readySources } from '../../../gateway/config/open-connectors.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const good = `site:
  name: Plant
signer:
  key: { kind: pem, key: seal.key, certificates: [seal.pem] }
sources:
  - name: erp
    connector: folder
    mapper: sage-x3
    config: { path: drop }
accessPoints:
  - name: nl
    connector: eu-soap
    environment: production
    config: { url: https://nap.example }
routing:
  environment: production
  otherwise: nl
`
const messageOf = (text: string): string => {
  try {
    parseConfig(text, 'gateway.yaml')
    return ''
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return `${error.code} ${error.message}`
  }
}

test('time spans are written as people write them', async (t) => {
  const cases = { '500ms': 500, '30s': 30_000, '5min': 300_000, '2h': 7_200_000, '10d': 864_000_000, '0s': 0 }
  for (const [text, ms] of Object.entries(cases)) t.equal(duration.parse(text), ms, text)
  for (const text of ['5', '5 min', '5m', '-5s', '1.5h', '', '1234567s', 5])
    t.notOk(duration.safeParse(text).success, String(text))
})

test('every mistake is named with its line', async (t) => {
  const wrong = good.replace('name: erp', 'name: ERP!').replace('environment: production', 'environment: prod')
  const message = messageOf(`${wrong}surelyNoSetting: 1\n`)
  t.match(message, /^CFG-003 /)
  t.match(message, /gateway\.yaml:6: sources\.0\.name: a short name of small letters/)
  t.match(message, /gateway\.yaml:13: accessPoints\.0\.environment:/)
  t.match(message, /surelyNoSetting/)
})

test('what is no configuration is said to be none', async (t) => {
  t.match(messageOf(''), /^CFG-003 /)
  t.match(messageOf('just text'), /^CFG-003 /)
  t.match(messageOf('a: [1'), /^CFG-002 /)
  t.match(messageOf('a: 1\na: 2\n'), /^CFG-002 .*unique/)
  await t.rejects(loadConfig(await tempFolder(t)), { code: 'CFG-001', kind: 'config' })
  const bomb = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
  t.throws(() => parseConfig(['l0: &l0 x', ...bomb].join('\n'), 'gateway.yaml'), 'aliases that multiply')
})

test('connectors are found by their folders', async (t) => {
  const { sources, accessPoints, codecs } = await findConnectors()
  t.ok(sources.has('folder') && accessPoints.has('eu-soap') && codecs.has('csv') && codecs.has('json'))
})

test('a connector nobody knows, or its wrong settings, are named with what there is', async (t) => {
  const connectors = await findConnectors()
  const config = parseConfig(good, 'gateway.yaml')
  const [source] = config.sources
  if (!source) return t.fail('no source')
  const other = (over: object) => ({ ...config, sources: [{ ...source, ...over }] })
  t.throws(() => readySources(other({ connector: 'foldr' }), '/etc/ecoc', connectors), {
    code: 'CFG-007',
    message: /Did you mean "folder"/,
    hint: /folder/,
  })
  t.throws(() => readySources(other({ config: { path: 5 } }), '/etc/ecoc', connectors), {
    code: 'CFG-008',
    message: /sources\.erp\.config\.path/,
  })
  const opened = readySources(config, await tempFolder(t), connectors)
  t.match(opened.get('erp'), { mapper: 'sage-x3', pollMs: 10_000, stablePolls: 2 }, 'defaults')
  const points = { ...config, accessPoints: config.accessPoints.map((p) => ({ ...p, connector: 'post-office' })) }
  await t.rejects(openAccessPoints(points, '/etc/ecoc', connectors), { code: 'CFG-007', hint: /eu-soap/ })
})

test('mappers are read from their folder, each name once', async (t) => {
  const folder = await tempFolder(t)
  await t.rejects(loadMappers(join(folder, 'nowhere')), { code: 'CFG-005' })
  const { readFile } = await import('node:fs/promises')
  const text = await readFile(new URL('../../../gateway/sandbox/samples/mappers/sage-x3.yaml', import.meta.url), 'utf8')
  await mkdir(join(folder, 'mappers'))
  await writeFile(join(folder, 'mappers', 'a.yaml'), text)
  await writeFile(join(folder, 'mappers', 'README.md'), 'not a mapper')
  t.same([...(await loadMappers(join(folder, 'mappers'))).keys()], ['sage-x3'])
  await writeFile(join(folder, 'mappers', 'b.yml'), text)
  await t.rejects(loadMappers(join(folder, 'mappers')), { code: 'CFG-006', message: /b\.yml/ })
})

test('test documents never go to a live access point, nor live ones to a test', async (t) => {
  const stand = `  - name: nl-test
    connector: eu-soap
    testOf: nl
    environment: acceptance
    config: { url: https://acceptance.example }
routing:`
  const tested = good.replace('routing:', stand)
  t.equal(messageOf(tested), '')
  t.match(parseConfig(tested, 'g').accessPoints[1], { name: 'nl-test', testOf: 'nl', environment: 'acceptance' })
  t.match(messageOf(good.replace('environment: production', 'environment: acceptance')), /routing\.environment: every/)
  t.match(
    messageOf(tested.replace('acceptance\n', 'production\n')),
    /accessPoints\.1\.environment: .*must be acceptance/,
  )
  t.match(
    messageOf(tested.replace('testOf: nl', 'testOf: be')),
    /accessPoints\.1\.testOf: there is no access point "be"/,
  )
  t.match(
    messageOf(tested.replace('otherwise: nl', 'otherwise: nl-test')),
    /routing\.otherwise: "nl-test" is for tests/,
  )
  t.match(
    messageOf(good.replace('otherwise: nl', 'otherwise: nll')),
    /routing\.otherwise: there is no access point "nll"\. Did you mean "?nl"?/,
  )
  const twice = tested.replace('routing:', stand.replace('nl-test', 'nl-also'))
  t.match(messageOf(twice), /another one stands in for "nl" already/)
})

test('a flow begins as the configuration says, once', async (t) => {
  const flows = 'flows:\n  - { mapper: sage-x3, mode: parallel, goLive: { matchRate: 99.5 } }\n'
  t.match(parseConfig(good + flows, 'g').flows, [
    { mapper: 'sage-x3', mode: 'parallel', goLive: { testEcocs: 10, matchRate: 99.5 } },
  ])
  t.same(parseConfig(good, 'g').flows, [], 'live where nothing is said')
  t.match(messageOf(`${good}${flows}  - { mapper: sage-x3 }\n`), /a flow stands here twice/)
  t.match(messageOf(good + flows.replace('parallel', 'sideways')), /flows\.0\.mode/)
})
