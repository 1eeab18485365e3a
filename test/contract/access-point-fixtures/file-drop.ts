import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDocument } from '../../unit/simulated-access-point/harness.ts'
import type { AccessPointFixture } from './fixture.ts'

/** The other side of the folders: takes what lies there and answers beside it, when it is asked what it accepted. */
export const openFixture = (): Promise<AccessPointFixture> => {
  const folder = mkdtempSync(join(tmpdir(), 'ecoc-drop-'))
  const [outbox, replies, taken] = [join(folder, 'out'), join(folder, 'in'), join(folder, 'taken')]
  for (const made of [outbox, replies, taken]) mkdirSync(made)
  const accepted = new Map<string, { iviReferenceId: string; count: number; sha256: string }>()
  const work = (): void => {
    for (const name of readdirSync(outbox)) {
      const bytes = readFileSync(join(outbox, name))
      const iviReferenceId = /<IviReferenceId>([^<]*)</.exec(bytes.toString())?.[1] ?? ''
      const count = (accepted.get(iviReferenceId)?.count ?? 0) + 1
      accepted.set(iviReferenceId, { iviReferenceId, count, sha256: createHash('sha256').update(bytes).digest('hex') })
      renameSync(join(outbox, name), join(taken, name))
      const reply = `<Reply><Result>OK</Result><Id>${iviReferenceId}</Id></Reply>`
      writeFileSync(join(replies, `${iviReferenceId}.reply.xml`), reply)
    }
  }
  const config = {
    outbox,
    replies,
    taken,
    reply: {
      name: '{iviReferenceId}.reply.xml',
      format: 'xml',
      outcomes: [
        { outcome: 'accepted', when: "/Reply/Result = 'OK'" },
        { outcome: 'rejected', when: "/Reply/Result = 'NOK'" },
      ],
      iviReferenceId: '/Reply/Id',
      settle: '10ms',
    },
  }
  return Promise.resolve({
    config,
    unreachable: { ...config, outbox: join(folder, 'gone') },
    tls: undefined,
    waivers: { immediate: 'the answer is another file', silence: 'a folder takes everything' },
    makeDocument: () => makeDocument(),
    accepted: () => {
      work()
      return Promise.resolve([...accepted.values()])
    },
    fallSilent: () => Promise.resolve(),
    close: () => {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  })
}
