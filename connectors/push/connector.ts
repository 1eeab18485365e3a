import { defineSource, type OpenPush, type SiteFiles, type TestStep } from '../../gateway/contract/index.ts'
import { authenticateCall } from './authenticate.ts'
import { callBack } from './call-back.ts'
import { pushConfig, type PushConfig } from './config.ts'

/** Whether the secrets are there, up to the first that is not; nobody is called. */
const testSecrets = async ({ bearer, hmac, callback }: PushConfig, files: SiteFiles): Promise<TestStep[]> => {
  const names = [bearer?.tokenFile, hmac?.secretFile, callback?.tokenFile, callback?.secretFile]
  const steps: TestStep[] = []
  for (const name of names.filter((n) => n !== undefined)) {
    const step = `secret ${name}`
    const detail = await files.secret(name).then(
      (secret) => (secret === '' ? 'Its first line is empty.' : undefined),
      (error: unknown) => (error as Error).message,
    )
    if (detail !== undefined) return [...steps, { step, ok: false, detail }]
    steps.push({ step, ok: true })
  }
  return [...steps, { step: 'callers prove who they are', ok: true }]
}

export default defineSource({
  name: 'push',
  title: 'Calls from outside over HTTP',
  kind: 'push',
  config: pushConfig,
  test: (config, { files }) => testSecrets(config, files),
  open: (config, { files }): Promise<OpenPush> => {
    const { callback } = config
    return Promise.resolve({
      kind: 'push',
      authenticate: (call) => authenticateCall(call, config, files, new Date()),
      ...(callback && { writeStatus: (status, context) => callBack(status, callback, files, context) }),
      close: () => Promise.resolve(),
    })
  },
})
