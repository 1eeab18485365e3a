import { Readable, Writable } from 'node:stream'
import type { Client } from 'basic-ftp'
import { defineSource } from '../../gateway/contract/index.ts'
import { temporaryName } from '../support/item-names.ts'
import { openSteps, reachSteps, runSteps } from '../support/run-steps.ts'
import { ftpsConfig } from './config.ts'
import { openFtps } from './open-ftps.ts'
import { type FtpsSession, openSession } from './session.ts'

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

export default defineSource({
  name: 'ftps',
  title: 'Folder on an FTPS server',
  config: ftpsConfig,
  async test(config, context) {
    const { host, port, archive } = config
    let session: FtpsSession | undefined
    const on = (action: (client: Client) => Promise<unknown>) => async (): Promise<void> => {
      await session?.call(context.signal, action)
    }
    const folder = (): string => session?.folder ?? ''
    const probe = (): string => `${folder()}/${temporaryName(`probe-${process.pid}`)}`
    try {
      return await runSteps([
        ...reachSteps(host, port, context.signal),
        ...openSteps('TLS chain', 'SRC-042', async () => {
          session = await openSession(config, context)
        }),
        ['folder', on((client) => client.cd(folder()))],
        ['list', on((client) => client.list(folder()))],
        [
          'write',
          on((client) => client.uploadFrom(Readable.from([Buffer.from('probe')], { objectMode: false }), probe())),
        ],
        ['read', on((client) => client.downloadTo(nowhere(), probe()))],
        ['delete', on((client) => client.remove(probe()))],
        [
          'archive',
          on((client) => client.send(`MKD ${folder()}/${archive}`).catch(() => client.list(`${folder()}/${archive}`))),
        ],
      ])
    } finally {
      session?.close()
    }
  },
  open: openFtps,
})
