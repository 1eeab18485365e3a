import { makeDocument, openSimulator } from '../../unit/simulated-access-point/harness.ts'
import type { AccessPointFixture } from './fixture.ts'

export const openFixture = async (): Promise<AccessPointFixture> => {
  const simulator = await openSimulator()
  return {
    config: { endpoint: simulator.endpoint, timeout: '2s' },
    unreachable: { endpoint: 'https://127.0.0.1:1/ivi' },
    tls: simulator.tls,
    makeDocument: () => makeDocument(),
    accepted: simulator.accepted,
    fallSilent: async () => {
      await simulator.behave('timeout-after-accept')
    },
    close: simulator.close,
  }
}
