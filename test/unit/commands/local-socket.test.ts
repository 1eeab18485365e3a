import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { join } from 'node:path'
import { test } from 'tap'
import { callLocal, type LocalCall, serveLocal } from '../../../gateway/local-socket.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const call: LocalCall = { argv: ['doctor', '--json'], cwd: '/somewhere' }
const post = (socketPath: string, body: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ socketPath, method: 'POST' }, (res) => resolve(res.resume().statusCode))
      .on('error', reject)
      .end(body)
  })
const closed = (server: Server) => (): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

test('a call is answered, and what is none is refused without harm', async (t) => {
  const folder = await tempFolder(t)
  t.equal(await callLocal(folder, call), undefined, 'no gateway runs')
  const server = await serveLocal(folder, (c) => {
    if (c.argv[0] === 'throw') throw new TypeError('thrown at once')
    return Promise.resolve({ exit: 1, out: [c.cwd, ...c.argv], err: ['e'] })
  })
  t.teardown(closed(server))
  const socket = join(folder, 'gateway.sock')
  for (const body of ['', '{', 'null', '[]', '{"argv":"doctor","cwd":"/"}', '{"argv":[1],"cwd":"/"}', '{"argv":[]}'])
    t.equal(await post(socket, body), 400, body)
  t.equal(await post(socket, 'x'.repeat(1024 * 1024 + 1)), 413)
  await t.rejects(callLocal(folder, { ...call, argv: ['throw'] }), {
    code: 'CLI-004',
    kind: 'operational',
    message: /500 TypeError: thrown at once/,
  })
  t.same(await callLocal(folder, call), { exit: 1, out: ['/somewhere', 'doctor', '--json'], err: ['e'] })
})

test('an answer that is none does not crash the command line', async (t) => {
  const folder = await tempFolder(t)
  let answer = ''
  const server = createServer((req, res) => {
    if (answer === 'cut') res.destroy()
    else req.resume().on('end', () => res.end(answer))
  })
  await new Promise<void>((resolve) => server.listen(join(folder, 'gateway.sock'), resolve))
  t.teardown(closed(server))
  for (answer of ['', 'cut', '<html>', 'null', '{"exit":"0","out":[],"err":[]}', '{"exit":0,"out":[]}'])
    await t.rejects(callLocal(folder, call), { code: 'CLI-004', kind: 'operational' }, answer)
})

test('a long data folder falls back to a folder that is ours alone', async (t) => {
  const tmp = await tempFolder(t)
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = tmp
  t.teardown(() => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  })
  const data = join(tmp, 'd'.repeat(120))
  const answer = { exit: 0, out: [], err: [] }
  const refused = { code: 'CLI-005', kind: 'security' }
  const shared = join(tmp, `ecoc-${process.getuid?.() ?? 0}`)
  t.equal(await callLocal(data, call), undefined, 'nothing there yet')

  const server = await serveLocal(data, () => Promise.resolve(answer))
  t.teardown(closed(server))
  t.same(await callLocal(data, call), answer)
  for (const mode of [0o710, 0o702, 0o755]) {
    await chmod(shared, mode)
    await t.rejects(callLocal(data, call), refused, mode.toString(8))
    await t.rejects(
      serveLocal(data, () => Promise.resolve(answer)),
      refused,
    )
  }

  const other = await tempFolder(t)
  process.env['TMPDIR'] = other
  await mkdir(join(other, 'mine'), { mode: 0o700 })
  await symlink(join(other, 'mine'), join(other, `ecoc-${process.getuid?.() ?? 0}`))
  await t.rejects(callLocal(data, call), refused, 'a link is not followed')
  const third = await tempFolder(t)
  process.env['TMPDIR'] = third
  await writeFile(join(third, `ecoc-${process.getuid?.() ?? 0}`), '', { mode: 0o600 })
  await t.rejects(callLocal(data, call), refused, 'a file is no folder')
})
