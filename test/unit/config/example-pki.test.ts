import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { refuseExamplePki } from '../../../gateway/config/refuse-example-pki.ts'
import { parseConfig } from '../../../gateway/config/load-config.ts'
import type { GatewayConfig } from '../../../gateway/config/schema.ts'
import { examplePki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const config = (tls: string, anchors = '[]'): GatewayConfig =>
  parseConfig(
    `site: { name: Plant }
signer: { key: { kind: pem, key: seal.key, certificates: [seal.pem] } }
trustAnchors: ${anchors}
sources: [{ name: drop, connector: folder, mapper: sage-x3, config: { path: drop } }]
accessPoints: [{ name: ap, connector: eu-soap, environment: production, ${tls} config: {} }]
routing: { environment: production, otherwise: ap }
`,
    'gateway.yaml',
  )

test('a production gateway takes nothing of the example PKI for an access point or as a trust anchor', async (t) => {
  const pki = await examplePki()
  const folder = await tempFolder(t)
  const no = join(folder, 'no.pem')
  await writeFile(no, 'no certificate')
  await writeFile(
    join(folder, 'bundle.pem'),
    `comment\n${pki.read('other-signer.crt').toString()}${pki.read('root.crt').toString()}`,
  )
  await writeFile(join(folder, 'root.der'), new X509Certificate(pki.read('root.crt')).raw)
  const tls = (certificate: string, anchor: string): string =>
    `tls: { certificate: ${certificate}, key: x.key, trustAnchors: [${no}, ${anchor}] },`

  for (const name of ['client.crt', 'client.chain.pem', 'server.crt', 'other-root.crt'])
    await t.rejects(refuseExamplePki(config(tls(pki.file(name), no)), folder), {
      code: 'CFG-014',
      kind: 'config',
      message: new RegExp(`accessPoints\\.ap\\.tls: .*${name} is of the example PKI`),
    })
  for (const name of ['root.der', 'bundle.pem']) {
    await t.rejects(refuseExamplePki(config(tls(no, name)), folder), { code: 'CFG-014' }, name)
    await t.rejects(refuseExamplePki(config('', `[${no}, ${name}]`), folder), {
      code: 'CFG-014',
      message: new RegExp(`^trustAnchors: ${folder}/${name}`),
    })
  }
  await t.rejects(refuseExamplePki(config('', '[missing.pem]'), folder), { code: 'CFG-013' })
})

test('certificates of others, an access point without any, and the seal are left alone', async (t) => {
  const folder = await tempFolder(t)
  await writeFile(join(folder, 'no.pem'), 'no certificate')
  await t.resolves(refuseExamplePki(config(''), folder))
  const own = 'tls: { certificate: no.pem, key: x.key, trustAnchors: [own.pem] },'
  const subject = ['-subj', '/C=NL/O=Other PKI/CN=Some Example PKI Root']
  const made = ['-keyout', join(folder, 'own.key'), '-out', join(folder, 'own.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ed25519', '-nodes', ...subject, ...made], { stdio: 'ignore' })
  await t.resolves(refuseExamplePki(config(own, '[own.pem]'), folder))
})
