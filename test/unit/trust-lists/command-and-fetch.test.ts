import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'tap'
import { fetchLists } from '../../../gateway/certificates/fetch-lists.ts'
import trust from '../../../gateway/commands/trust.ts'
import type { OpenData } from '../../../gateway/data-folder.ts'
import check from '../../../gateway/health/checks/trusted-lists.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { bearer, openFixture, temporaryFolder } from '../../support/http-fixture.ts'
import { listXml, makeListPki, signList, uri } from '../../support/list-pki.ts'

test('trusted lists from files and addresses', async (t) => {
  const make = makeListPki(t)
  const [top, other] = [await make('lotl-signer', 'lister'), await make('other-signer', 'lister')]
  const served = new Map<string, Buffer>()
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    // A proxy is asked for the whole address.
    const body = served.get(new URL(req.url ?? '', 'http://x').pathname)
    res.writeHead(body ? 200 : 404).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pointers = [
    { territory: 'EU', type: uri.lotl, signers: [top] },
    { territory: 'NL', signers: [top], location: `${address}/nl.xml` },
    { territory: 'NL', signers: [top], location: `${address}/nl.pdf`, mimeType: 'application/pdf' },
    { territory: 'LU', signers: [top], location: `${address}/gone.xml` },
  ]
  const lotl = signList(listXml({ territory: 'EU', sequence: 1, type: uri.lotl, pointers }), top)
  const nl = signList(listXml({ territory: 'NL', sequence: 2 }), top)
  served.set('/lotl.xml', lotl).set('/nl.xml', nl)

  const open = async (sub: { teardown(fn: () => void): void }, settings: object = {}) => {
    const folder = temporaryFolder(sub, 'trust')
    const store = new Store(await openSqlite(folder))
    const config = { trust: { territories: [], ...settings } }
    const tools = { store, config, clock: () => new Date(Date.now() + 3_600_000) } as unknown as Tools
    const lines: string[] = []
    const io = { cwd: folder, environment: {} as never, out: (l: string) => lines.push(l), err: () => undefined }
    const ecoc = async (...argv: string[]) => {
      lines.length = 0
      const exit = await (trust as { run(a: string[], i: object, d: OpenData): Promise<number> }).run(argv, io, {
        tools,
      } as OpenData)
      return { exit, text: lines.join('\n') }
    }
    return { folder, tools, ecoc }
  }

  await t.test('import and status as scripts see them', async (t) => {
    const { folder, ecoc } = await open(t)
    writeFileSync(join(folder, 'nl.xml'), nl)
    writeFileSync(join(folder, 'lotl.xml'), lotl)
    writeFileSync(join(folder, 'bent.xml'), nl.toString().replace('Example Operator', 'Example Operators'))
    t.match(await ecoc('import', 'lotl.xml'), { exit: 1, text: /NOT trusted/ }, 'nobody named the signer')
    const named = ['--lotl-signer', top.sha256.toUpperCase(), '--json']
    const { exit, text } = await ecoc('import', 'nl.xml', 'lotl.xml', ...named)
    t.equal(exit, 0)
    t.match(JSON.parse(text), {
      lists: [
        { file: 'nl.xml', territory: 'NL', sequence: 2, signature: 'valid', stale: false, services: 0, findings: [] },
        { file: 'lotl.xml', territory: 'EU', sequence: 1, signature: 'valid' },
      ],
    })
    const status = JSON.parse((await ecoc('status', '--json')).text)
    t.match(status, {
      lists: [
        { territory: 'EU', signature: 'valid' },
        { territory: 'NL', sequence: 2 },
      ],
    })
    const bent = await ecoc('import', 'bent.xml', 'no.xml', '--json')
    t.equal(bent.exit, 3, 'a file that cannot be read')
    t.match(JSON.parse(bent.text), {
      lists: [
        { file: 'bent.xml', signature: 'invalid', findings: [{ code: 'TSL-011' }] },
        { file: 'no.xml', territory: null, findings: [{ code: 'CLI-002' }] },
      ],
    })
    t.match(await ecoc('status'), { exit: 0, text: /NL {2}trusted list {2}sequence 2 .* signature valid/ })
    await t.rejects(ecoc('import', 'nl.xml', '--lotl-signer', 'd2064f'), { code: 'CLI-001' })
    await t.rejects(ecoc('import'), { code: 'CLI-001' })
  })

  await t.test(
    'fetch gets what a trusted list of lists points to, as XML, and tells what it cannot have',
    async (t) => {
      const { tools, ecoc } = await open(t, { lotlUrl: `${address}/lotl.xml` })
      await t.rejects(fetchLists({ ...tools, config: { trust: { territories: [] } } as never }, 'x'), {
        code: 'TSL-003',
      })
      asked.length = 0
      t.match(await fetchLists(tools, 'x'), [{ ok: false, list: { signature: 'untrusted' } }])
      t.same(asked, ['/lotl.xml'], 'an untrusted list leads nowhere')
      await tools.store.commit([
        {
          op: 'insert',
          table: 'lotl_signer',
          row: { sha256: top.sha256, named_by: 'x', at: new Date().toISOString() },
        },
      ])
      const { exit, text } = await ecoc('fetch', '--json')
      t.equal(exit, 1)
      t.match(JSON.parse(text), {
        lists: [
          { territory: 'EU', signature: 'valid' },
          { territory: 'NL', signature: 'valid' },
          { file: `${address}/gone.xml`, findings: [{ code: 'TRU-140' }] },
        ],
      })
      t.notOk(asked.includes('/nl.pdf'))
    },
  )

  await t.test('territories narrow it; a proxy is used where one is configured', async (t) => {
    const settings = { lotlUrl: 'http://lists.invalid/lotl.xml', proxy: address, territories: ['DE'] }
    const { tools } = await open(t, settings)
    await tools.store.commit([
      { op: 'insert', table: 'lotl_signer', row: { sha256: top.sha256, named_by: 'x', at: new Date().toISOString() } },
    ])
    asked.length = 0
    const found = await fetchLists(tools, 'x')
    t.match(found, [{ file: 'http://lists.invalid/lotl.xml' }])
    t.equal(found.length, 1)
  })

  await t.test('doctor names what is not trusted or stale, and says nothing without lists', async (t) => {
    const { tools, ecoc, folder } = await open(t)
    t.same(await check.run(tools), [])
    writeFileSync(join(folder, 'lotl.xml'), lotl)
    writeFileSync(join(folder, 'nl.xml'), nl)
    await ecoc('import', 'lotl.xml', 'nl.xml', '--lotl-signer', other.sha256)
    t.match(await check.run(tools), [
      { about: 'EU, list of lists', ok: false, issue: /neither pinned/ },
      { about: 'NL' },
    ])
    await ecoc('import', 'lotl.xml', '--lotl-signer', top.sha256)
    t.same(
      (await check.run(tools)).map(({ ok }) => ok),
      [true, true],
    )
    const later = { ...tools, clock: () => new Date(Date.now() + 400 * 86_400_000) } as Tools
    t.match(await check.run(later), [{ ok: false, issue: /should have been followed/ }, { ok: false }])
  })
})

test('GET /trust and GET /certificates need somebody who may read', async (t) => {
  const f = await openFixture(t)
  for (const path of ['/api/v1/trust', '/api/v1/certificates']) {
    t.equal((await f.app.request(path)).status, 401, path)
    const answer = await f.app.request(path, { headers: bearer(f.tokens.viewer) })
    t.equal(answer.status, 200, path)
    t.same(await answer.json(), path.endsWith('trust') ? { lists: [] } : { certificates: [], problems: [] })
    t.equal((await f.app.request(path, { headers: bearer(f.tokens.ingest) })).status, 200, path)
  }
})
