// needs: sshd
import { execFile } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'tap'
import sftp from '../../../connectors/sftp/connector.ts'
import type { GatewayError, SourceItem } from '../../../gateway/contract/index.ts'
import { testFiles } from '../../support/site-files.ts'
import { startSshd } from '../../support/sshd.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const within = (ms = 15_000) => ({ signal: AbortSignal.timeout(ms), files: testFiles })
const other = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

test('an SFTP server', async (t) => {
  const server = await startSshd()
  t.teardown(() => server.close())
  const folder = await tempFolder(t)
  const { port, user, password } = server
  const config = (over: object = {}) =>
    sftp.config.parse({ host: '127.0.0.1', port, user, hostKey: [server.hostKey], folder: '/drop', password, ...over })
  const open = async (over: object = {}) => {
    const opened = await sftp.open(config(over), within())
    t.teardown(() => opened.close())
    return opened
  }
  /** The step that fails last, with what it says. */
  const failing = async (over: object): Promise<unknown> => (await sftp.test(config(over), within())).at(-1)
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }

  await t.test('with another host key is refused, and both fingerprints are named', async (t) => {
    const error = (await open({ hostKey: [other] }).catch((e: unknown) => e)) as GatewayError
    t.match(error, { code: 'SRC-031', kind: 'security' })
    t.ok(error.message.includes(server.hostKey) && error.message.includes(other), error.message)
    t.match(await failing({ hostKey: [other] }), { step: 'host key', ok: false, detail: other })
    t.ok(await open({ hostKey: [other, server.hostKey] }), 'one of several may be the right one, as before a change')
  })

  await t.test('names a wrong password as a login that is refused', async (t) => {
    const wrong = { password: await file('wrong', 'not this one\n') }
    await t.rejects(open(wrong), { code: 'SRC-032', message: user })
    t.match(await failing(wrong), { step: 'login', ok: false })
  })

  await t.test('takes a private key, also under a passphrase', async (t) => {
    t.same(await (await open({ password: undefined, privateKey: server.privateKey })).list(within()), [])
    const locked = await file('locked', '')
    await copyFile(server.privateKey, locked)
    await promisify(execFile)('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', locked])
    const key = { password: undefined, privateKey: locked }
    const right = { ...key, passphrase: await file('right', 'open sesame\n') }
    t.same(await (await open(right)).list(within()), [])
    const wrong = { ...key, passphrase: await file('wrong-phrase', 'open barley\n') }
    await t.rejects(open(wrong), { code: 'SRC-032' })
    await t.rejects(open(key), { code: 'SRC-032' }, 'and without one')
  })

  await t.test('that nobody listens at is not reached', async (t) => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const nobody = (closed.address() as AddressInfo).port
    await new Promise((resolve) => closed.close(resolve))
    await t.rejects(open({ port: nobody }), { code: 'SRC-030', kind: 'operational' })
    t.match(await failing({ port: nobody }), { step: 'TCP', ok: false, detail: 'ECONNREFUSED' })
    t.match(await failing({ host: 'nowhere.invalid' }), { step: 'name', ok: false })
  })

  await t.test('with a folder that is not there is told at the listing', async (t) => {
    t.match(await failing({ folder: '/nowhere' }), { step: 'list', ok: false, detail: /\S/ })
    await t.rejects((await open({ folder: '/nowhere' })).list(within()), { code: 'SRC-033' })
  })

  await t.test('that has another password by now is asked with the one that its file holds now', async (t) => {
    const own = await file('own', 'first-password\n')
    t.ok(await open({ password: own }))
    await server.setPassword('second-password')
    try {
      await t.rejects(open({ password: own }), { code: 'SRC-032' })
      await writeFile(own, 'second-password\n')
      t.same(await (await open({ password: own })).list(within()), [])
    } finally {
      await server.setPassword('first-password')
    }
  })

  await t.test('that hangs is left when the call is to end, in a listing and in the middle of a file', async (t) => {
    const content = Buffer.alloc(8_000_000, 'x')
    await writeFile(join(server.folder, 'x.csv'), content)
    const session = await open({ password: undefined, privateKey: server.privateKey })
    const [item] = await session.list(within())
    const reader = await open({ password: undefined, privateKey: server.privateKey })
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

test('settings that cannot be meant are refused', async (t) => {
  const good = { host: 'h', user: 'u', hostKey: [other], password: 'p' }
  t.ok(sftp.config.safeParse(good).success)
  for (const wrong of [{ hostKey: [] }, { hostKey: ['SHA256:short'] }, { archive: '..' }, { archive: 'a/b' }])
    t.notOk(sftp.config.safeParse({ ...good, ...wrong }).success, JSON.stringify(wrong))
  t.notOk(sftp.config.safeParse({ ...good, password: undefined }).success, 'nothing to log in with')
  t.notOk(sftp.config.safeParse({ ...good, passphrase: 'p' }).success, 'a passphrase of no key')
})
