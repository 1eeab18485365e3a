import { defineSource, type OpenContext } from '../../gateway/contract/index.ts'
import { temporaryName } from '../support/item-names.ts'
import { type NamedStep, reachSteps, runSteps } from '../support/run-steps.ts'
import { sftpConfig, type SftpConfig } from './config.ts'
import { openSftp } from './open-sftp.ts'
import { openSession, type SftpSession } from './session.ts'

/** The connection fails for one of two reasons, which are two steps: a strange server, or a login it refuses. */
const connectSteps = (
  config: SftpConfig,
  context: OpenContext,
  opened: (session: SftpSession) => void,
): NamedStep[] => {
  let refusal: Error | undefined
  const connect = async (): Promise<void> => {
    try {
      opened(await openSession(config, context))
    } catch (error) {
      if ((error as { code?: string }).code !== 'SRC-032') throw error
      refusal = error as Error
    }
  }
  return [
    ['host key', connect],
    ['login', () => (refusal === undefined ? Promise.resolve() : Promise.reject(refusal))],
  ]
}

export default defineSource({
  name: 'sftp',
  title: 'Folder on an SFTP server',
  config: sftpConfig,
  async test(config, context) {
    const { host, port, folder, archive } = config
    let session: SftpSession | undefined
    const on = (action: (client: SftpSession['client']) => Promise<unknown>) => async (): Promise<void> => {
      const open = session
      await open?.call(context.signal, () => action(open.client))
    }
    const probe = `${folder}/${temporaryName(`probe-${process.pid}`)}`
    try {
      return await runSteps([
        ...reachSteps(host, port, context.signal),
        ...connectSteps(config, context, (open) => (session = open)),
        ['list', on((client) => client.list(folder))],
        ['write', on((client) => client.put(Buffer.from('probe'), probe))],
        ['read', on((client) => client.get(probe))],
        ['delete', on((client) => client.delete(probe))],
        [
          'archive',
          on(async (client) => {
            if (!(await client.exists(`${folder}/${archive}`))) await client.mkdir(`${folder}/${archive}`)
          }),
        ],
      ])
    } finally {
      session?.close()
    }
  },
  open: openSftp,
})
