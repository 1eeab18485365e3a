import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fileDrop from '../../../connectors/access-points/file-drop/access-point.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { makeClient } from './client.ts'

export const xmlReply = {
  name: '{iviReferenceId}*.xml',
  format: 'xml',
  outcomes: [
    { outcome: 'accepted', when: "/Reply/@result = 'OK' and not(/Reply/Message)" },
    { outcome: 'accepted_with_warnings', when: "/Reply/@result = 'OK' and /Reply/Message" },
    { outcome: 'rejected', when: "/Reply/@result = 'NOK'" },
  ],
  reference: '/Reply/Number',
  iviReferenceId: '/Reply/Id',
  messages: { each: '/Reply/Message', code: '@code', text: 'text()', path: '@path' },
  settle: '30ms',
}

/** Folders of a state that takes files, and a gateway's side of them. */
export const openDrop = async (
  t: { teardown(done: () => Promise<void>): void },
  reply: Record<string, unknown> = xmlReply,
  more: Record<string, unknown> = {},
) => {
  const folder = await tempFolder(t)
  const at = { outbox: join(folder, 'out'), replies: join(folder, 'in'), taken: join(folder, 'taken') }
  for (const made of Object.values(at)) mkdirSync(made)
  const config = { ...at, reply, ...more }
  return {
    ...at,
    folder,
    config,
    client: makeClient(fileDrop, config),
    names: () => readdirSync(at.outbox),
    read: (name: string) => readFileSync(join(at.outbox, name)),
    answer: (name: string, content: string | Buffer) => writeFileSync(join(at.replies, name), content),
  }
}
