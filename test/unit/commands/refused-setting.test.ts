import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { openData, settingFor } from '../../../gateway/data-folder.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { upsert } from '../../../gateway/store/writes.ts'
import { examplePki } from '../../support/pki.ts'
import { runEcoc } from '../../support/run-ecoc.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { environmentOf, runIn } from './command-fixture.ts'

const stamp = async (folder: string, kind: string): Promise<void> => {
  const store = new Store(await openSqlite(join(folder, 'data')))
  await store.commit([upsert('setting', { key: 'kind', value: kind })])
  await store.close()
}

test('a command without a store does not work on a data folder of the other kind', async (t) => {
  const folder = await tempFolder(t)
  await stamp(folder, 'production')
  await writeFile(join(folder, 'a.xml'), '<a/>')
  for (const argv of [
    ['check', 'a.xml'],
    ['verify', 'a.xml'],
    ['route', '--to', 'NL'],
  ])
    t.match(
      await runIn(folder, undefined, ...argv),
      { code: 2, err: /CFG-004 .* belongs to a production/ },
      argv.join(' '),
    )
  t.notOk(existsSync(join(folder, 'data', 'sandbox')), 'no example PKI was made there')

  const sandbox = await tempFolder(t)
  await stamp(sandbox, 'sandbox')
  await mkdir(join(sandbox, 'config'))
  await writeFile(join(sandbox, 'config', 'gateway.yaml'), 'site: {}')
  await t.rejects(settingFor({ environment: environmentOf(sandbox), err: () => undefined }), { code: 'CFG-004' })
})

test('production with the access point of the sandbox is refused before the data folder is made', async (t) => {
  const folder = await tempFolder(t)
  const pki = await examplePki()
  await mkdir(join(folder, 'config'))
  await writeFile(
    join(folder, 'config', 'gateway.yaml'),
    `site: { name: Plant }
signer: { key: { kind: pem, key: ${pki.file('signer.key')}, certificates: [${pki.file('signer.chain.pem')}] } }
sources: [{ name: drop, connector: folder, mapper: sage-x3, config: { path: ../inbox } }]
accessPoints:
  - name: ap
    connector: eu-soap
    environment: production
    tls: { certificate: ${pki.file('client.crt')}, key: ${pki.file('client.key')}, trustAnchors: [${pki.file('root.crt')}] }
    config: { endpoint: 'https://127.0.0.1:9/' }
routing: { environment: production, otherwise: ap }
`,
  )
  const opened = openData(environmentOf(folder), 'production', { startAccessPoint: false })
  await t.rejects(opened, { code: 'CFG-014', message: /accessPoints\.ap\.tls: .*client\.crt/ })
  t.notOk(existsSync(join(folder, 'data')))
})

test('a database that cannot be read is no data folder without a stamp', async (t) => {
  const folder = await tempFolder(t)
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data', 'gateway.sqlite'), 'this is no database, whatever its name says'.repeat(100))
  await t.rejects(settingFor({ environment: environmentOf(folder), err: () => undefined }), { code: 'CFG-015' })
})

test('the doctor says what is wrong with a configuration that is refused', async (t) => {
  const folder = await tempFolder(t)
  await mkdir(join(folder, 'config'))
  await writeFile(join(folder, 'config', 'gateway.yaml'), 'site: [')
  const { code, out } = await runEcoc(folder, ['doctor', '--json'])
  t.equal(code, 1)
  const results = JSON.parse(out) as unknown[]
  t.equal(results.length, 1)
  t.match(results[0], { check: 'config', ok: false, issue: /CFG-002 .*gateway\.yaml/, suggestion: /YAML/ })
  t.match(await runEcoc(folder, ['audit', 'verify']), { code: 2, err: /CFG-002/ }, 'other commands are refused')
})
