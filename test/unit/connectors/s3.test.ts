// slow: it starts servers and makes certificates
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import s3 from '../../../connectors/s3/connector.ts'
import type { SourceItem } from '../../../gateway/contract/index.ts'
import { startConnectProxy } from '../../fakes/connect-proxy.ts'
import { examplePki } from '../../support/pki.ts'
import { startS3Server } from '../../support/s3-server.ts'
import { testFiles } from '../../support/site-files.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const within = (ms = 10_000) => ({ signal: AbortSignal.timeout(ms), files: testFiles })
const stepsOf = async (config: unknown): Promise<unknown> => s3.test(s3.config.parse(config), within())
const failing = async (config: unknown): Promise<unknown> => ((await stepsOf(config)) as unknown[]).at(-1)

test('a storage service over TLS', async (t) => {
  const pki = await examplePki()
  const server = await startS3Server({ cert: pki.read('server.chain.pem'), key: pki.read('server.key') })
  t.teardown(() => server.close())
  const trustAnchors = [pki.file('root.crt')]
  const config = { ...server.config, trustAnchors }
  const list = async (over: object = {}): Promise<readonly SourceItem[]> => {
    const open = await s3.open(s3.config.parse({ ...config, ...over }), within())
    return open.list(within()).finally(() => open.close())
  }

  await t.test('is well under the right authority', async (t) => {
    const steps = (await stepsOf(config)) as { step: string; ok: boolean }[]
    t.same(
      steps.map((s) => [s.step, s.ok]),
      ['name', 'TCP', 'TLS chain', 'login', 'list', 'write', 'read', 'archive', 'delete'].map((step) => [step, true]),
    )
    t.same(await list(), [])
  })

  await t.test('under another authority or for another name is not trusted', async (t) => {
    for (const strange of [{ trustAnchors: [pki.file('other-root.crt')] }, { trustAnchors: undefined }]) {
      await t.rejects(list(strange), { code: 'SRC-051', kind: 'security' })
      t.match(await failing({ ...config, ...strange }), { step: 'TLS chain', ok: false, detail: 'not trusted' })
    }
    const endpoint = config.endpoint.replace('127.0.0.1', '127.0.0.2')
    t.match(await failing({ ...config, endpoint }), { step: 'TCP', ok: false }, 'nobody listens at 127.0.0.2')
  })

  await t.test('is reached through a proxy, which sees no more than its address', async (t) => {
    const proxy = await startConnectProxy()
    t.teardown(() => proxy.close())
    await server.put('x.csv', Buffer.from('x'))
    t.match(await list({ proxy: proxy.address }), [{ key: 'x.csv', size: 1 }])
    t.same(proxy.tunnels, [new URL(config.endpoint).host])
    proxy.behaviour.refuse = 403
    await t.rejects(list({ proxy: proxy.address }), { code: 'SRC-050', kind: 'operational' })
  })

  await t.test('whose bucket is no part of the path is looked for under its own name', async (t) => {
    const endpoint = config.endpoint.replace('127.0.0.1', 'invalid')
    t.match(await failing({ ...config, endpoint, pathStyle: false }), {
      step: 'name',
      ok: false,
      detail: 'exports.invalid',
    })
  })
})

