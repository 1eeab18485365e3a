import { test } from 'tap'
import { configSchema } from '../../../gateway/config/schema.ts'

const parse = (point: object, trust: object = {}) =>
  configSchema.safeParse({
    site: { name: 'Plant' },
    signer: { key: { kind: 'pem', key: 'a.key', certificates: ['a.crt'] } },
    trust,
    sources: [{ name: 'drop', connector: 'folder', mapper: 'm', config: {} }],
    accessPoints: [{ name: 'nl', connector: 'eu-soap', environment: 'sandbox', config: {}, ...point }],
    routing: { environment: 'sandbox', otherwise: 'nl' },
  })
const timeStamp = { url: 'http://tsa.example.com', trustAnchors: ['tsa.crt'] }

test('an access point signs at level B, unless it says another level', async (t) => {
  t.match(parse({}), { success: true, data: { accessPoints: [{ signature: { level: 'B' } }] } })
  t.match(parse({ signature: { level: 'XMLDSig' } }), { success: true })
  t.match(parse({ signature: { level: 'X' } }), { success: false })
})

test('levels T and LT need somebody who stamps, for the site or for the access point', async (t) => {
  for (const level of ['T', 'LT']) {
    const signature = { level }
    t.match(parse({ signature }).error?.issues, [
      { path: ['accessPoints', 0, 'signature', 'level'], message: /needs a time-stamping authority/ },
    ])
    t.match(parse({ signature }, { timeStamp }), { success: true })
    t.match(parse({ signature, timeStamp }), { success: true })
  }
  const none = { signature: { level: 'T' }, timeStamp: { ...timeStamp, trustAnchors: [] } }
  t.match(parse(none), { success: false }, 'without a root its time proves nothing')
  t.match(parse({}, { timeStamp: { ...timeStamp, policy: 'x' } }), { success: false })
})
