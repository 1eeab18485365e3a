import { openVegvesen } from '../../fakes/vegvesen.ts'
import { makeDocument } from '../../unit/simulated-access-point/harness.ts'
import type { AccessPointFixture } from './fixture.ts'

export const openFixture = async (): Promise<AccessPointFixture> => {
  const vegvesen = await openVegvesen()
  return {
    config: vegvesen.config,
    unreachable: { ...vegvesen.config, host: 'https://127.0.0.1:1' },
    tls: undefined,
    makeDocument: () => makeDocument(),
    documentIn: ({ bytes }) => {
      const { ivi } = JSON.parse(bytes.toString()) as { ivi: { iviDokument: string } }
      return Buffer.from(ivi.iviDokument, 'base64')
    },
    accepted: () => Promise.resolve(vegvesen.accepted()),
    fallSilent: () => {
      vegvesen.behave('timeout-after-accept')
      return Promise.resolve()
    },
    close: vegvesen.close,
  }
}
