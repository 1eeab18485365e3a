import { test } from 'tap'
import s3 from '../../../connectors/s3/connector.ts'
import type { OpenFiles, SourceItem } from '../../../gateway/contract/index.ts'
import { startS3Versions } from '../../fakes/s3-versions.ts'
import { testFiles } from '../../support/site-files.ts'

const within = (ms = 10_000) => ({ signal: AbortSignal.timeout(ms), files: testFiles })
const contentOf = async (open: OpenFiles, item: SourceItem): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of await open.read(item, within())) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

test('a bucket that keeps versions', async (t) => {
  const bucket = await startS3Versions()
  t.teardown(() => bucket.close())
  const config = s3.config.parse(bucket.config)
  const open = await s3.open(config, within())
  t.teardown(() => open.close())
  const one = async (key: string): Promise<SourceItem> => {
    const found = (await open.list(within())).filter((item) => item.key === key)
    t.equal(found.length, 1, key)
    return found[0]!
  }

  await t.test('is well, and the probe leaves not even a mark', async (t) => {
    const steps = await s3.test(config, within())
    t.same(
      steps.map((s) => [s.step, s.ok]),
      ['name', 'TCP', 'HTTP', 'login', 'list', 'write', 'read', 'archive', 'delete'].map((step) => [step, true]),
    )
    t.same(await open.list(within()), [])
  })

  await t.test('lists the newest version of each key, page by page, and reads just that', async (t) => {
    bucket.put('a b.csv', 'a')
    bucket.put('x.csv', 'old')
    const id = bucket.put('x.csv', 'newer')
    bucket.put('sub/y.csv', 'y')
    t.same((await open.list(within())).map((i) => i.key).sort(), ['a b.csv', 'x.csv'])
    const x = await one('x.csv')
    t.match(x, { version: id, size: 5 })
    t.equal(await contentOf(open, x), 'newer')
  })

  await t.test('shows no older version in the place of one that was taken', async (t) => {
    t.equal(await open.settle(await one('x.csv'), 'x.1.csv', within()), true)
    t.equal(bucket.look('archive/x.1.csv'), 'newer')
    t.same(bucket.versionsOf('x.csv'), ['mark', 'newer', 'old'], 'nothing is lost either')
    t.notOk((await open.list(within())).some((i) => i.key === 'x.csv'))
    t.equal(await open.settle({ key: 'x.csv', size: 5, version: 'v99' }, 'x.1.csv', within()), true, 'as after a crash')
  })

  await t.test('keeps what was written just before its forerunner was taken away', async (t) => {
    bucket.put('z.csv', 'first')
    const z = await one('z.csv')
    bucket.put('z.csv', 'second')
    await t.rejects(contentOf(open, z), { code: 'SRC-011' }, 'it is not the newest any more')
    t.equal(await open.settle(z, 'z.1.csv', within()), false)
    t.equal(bucket.look('z.csv'), 'second')

    const second = await one('z.csv')
    // Written after the last look and before the mark: the fake puts it below the mark.
    bucket.hooks.afterDelete = () => {
      delete bucket.hooks.afterDelete
      bucket.slipIn('z.csv', 'third')
    }
    t.equal(await open.settle(second, 'z.2.csv', within()), true)
    t.equal(bucket.look('z.csv'), 'third', 'the mark went again')
    t.equal(bucket.look('archive/z.2.csv'), 'second')
    await open.remove?.(await one('z.csv'), within())
    t.equal(bucket.look('z.csv'), undefined)
  })

  await t.test('takes away an answer that is there, and marks nothing that is not', async (t) => {
    await open.withdraw('none.json', within())
    t.same(bucket.versionsOf('none.json'), [])
    await open.writeBack('x.ok.json', Buffer.from('{}'), within())
    await open.withdraw('x.ok.json', within())
    t.same(bucket.versionsOf('x.ok.json'), ['mark', '{}'])
  })

  await t.test('does not put away what is too large to be copied, and says so', async (t) => {
    bucket.put('huge.csv', 'h')
    bucket.claim('huge.csv', 6 * 1024 ** 3)
    await t.rejects(open.settle(await one('huge.csv'), 'huge.1.csv', within()), {
      code: 'SRC-054',
      message: /huge\.csv/,
    })
    t.equal(bucket.look('huge.csv'), 'h')
  })
})
