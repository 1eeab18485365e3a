import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { parse, stringify } from 'yaml'
import profilesCheck from '../../../gateway/health/checks/access-point-profiles.ts'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'
import { accessPoint } from '../../../gateway/config/parts/access-point.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { openSandbox, runIn } from './command-fixture.ts'

const wsdl = fileURLToPath(new URL('../../fakes/stock-access-point.wsdl', import.meta.url))

test('ecoc access-point list and show say what is known, and what nobody has confirmed', async (t) => {
  const folder = await tempFolder(t)
  const run = (...argv: string[]) => runIn(folder, undefined, 'access-point', ...argv)
  const { configured, profiles } = JSON.parse((await run('list', '--json')).out) as Record<
    string,
    Record<string, unknown>[]
  >
  t.same(configured, [])
  t.equal(profiles?.length, 29)
  t.match(
    profiles?.find((p) => p['country'] === 'NL'),
    { authority: 'RDW', verified: false, connector: 'eu-soap' },
  )
  t.match(await run('show', 'nl'), { code: 0, out: /RDW[^]*UNVERIFIED[^]*To be obtained\n {2}- endpoint/ })
  t.match(await run('show', 'XX'), { code: 2, err: /no profile XX/ })
  t.match(await run('show'), { code: 2 })
})

test('ecoc access-point list shows the configured ones with the standing of their profile', async (t) => {
  const folder = await tempFolder(t)
  await mkdir(join(folder, 'config'))
  const point = (name: string, more: Record<string, string>) => {
    const config = { profile: 'NL', endpoint: 'https://nap.example/', ...more }
    return { name, connector: 'eu-soap', environment: 'acceptance', config }
  }
  const settings = {
    site: { name: 'Site', timeZone: 'Europe/Amsterdam' },
    signer: { name: 's', key: { kind: 'pem', key: 'k', certificates: ['c'] } },
    trustAnchors: ['a.pem'],
    sources: [{ name: 'in', connector: 'folder', mapper: 'm', config: { path: 'in' } }],
    accessPoints: [point('nl', {}), point('sure', { confirmed: 'by the operator, 2026-12-01' })],
    routing: { environment: 'acceptance', otherwise: 'nl' },
  }
  await writeFile(join(folder, 'config', 'gateway.yaml'), stringify(settings))
  const listed = await runIn(folder, undefined, 'access-point', 'list')
  t.equal(listed.err, '')
  t.match(listed, { code: 0, out: /^nl {2}acceptance via eu-soap, profile NL: UNVERIFIED\nsure .*confirmed\n/ })
})

test('ecoc access-point import-wsdl writes settings and what is still to be done', async (t) => {
  const folder = await tempFolder(t)
  const run = (...argv: string[]) => runIn(folder, undefined, 'access-point', 'import-wsdl', ...argv)
  const { code, out } = await run(wsdl)
  t.equal(code, 0)
  t.match(parse(out), {
    connector: 'eu-soap',
    config: { document: 'base64', body: { submit: { name: 'SubmitCertificate' } } },
  })
  t.match(out, /^# submit: needs besides the document, in body.before: Sender$/m)
  t.match(await run(wsdl, '--submit', 'Nope'), { code: 2, err: /EUS-004/ })
  t.match(await run('missing.wsdl'), { code: 3, err: /CLI-002/ })
})

test('ecoc access-point test says step by step whether one can be reached', async (t) => {
  const { run } = await openSandbox(t)
  const { code, out } = await run('access-point', 'test', 'simulated')
  t.equal(code, 1, 'the simulated access point does not run here')
  t.match(out, /ok {4}client certificate\nISSUE connection: /)
  t.match(await run('access-point', 'test', 'nobody'), { code: 2, err: /there are: simulated/ })
})

test('the doctor reports an unverified profile, and nothing where none is used', async (t) => {
  const connector = (await findConnectors()).accessPoints.get('eu-soap')
  const endpoint = 'https://nap.example/'
  const check = async (config: Record<string, unknown>) => {
    const point = { name: 'p', connector, config: connector?.config.parse({ endpoint, ...config }) }
    return profilesCheck.run({ accessPoints: new Map([['p', point]]) } as never)
  }
  t.match(await check({ profile: 'DE' }), [{ ok: false, about: 'p', issue: /DE .*unverified/ }])
  t.match(await check({ profile: 'DE', confirmed: 'Interface 1.0, 2026-12-01' }), [{ ok: true }])
  t.same(await check({}), [])
})

test('a client key in a token is refused with the reason', async (t) => {
  const tls = { certificate: 'c', key: 'pkcs11:object=x', trustAnchors: ['a'] }
  const settings = { name: 'p', connector: 'eu-soap', environment: 'acceptance', tls, config: {} }
  t.match(accessPoint.safeParse(settings).error?.issues, [{ path: ['tls', 'key'], message: /token/ }])
  t.ok(accessPoint.safeParse({ ...settings, tls: { ...tls, key: 'client.key' } }).success)
})
