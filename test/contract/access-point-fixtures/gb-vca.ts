import { openVca } from '../../fakes/vca.ts'
import { makeDocument } from '../../unit/simulated-access-point/harness.ts'
import type { AccessPointFixture } from './fixture.ts'

export const openFixture = async (): Promise<AccessPointFixture> => {
  const vca = await openVca()
  return {
    config: vca.config,
    unreachable: { ...vca.config, host: 'https://127.0.0.1:1' },
    tls: undefined,
    waivers: { immediate: 'the VCA queues everything (202)' },
    makeDocument: () => makeDocument(),
    accepted: () => Promise.resolve(vca.accepted()),
    fallSilent: () => {
      vca.behave('timeout-after-accept')
      return Promise.resolve()
    },
    close: vca.close,
  }
}
