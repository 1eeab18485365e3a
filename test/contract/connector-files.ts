import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import { aboutFiles, contentOf, context, listed, type UnderTest } from './connector-bench.ts'
import type { SourceFixture } from './source-fixtures/fixture.ts'

/** Names that a hostile share could list: none of them may reach a file elsewhere. */
const hostile = ['../secret.txt', '..', '.', '', '/etc/hostname', 'sub/deep.csv', 'a/../../secret.txt', 'x\0.csv']

/** What listing, reading, settling and answering must hold wherever files lie. */
export const connectorFiles = async (
  t: Test,
  of: UnderTest<SourceFixture>,
  waivers: SourceFixture['waivers'],
): Promise<void> => {
  const about = aboutFiles(t, of, waivers)

  await about('lists what lies there and reads it byte for byte', undefined, async (t, open, there) => {
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

  await about('leaves links, folders and pipes alone', 'links', async (t, open, there) => {
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

  await about('names from outside never escape', 'names', async (t, open, there) => {
    await there.putOddities()
    await there.put('x.csv', Buffer.from('x'))
    const x = await listed(open, 'x.csv')
    for (const key of hostile) {
      const item = { key, size: 6, version: '1' }
      await t.rejects(contentOf(open, item), `read ${JSON.stringify(key)}`)
      await t.rejects(open.settle(item, 'x.csv', context()), `settle ${JSON.stringify(key)}`)
      await t.rejects(open.settle(x, key, context()), `settle as ${JSON.stringify(key)}`)
      await t.rejects(open.writeBack(key, Buffer.from('overwritten'), context()), `write ${JSON.stringify(key)}`)
      await t.rejects(open.withdraw(key, context()), `withdraw ${JSON.stringify(key)}`)
    }
    t.same((await there.look('x.csv'))?.toString(), 'x', 'still there')
  })

  await about('odd names that are names all the same go the whole way', 'names', async (t, open, there) => {
    const odd = ['a b.csv', "it's; rm -rf.csv", 'größe ß.csv', '-rf.csv', '100% [x] {y} #?.csv', '日本.csv', '~.csv']
    for (const name of odd) await there.put(name, Buffer.from(name))
    t.same((await open.list(context())).map((i) => i.key).sort(), odd.toSorted())
    for (const name of odd) {
      const item = await listed(open, name)
      t.equal((await contentOf(open, item)).toString(), name)
      await open.writeBack(`${name}.ok.json`, Buffer.from('{}'), context())
      t.equal((await there.look(`${name}.ok.json`))?.toString(), '{}', `answer beside ${name}`)
      t.equal(await open.settle(item, `done ${name}`, context()), true)
      t.equal((await there.lookInArchive(`done ${name}`))?.toString(), name)
    }
  })

  await about('an item that is not the listed one any more is not taken for it', undefined, async (t, open, there) => {
    await there.put('x.csv', Buffer.from('old!'))
    const item = await listed(open, 'x.csv')
    await there.put('x.csv', Buffer.from('new content'))
    await t.rejects(contentOf(open, item))
    await there.put('y.csv', Buffer.alloc(3_000_000, 'a'))
    const y = await listed(open, 'y.csv')
    const reading = (await open.read(y, context()))[Symbol.asyncIterator]()
    await reading.next()
    await there.put('y.csv', Buffer.alloc(3_000_000, 'b'))
    const seen: number[] = []
    const rest = async (): Promise<void> => {
      for (let next = await reading.next(); !next.done; next = await reading.next())
        seen.push((next.value as Buffer)[0]!)
    }
    // Where each version keeps its bytes (a bucket), the old item may also come whole.
    const isWhole = await rest().then(
      () => true,
      () => false,
    )
    if (isWhole) t.same([...new Set(seen)], ['a'.charCodeAt(0)], 'half the old and half the new of the same length')
  })

  await about('settling puts exactly this item away', undefined, async (t, open, there) => {
    await there.put('x.csv', Buffer.from('one'))
    const item = await listed(open, 'x.csv')
    t.equal(await open.settle(item, 'x.1.csv', context()), true)
    t.equal(await there.look('x.csv'), undefined)
    t.equal((await there.lookInArchive('x.1.csv'))?.toString(), 'one')
    t.equal(await open.settle(item, 'x.1.csv', context()), true)
    t.equal((await there.lookInArchive('x.1.csv'))?.toString(), 'one', 'again, after a crash: nothing happens')
    t.notOk(
      (await open.list(context())).some((i) => i.key.startsWith('x')),
      'what is archived is not listed',
    )
  })

  await about('settling leaves a newer item of the same name alone', 'replaced', async (t, open, there) => {
    await there.put('x.csv', Buffer.from('one'))
    const item = await listed(open, 'x.csv')
    await there.replaceUnseen('x.csv', Buffer.from('longer'))
    t.equal(await open.settle(item, 'x.1.csv', context()), false)
    t.equal((await there.look('x.csv'))?.toString(), 'longer')
    t.equal(await there.lookInArchive('x.1.csv'), undefined)
    await open.remove?.(item, context())
    t.equal((await there.look('x.csv'))?.toString(), 'longer', 'nor is it deleted')
    await open.remove?.(await listed(open, 'x.csv'), context())
    if (open.remove) t.equal(await there.look('x.csv'), undefined, 'the listed one is')
  })

  await about('an answer is there whole or not at all, whoever looks meanwhile', undefined, async (t, open, there) => {
    const versions = Array.from({ length: 12 }, (_, i) => Buffer.alloc(200_000, String.fromCharCode(97 + i)))
    await open.writeBack('x.csv.result.csv', Buffer.alloc(200_000, 'z'), context())
    let writing = true
    const write = async (): Promise<void> => {
      for (const version of versions) await open.writeBack('x.csv.result.csv', version, context())
    }
    let looked = 0
    const look = async (): Promise<void> => {
      for (; writing; looked++) {
        const seen = await there.look('x.csv.result.csv')
        if (seen?.length !== 200_000 || !seen.equals(Buffer.alloc(200_000, seen[0]))) t.fail('half an answer was seen')
        await setImmediate()
      }
    }
    await Promise.all([write().finally(() => (writing = false)), look()])
    t.ok(looked > 0)
    t.same(await there.names(), ['x.csv.result.csv'], 'nothing temporary is left')
    await open.withdraw('x.csv.result.csv', context())
    await open.withdraw('x.csv.result.csv', context())
    t.same(await there.names(), [], 'taken away, and once more without complaint')
  })

  await about('an answer never goes through something that lies in its way', 'links', async (t, open, there) => {
    const { linkName, outside } = await there.putOddities()
    await open.writeBack(linkName, Buffer.from('answer'), context())
    t.equal(await outside(), 'secret')
    t.equal((await there.look(linkName))?.toString(), 'answer')
  })
}
