import { defineSource } from '../../gateway/contract/index.ts'
import { temporaryName } from '../support/item-names.ts'
import { openSteps, reachSteps, runSteps } from '../support/run-steps.ts'
import { sftpConfig } from './config.ts'
import { openSftp } from './open-sftp.ts'
import { openSession, type SftpSession } from './session.ts'

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
        ...openSteps('host key', 'SRC-032', async () => {
          session = await openSession(config, context)
        }),
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
