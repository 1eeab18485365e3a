// needs: sshd
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import fileDrop from '../../../connectors/access-points/file-drop/access-point.ts'
import { makeDocument } from '../simulated-access-point/harness.ts'
import { makeClient } from './client.ts'
import { openDrop } from './drop-bench.ts'
import { startOwnSshd } from './own-sshd.ts'

test('documents are dropped on an OpenSSH server, and replies found there', async (t) => {
  const drop = await openDrop(t)
  const server = await startOwnSshd(drop.folder)
  t.teardown(() => server.close())
  const config = { ...drop.config, sftp: server.sftp }
  const client = makeClient(fileDrop, config)

  await t.test('put whole, never overwritten', async (t) => {
    const [document, other] = [makeDocument(), makeDocument('other')]
    t.match(await client.query(document), { reply: { outcome: 'not_found' } })
    t.match(await client.submit(document), { reply: { outcome: 'pending' } })
    t.match(await client.submit(document), { reply: { outcome: 'pending' } }, 'sent again')
    t.match(await client.query(document), { reply: { outcome: 'pending' } })
    const [name = ''] = drop.names()
    t.ok(drop.read(name).equals(document.bytes))
    writeFileSync(join(drop.outbox, name), other.bytes)
    t.match(await client.submit(document), { reply: { outcome: 'duplicate', sha256: other.sha256 } })
    t.same(drop.names(), [name], 'no temporary file is left')
    drop.answer(`${document.iviReferenceId}.xml`, '<Reply result="OK"><Number>S-1</Number></Reply>')
    t.match(await client.query(document), { reply: { outcome: 'accepted', reference: 'S-1' } })
  })

  await t.test('a strange server, a refused login, a missing folder: surely nothing was put', async (t) => {
    const refused = async (more: Record<string, unknown>, sftp: Record<string, unknown> = {}) => {
      const given = { ...config, ...more, sftp: { ...server.sftp, ...sftp } }
      return makeClient(fileDrop, given).submit(makeDocument())
    }
    const before = drop.names().length
    const hostKey = [`SHA256:${'A'.repeat(43)}`]
    t.match(await refused({}, { hostKey }), { kind: 'not_dispatched', reason: /host key/ })
    t.match(await refused({}, { privateKey: server.strangersKey }), { kind: 'not_dispatched', reason: /login/ })
    t.match(await refused({ outbox: '/nowhere' }), { kind: 'not_dispatched' })
    t.match(await refused({}, { port: 1 }), { kind: 'not_dispatched', reason: /reached/ })
    t.equal(drop.names().length, before)
  })

  await t.test('the connection test lists every folder and writes nothing', async (t) => {
    const before = drop.names()
    t.match(
      await client.test(),
      ['login', 'outbox', 'replies', 'taken'].map((step) => ({ step, ok: true })),
    )
    t.same(drop.names(), before)
  })
})
