import { existsSync, readdirSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { test, type Test } from 'tap'
import type { OpenFiles, SourceConnector, SourceItem } from '../../gateway/contract/index.ts'
import { testFiles } from '../support/site-files.ts'
import type { SourceFixture } from './source-fixtures/fixture.ts'

/** Every source there is: a new folder is found by itself, and fails here until it has a fixture. */
const folder = new URL('../../connectors/', import.meta.url)
const names = readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
  e.isDirectory() && existsSync(new URL(`${e.name}/connector.ts`, folder)) ? [e.name] : [],
)

test('there is a source', async (t) => t.ok(names.includes('folder')))

const context = (signal = new AbortController().signal) => ({ signal, files: testFiles })
/** Names that a hostile share could list: none of them may reach a file elsewhere. */
const hostile = ['../secret.txt', '..', '.', '', '/etc/hostname', 'sub/deep.csv', 'a/../../secret.txt', 'x\0.csv']

for (const name of names) {
  const fixtureUrl = new URL(`source-fixtures/${name}.ts`, import.meta.url)

  test(`source ${name}`, async (t) => {
    if (!existsSync(fixtureUrl)) return t.fail(`no test/contract/source-fixtures/${name}.ts`)
    const { default: connector } = (await import(new URL(`${name}/connector.ts`, folder).href)) as {
      default: SourceConnector
    }
    const { openFixture } = (await import(fixtureUrl.href)) as { openFixture: () => Promise<SourceFixture> }

    /** A source over a place of its own. */
    const about = (what: string, run: (t: Test, open: OpenFiles, there: SourceFixture) => Promise<unknown>) =>
      t.test(what, async (t) => {
        const there = await openFixture()
        t.teardown(() => there.close())
        const open = await connector.open(connector.config.parse(there.config), context())
        if (open.kind !== 'files') return
        t.teardown(() => open.close())
        await run(t, open, there)
      })
    const listed = async (open: OpenFiles, key: string): Promise<SourceItem> => {
      const item = (await open.list(context())).find((i) => i.key === key)
      return item ?? { key, size: -1, version: 'not listed' }
    }
    const contentOf = async (open: OpenFiles, item: SourceItem): Promise<Buffer> => {
      const chunks: Buffer[] = []
      for await (const chunk of await open.read(item, context())) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks)
    }

    await about('is called like its folder and knows its own settings', async (t, _open, there) => {
      t.equal(connector.name, name)
      t.not(connector.title, '')
      t.notOk(connector.config.safeParse({ ...(there.config as object), surelyNoSetting: 1 }).success)
    })

    await about('its test names each step, and ends at the first that fails', async (t, _open, there) => {
      const before = await there.names()
      const good = await connector.test(connector.config.parse(there.config), context())
      t.ok(good.length > 0 && good.every((s) => s.ok))
      t.same(
        (await there.names()).filter((n) => !before.includes(n) && n !== 'archive'),
        [],
        'no probe is left',
      )
      const bad = await connector.test(connector.config.parse(there.brokenConfig), context())
      t.same(
        bad.map((s) => s.ok),
        [...bad.slice(1).map(() => true), false],
      )
      t.ok(bad.at(-1)?.detail)
    })

    await about('lists what lies there and reads it byte for byte', async (t, open, there) => {
      const content = Buffer.from(Array.from({ length: 700_000 }, (_, i) => (i * 31) % 256))
      await there.put('x.csv', content)
      await there.put('empty ü.csv', Buffer.alloc(0))
      const items = await open.list(context())
      t.same(items.map((i) => [i.key, i.size]).sort(), [
        ['empty ü.csv', 0],
        ['x.csv', content.length],
      ])
      t.same(await open.list(context()), items, 'and says the same while nothing changes')
      t.ok((await contentOf(open, await listed(open, 'x.csv'))).equals(content))
      t.equal((await contentOf(open, await listed(open, 'empty ü.csv'))).length, 0)
    })

    await about('leaves links, folders and pipes alone', async (t, open, there) => {
      await there.put('x.csv', Buffer.from('x'))
      const { linkName, outside } = await there.putOddities()
      t.same(
        (await open.list(context())).map((i) => i.key),
        ['x.csv'],
      )
      const planted = { key: linkName, size: 6, version: '1' }
      await t.rejects(contentOf(open, planted), 'a link in the place of an item is not followed')
      await open.settle(planted, 'stolen.csv', context())
      t.equal(await there.lookInArchive('stolen.csv'), undefined)
      t.equal(await outside(), 'secret')
    })

    await about('names from outside never escape', async (t, open, there) => {
      await there.putOddities()
      await there.put('x.csv', Buffer.from('x'))
      const x = await listed(open, 'x.csv')
      for (const key of hostile) {
        const item = { key, size: 6, version: '1' }
        await t.rejects(contentOf(open, item), `read ${JSON.stringify(key)}`)
        await t.rejects(open.settle(item, 'x.csv', context()), `settle ${JSON.stringify(key)}`)
        await t.rejects(open.settle(x, key, context()), `settle as ${JSON.stringify(key)}`)
        await t.rejects(open.writeBack(key, Buffer.from('overwritten'), context()), `write ${JSON.stringify(key)}`)
      }
      t.same((await there.look('x.csv'))?.toString(), 'x', 'still there')
    })

    await about('an item that is not the listed one any more is not taken for it', async (t, open, there) => {
      await there.put('x.csv', Buffer.from('old!'))
      const item = await listed(open, 'x.csv')
      await there.put('x.csv', Buffer.from('new content'))
      await t.rejects(contentOf(open, item))
      await there.put('y.csv', Buffer.alloc(3_000_000, 'a'))
      const y = await listed(open, 'y.csv')
      const reading = (await open.read(y, context()))[Symbol.asyncIterator]()
      await reading.next()
      await there.put('y.csv', Buffer.alloc(3_000_000, 'b'))
      const rest = async (): Promise<void> => {
        while (!(await reading.next()).done);
      }
      await t.rejects(rest(), 'half the old and half the new of the same length')
    })

    await about('settling puts exactly this item away', async (t, open, there) => {
      await there.put('x.csv', Buffer.from('one'))
      const item = await listed(open, 'x.csv')
      await open.settle(item, 'x.1.csv', context())
      t.equal(await there.look('x.csv'), undefined)
      t.equal((await there.lookInArchive('x.1.csv'))?.toString(), 'one')
      await open.settle(item, 'x.1.csv', context())
      t.equal((await there.lookInArchive('x.1.csv'))?.toString(), 'one', 'again, after a crash: nothing happens')
      t.notOk(
        (await open.list(context())).some((i) => i.key.startsWith('x')),
        'what is archived is not listed',
      )
    })

    await about('settling leaves a newer item of the same name alone', async (t, open, there) => {
      await there.put('x.csv', Buffer.from('one'))
      const item = await listed(open, 'x.csv')
      await there.replaceUnseen('x.csv', Buffer.from('longer'))
      await open.settle(item, 'x.1.csv', context())
      t.equal((await there.look('x.csv'))?.toString(), 'longer')
      t.equal(await there.lookInArchive('x.1.csv'), undefined)
    })

    await about('an answer is there whole or not at all, whoever looks meanwhile', async (t, open, there) => {
      const versions = Array.from({ length: 12 }, (_, i) => Buffer.alloc(200_000, String.fromCharCode(97 + i)))
      await open.writeBack('x.csv.result.csv', Buffer.alloc(200_000, 'z'), context())
      let writing = true
      const write = async (): Promise<void> => {
        for (const version of versions) await open.writeBack('x.csv.result.csv', version, context())
        writing = false
      }
      let looked = 0
      const look = async (): Promise<void> => {
        for (; writing; looked++) {
          const seen = await there.look('x.csv.result.csv')
          if (seen?.length !== 200_000 || !seen.equals(Buffer.alloc(200_000, seen[0])))
            t.fail('half an answer was seen')
          await setImmediate()
        }
      }
      await Promise.all([write(), look()])
      t.ok(looked > 0)
      t.same(await there.names(), ['x.csv.result.csv'], 'nothing temporary is left')
    })

    await about('an answer never goes through something that lies in its way', async (t, open, there) => {
      const { linkName, outside } = await there.putOddities()
      await open.writeBack(linkName, Buffer.from('answer'), context())
      t.equal(await outside(), 'secret')
      t.equal((await there.look(linkName))?.toString(), 'answer')
    })

    await about('a place that is gone is an error, and heals', async (t, open, there) => {
      await there.put('x.csv', Buffer.from('x'))
      const comeBack = await there.vanish()
      await t.rejects(open.list(context()), 'never an empty listing')
      await t.rejects(open.writeBack('x.ok.json', Buffer.from('{}'), context()))
      await comeBack()
      t.equal((await open.list(context())).length, 1)
    })

    await about('a call that is ended ends', async (t, open, there) => {
      await there.put('x.csv', Buffer.alloc(2_000_000))
      const stop = AbortSignal.abort()
      await t.rejects(open.list(context(stop)))
      const read = async (): Promise<void> => {
        for await (const chunk of await open.read(await listed(open, 'x.csv'), context(stop))) t.ok(chunk)
      }
      await t.rejects(read())
    })
  })
}
