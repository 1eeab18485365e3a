import { RECORDED_REPLY } from '../../../connectors/access-points/manual/recorded-reply.ts'
import { makeDocument } from '../../unit/simulated-access-point/harness.ts'
import type { AccessPointFixture } from './fixture.ts'

export const openFixture = (): Promise<AccessPointFixture> =>
  Promise.resolve({
    config: { portal: 'https://portal.example/ecoc' },
    unreachable: {},
    tls: undefined,
    waivers: { sending: 'a person hands the document in', silence: 'nothing is called' },
    goodReply: {
      status: 200,
      contentType: RECORDED_REPLY,
      bytes: Buffer.from('{"outcome":"accepted","reference":"P-1","note":"seen at the portal"}'),
    },
    makeDocument: () => makeDocument(),
    accepted: () => Promise.resolve([]),
    fallSilent: () => Promise.resolve(),
    close: () => Promise.resolve(),
  })
