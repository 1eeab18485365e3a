import fc from 'fast-check'
import { test } from 'tap'
import { readEnvelope, storeEnvelope } from '../../../gateway/flow/delivery/stored-envelope.ts'

test('a stored envelope comes back as it was: a retry sends the same bytes', async (t) => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/).filter((n) => n !== 'content-type')
  const value = fc.string({ unit: fc.constantFrom(...Array.from('aZ09 :;=/"\'-_,.*ü')), maxLength: 20 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), value, fc.dictionary(name, value), (bytes, contentType, headers) => {
      const made = { bytes: Buffer.from(bytes), contentType, headers }
      const read = readEnvelope(storeEnvelope(made))
      const same = read.bytes.equals(made.bytes) && read.contentType === contentType
      return same && JSON.stringify(Object.entries(read.headers)) === JSON.stringify(Object.entries(headers))
    }),
  )
  const body = Buffer.from('\r\n\r\n: not a header\r\n\r\n')
  t.same(readEnvelope(storeEnvelope({ bytes: body, contentType: 'text/xml', headers: {} })).bytes, body)
})