test('a storage service', async (t) => {
  const server = await startS3Server()
  t.teardown(() => server.close())
  const { behaviour, seen } = server.front
  const folder = await tempFolder(t)
  const open = async (over: object = {}) => {
    const opened = await s3.open(s3.config.parse({ ...server.config, ...over }), within())
    t.teardown(() => opened.close())
    return opened
  }

  await t.test('that refuses the key says so, and takes a new one from the next session on', async (t) => {
    const accessKeyId = join(folder, 'key')
    await writeFile(accessKeyId, 'unknown-key\n')
    const config = { ...server.config, accessKeyId }
    t.match(await failing(config), { step: 'login', ok: false, detail: 'InvalidAccessKeyId' })
    await t.rejects((await open({ accessKeyId })).list(within()), { code: 'SRC-052' })
    await writeFile(accessKeyId, 'first-key\n')
    t.same(await (await open({ accessKeyId })).list(within()), [])
  })

  await t.test('without the bucket, or with a policy against us, is told at the right step', async (t) => {
    const nowhere = { ...server.config, bucket: 'nowhere' }
    t.match(await failing(nowhere), { step: 'list', ok: false, detail: /nowhere: 404 NoSuchBucket/ })
    for (const [step, denies] of [
      ['list', (method: string, key: string) => method === 'GET' && key === ''],
      ['write', (method: string) => method === 'PUT'],
      ['read', (method: string, key: string) => method === 'GET' && key !== ''],
      ['archive', (method: string, key: string) => method === 'PUT' && key.startsWith('archive/')],
      ['delete', (method: string) => method === 'DELETE'],
    ] as const) {
      behaviour.denies = denies
      t.match(await failing(server.config), { step, ok: false, detail: 'AccessDenied' })
      delete behaviour.denies
      if (step !== 'delete') t.same(await server.keys(), [], 'no probe is left')
    }
    for (const key of await server.keys()) await server.remove(key)
  })

  await t.test('that wants to be left alone for a while is, for as long as it says', async (t) => {
    behaviour.slowDown = 17
    const before = seen.length
    const refused = (await open()).list(within())
    await t.rejects(refused, { code: 'SRC-053', params: { retryAfterS: 17 } })
    t.equal(seen.length, before + 1, 'the connector tries nothing again by itself')
    delete behaviour.slowDown
  })

  await t.test('that nobody runs is not reached', async (t) => {
    const gone = { ...server.config, endpoint: 'http://127.0.0.1:9' }
    t.match(await failing(gone), { step: 'TCP', ok: false, detail: 'ECONNREFUSED' })
    await t.rejects((await open(gone)).list(within()), { code: 'SRC-050', message: 'ECONNREFUSED' })
  })

  await t.test('keeps what came between the last look and the delete', async (t) => {
    const source = await open()
    await server.put('x.csv', Buffer.from('one'))
    const [item] = await source.list(within())
    behaviour.meanwhile = async (method) => {
      if (method === 'DELETE') await server.put('x.csv', Buffer.from('two'))
    }
    t.equal(await source.settle(item!, 'x.1.csv', within()), true)
    delete behaviour.meanwhile
    t.equal(String(await server.get('archive/x.1.csv')), 'one')
    t.equal(String(await server.get('x.csv')), 'two')
  })

  await t.test('copies nothing else than the item, whatever comes between', async (t) => {
    const source = await open()
    const [item] = await source.list(within())
    behaviour.meanwhile = async (method, key) => {
      if (method === 'PUT' && key.startsWith('archive/')) await server.put('x.csv', Buffer.from('six'))
    }
    t.equal(await source.settle(item!, 'x.2.csv', within()), false)
    delete behaviour.meanwhile
    t.equal(await server.get('archive/x.2.csv'), undefined)
  })

  await t.test('whose key may list below the prefix only tells all the same what is gone', async (t) => {
    // A look at what is not there is forbidden then, as Amazon has it (HeadObject, Permissions).
    behaviour.denies = (method) => method === 'HEAD'
    const source = await open({ prefix: 'mine/' })
    await server.put('mine/z.csv', Buffer.from('z'))
    await server.put('mine/z.csv.old', Buffer.from('zz'))
    const item = (await source.list(within())).find(({ key }) => key === 'z.csv')
    t.equal(await source.settle(item!, 'z.1.csv', within()), true)
    t.equal(String(await server.get('mine/archive/z.1.csv')), 'z')
    t.equal(await source.settle(item!, 'z.1.csv', within()), true, 'again, after a crash')
    t.equal(await source.settle(item!, 'z.2.csv', within()), false)
    delete behaviour.denies
  })

  await t.test('that knows no conditions is not asked for them when that is configured', async (t) => {
    const conditions = async (over: object): Promise<unknown> => {
      await server.put('y.csv', Buffer.from('y'))
      const source = await open(over)
      const item = (await source.list(within())).find(({ key }) => key === 'y.csv')
      await source.remove?.(item!, within())
      t.equal(await server.get('y.csv'), undefined)
      return seen.findLast(({ method }) => method === 'DELETE')?.headers['if-match']
    }
    t.match(await conditions({}), /^"[0-9a-f]{32}"$/)
    t.equal(await conditions({ conditional: false }), undefined)
  })

  await t.test('gets checksums, or only those that it must have', async (t) => {
    const sent = async (over: object): Promise<boolean> => {
      await (await open(over)).writeBack('x.ok.json', Buffer.from('{}'), within())
      const headers = seen.findLast(({ method }) => method === 'PUT')?.headers ?? {}
      return Object.keys(headers).some((name) => name.startsWith('x-amz-checksum-'))
    }
    t.equal(await sent({}), true)
    t.equal(await sent({ checksums: 'required' }), false)
  })
})

test('settings that cannot be meant are refused', async (t) => {
  const good = { endpoint: 'https://s3.example.com', bucket: 'exports', accessKeyId: 'a', secretAccessKey: 'b' }
  t.ok(s3.config.safeParse({ ...good, prefix: 'export/' }).success)
  for (const wrong of [
    { prefix: 'export' },
    { prefix: '/' },
    { archive: '..' },
    { archive: 'a/b' },
    { endpoint: 's3.example.com' },
    { endpoint: 'https://s3.example.com/exports' },
    { bucket: '..' },
    { secretAccessKey: '' },
  ])
    t.notOk(s3.config.safeParse({ ...good, ...wrong }).success, JSON.stringify(wrong))
})
