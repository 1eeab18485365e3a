// needs: vsftpd
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import ftps from '../../../connectors/ftps/connector.ts'
import type { SourceItem } from '../../../gateway/contract/index.ts'
import { startPlainFtp } from '../../fakes/plain-ftp.ts'
import { examplePki } from '../../support/pki.ts'
import { testFiles } from '../../support/site-files.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startVsftpd } from '../../support/vsftpd.ts'

const within = (ms = 15_000) => ({ signal: AbortSignal.timeout(ms), files: testFiles })

test('an FTPS server', async (t) => {
  const [server, pki] = await Promise.all([startVsftpd(), examplePki()])
  t.teardown(() => server.close())
  const folder = await tempFolder(t)
  const { port, user, password } = server
  const trustAnchors = [server.trustAnchor]
  const config = (over: object = {}) =>
    ftps.config.parse({ host: '127.0.0.1', port, user, password, trustAnchors, folder: '/drop', ...over })
  const open = async (over: object = {}) => {
    const opened = await ftps.open(config(over), within())
    t.teardown(() => opened.close())
    return opened
  }
  /** The step that fails last, with what it says. */
  const failing = async (over: object): Promise<unknown> => (await ftps.test(config(over), within())).at(-1)

  await t.test('under another authority is not trusted', async (t) => {
    for (const strange of [{ trustAnchors: [pki.file('root.crt')] }, { trustAnchors: undefined }]) {
      await t.rejects(open(strange), { code: 'SRC-041', kind: 'security' })
      t.match(await failing(strange), { step: 'TLS chain', ok: false, detail: 'not trusted' })
    }
  })

  await t.test('whose certificate is for another name is not trusted', async (t) => {
    await t.rejects(open({ host: 'localhost' }), { code: 'SRC-041', message: /localhost/ })
    t.match(await failing({ host: 'localhost' }), { step: 'TLS chain', ok: false })
  })

  await t.test('that speaks plain FTP only never hears the password, nor the name', async (t) => {
    const plain = await startPlainFtp()
    t.teardown(() => plain.close())
    await t.rejects(open({ port: plain.port }), { code: 'SRC-041', kind: 'security', message: 'does not offer TLS' })
    t.match(await failing({ port: plain.port }), { step: 'TLS chain', ok: false })
    t.ok(plain.heard.includes('AUTH TLS'))
    t.notOk(
      plain.heard.some((line) => /USER|PASS/.test(line)),
      plain.heard.join(', '),
    )
  })

  await t.test('names a wrong password as a login that is refused', async (t) => {
    await writeFile(join(folder, 'wrong'), 'not this one\n')
    await t.rejects(open({ password: join(folder, 'wrong') }), { code: 'SRC-042', message: user })
    t.match(await failing({ password: join(folder, 'wrong') }), { step: 'login', ok: false })
  })

  await t.test('with a folder that is not there is told so, and is no empty one', async (t) => {
    t.match(await failing({ folder: '/nowhere' }), { step: 'folder', ok: false, detail: /\S/ })
    await t.rejects((await open({ folder: '/nowhere' })).list(within()), { code: 'SRC-043' })
  })

  await t.test('that has another password by now is asked with the one that its file holds now', async (t) => {
    const own = join(folder, 'own')
    await writeFile(own, 'first-password\n')
    t.ok(await open({ password: own }))
    await server.setPassword('second-password')
    try {
      await t.rejects(open({ password: own }), { code: 'SRC-042' })
      await writeFile(own, 'second-password\n')
      t.same(await (await open({ password: own })).list(within()), [])
    } finally {
      await server.setPassword('first-password')
    }
  })

  await t.test('that hangs is left when the call is to end, in a listing and in the middle of a file', async (t) => {
    await writeFile(join(server.folder, 'x.csv'), Buffer.alloc(8_000_000, 'x'))
    const session = await open()
    const [item] = await session.list(within())
    const reader = await open()
    const control = new AbortController()
    const reading = (await reader.read(item as SourceItem, { signal: control.signal }))[Symbol.asyncIterator]()
    await reading.next()
    const goOn = await server.hang()
    try {
      const begun = performance.now()
      await t.rejects(session.list({ signal: AbortSignal.timeout(200) }), { name: 'TimeoutError' })
      setTimeout(() => control.abort(), 200)
      const rest = async (): Promise<void> => {
        while (!(await reading.next()).done);
      }
      await t.rejects(rest())
      t.ok(performance.now() - begun < 3_000)
    } finally {
      await goOn()
    }
  })
})

test('settings that would end a command early are refused', async (t) => {
  const good = { host: 'h', user: 'u', password: 'p' }
  t.ok(ftps.config.safeParse(good).success)
  for (const wrong of [{ folder: 'a\r\nDELE x' }, { archive: '..' }, { archive: 'a/b' }, { tls: 'none' }])
    t.notOk(ftps.config.safeParse({ ...good, ...wrong }).success, JSON.stringify(wrong))
})
