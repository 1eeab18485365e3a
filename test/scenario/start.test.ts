import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { readSample } from '../../gateway/sandbox/samples/sample-files.ts'
import { runEcoc, temporaryFolder } from '../support/run-ecoc.ts'
import { examplePki } from '../support/pki.ts'

/** A production configuration that could start. */
const configure = async (folder: string): Promise<void> => {
  const pki = (await examplePki()).dir
  await mkdir(join(folder, 'config', 'mappers'), { recursive: true })
  await mkdir(join(folder, 'inbox'))
  await writeFile(join(folder, 'config', 'mappers', 'sage-x3.yaml'), readSample('mappers/sage-x3.yaml'))
  await writeFile(
    join(folder, 'config', 'gateway.yaml'),
    `site: { name: Plant }
signer: { key: { kind: pem, key: ${pki}/signer.key, certificates: [${pki}/signer.chain.pem] } }
sources: [{ name: drop, connector: folder, mapper: sage-x3, config: { path: ../inbox } }]
accessPoints: [{ name: ap, connector: eu-soap, environment: acceptance, config: { endpoint: 'https://127.0.0.1:9/' } }]
routing: { environment: acceptance, otherwise: ap }
`,
  )
}

test('a production start without configuration is refused with exit 2 and says what to do', async (t) => {
  const folder = await temporaryFolder(t)
  const { code, err } = await runEcoc(folder, ['start'])
  t.equal(code, 2)
  t.match(err, /CFG-001 There is no configuration: .*config\/gateway\.yaml/)
  t.match(err, /ecoc start --sandbox/)
})

test('a data folder is sandbox or production for good', async (t) => {
  const sandbox = await temporaryFolder(t)
  t.equal((await runEcoc(sandbox, ['token', 'create', '--name', 'a', '--role', 'viewer'])).code, 0)
  await configure(sandbox)
  const asProduction = await runEcoc(sandbox, ['start'])
  t.match(asProduction, { code: 2, err: /CFG-004 The data folder .* belongs to a sandbox gateway/ })

  const production = await temporaryFolder(t)
  await configure(production)
  t.match(await runEcoc(production, ['token', 'create', '--name', 'a', '--role', 'viewer']), { code: 0, err: '' })
  t.match(await runEcoc(production, ['start', '--sandbox']), {
    code: 2,
    err: /CFG-004 The data folder .* belongs to a production gateway/,
  })
})

test('a source whose mapper is not there is named at once', async (t) => {
  const folder = await temporaryFolder(t)
  await configure(folder)
  await rm(join(folder, 'config', 'mappers', 'sage-x3.yaml'))
  t.match(await runEcoc(folder, ['start']), { code: 2, err: /CFG-011 sources\.drop: there is no mapper "sage-x3"/ })
})

test('a configured file that is not there is named, and nothing is touched before', async (t) => {
  const folder = await temporaryFolder(t)
  await configure(folder)
  const file = join(folder, 'config', 'gateway.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, `${text}trustAnchors: [missing.pem]\n`)
  t.match(await runEcoc(folder, ['start']), { code: 2, err: /CFG-013 .*config\/missing\.pem, which cannot be read/ })
  await writeFile(file, text.replace('environment: acceptance, otherwise', 'environment: production, otherwise'))
  t.match(await runEcoc(folder, ['start']), {
    code: 2,
    err: /gateway\.yaml:\d+: routing\.environment: every access point/,
  })
  await rm(file)
  t.match(await runEcoc(folder, ['token', 'create', '--name', 'a', '--role', 'viewer']), { code: 0 }, 'not stamped yet')
})

test('a configuration with mistakes names each with its line', async (t) => {
  const folder = await temporaryFolder(t)
  await configure(folder)
  await writeFile(join(folder, 'config', 'gateway.yaml'), 'site:\n  name: Plant\n  timezone: UTC\nsources: []\n')
  const { code, err } = await runEcoc(folder, ['start'])
  t.equal(code, 2)
  t.match(err, /gateway\.yaml:3: site\.timezone: there is no setting "timezone"\. Did you mean "timeZone"/)
  t.match(err, /gateway\.yaml:1: accessPoints: is needed/)
  t.match(err, /gateway\.yaml:4: sources: /)
})

test('an unknown command or a wrong option is exit 2 with the usage', async (t) => {
  const folder = await temporaryFolder(t)
  t.match(await runEcoc(folder, ['fly']), { code: 2, err: /no command "fly"/ })
  t.match(await runEcoc(folder, ['../cli']), { code: 2 })
  t.match(await runEcoc(folder, ['check', '--what']), { code: 2, err: /usage: ecoc check/ })
})
