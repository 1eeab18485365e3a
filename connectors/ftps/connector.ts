import { Readable, Writable } from 'node:stream'
import type { Client } from 'basic-ftp'
import { defineSource, type OpenContext } from '../../gateway/contract/index.ts'
import { temporaryName } from '../support/item-names.ts'
import { type NamedStep, reachSteps, runSteps } from '../support/run-steps.ts'
import { ftpsConfig, type FtpsConfig } from './config.ts'
import { openFtps } from './open-ftps.ts'
import { type FtpsSession, openSession } from './session.ts'

/** The connection fails for one of two reasons, which are two steps: a certificate, or a login that is refused. */
const connectSteps = (
  config: FtpsConfig,
  context: OpenContext,
  opened: (session: FtpsSession) => void,
): NamedStep[] => {
  let refusal: Error | undefined
  const connect = async (): Promise<void> => {
    try {
      opened(await openSession(config, context))
    } catch (error) {
      if ((error as { code?: string }).code !== 'SRC-042') throw error
      refusal = error as Error
    }
  }
  return [
    ['TLS chain', connect],
    ['login', () => (refusal === undefined ? Promise.resolve() : Promise.reject(refusal))],
  ]
}

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
        ...connectSteps(config, context, (open) => (session = open)),
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
