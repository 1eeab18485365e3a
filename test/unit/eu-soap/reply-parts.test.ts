import fc from 'fast-check'
import { test } from 'tap'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import { retrievedDocument } from '../../../connectors/access-points/eu-soap/retrieved-document.ts'

const config = euSoapConfig.parse({ endpoint: 'https://nap.example/', document: 'base64' })
const ns = 'urn:ecoc-gateway:simulated-access-point:1'
const soap = (inner: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a xmlns="${ns}">${inner}</a></s:Body></s:Envelope>`
const include = '<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:doc%40nap"/>'
const binary = Buffer.from('<d>\r\n--no boundary\u0000é</d>')
const multipart = (
  envelope: string,
  type = 'multipart/related; boundary="b 1"; start="<root>"; type="application/xop+xml"',
) => ({
  status: 200,
  contentType: type,
  bytes: Buffer.concat([
    Buffer.from('--b 1\r\nContent-ID: <doc@nap>\r\nContent-Transfer-Encoding: binary\r\n\r\n'),
    binary,
    Buffer.from(
      `\r\n--b 1\r\nContent-Type: application/xop+xml\r\nContent-ID: <root>\r\n\r\n${envelope}\r\n--b 1--\r\n`,
    ),
  ]),
})

test('an answer with attachments is read by its root part', async (t) => {
  t.match(eusoap.parse(config, multipart(soap('<Outcome>ACCEPTED</Outcome>'))), { outcome: 'accepted' })
  const noStart = 'multipart/related; boundary="b 1"'
  t.match(eusoap.parse(config, multipart(soap('<Outcome>ACCEPTED</Outcome>'), noStart)), { outcome: 'unreadable' })
  for (const type of [
    'multipart/related',
    'multipart/related; boundary=other',
    'multipart/related; boundary="b 1"; start="<none>"',
  ])
    t.match(
      eusoap.parse(config, multipart(soap(''), type)),
      { outcome: 'unreadable', messages: [{ code: 'EUS-107' }] },
      type,
    )
})

test('a retrieved document may be such an attachment', async (t) => {
  const answer = multipart(soap(`<Document>${include}</Document>`))
  t.ok(retrievedDocument(config, answer)?.equals(binary))
  const other = multipart(soap(`<Document>${include.replace('doc', 'none')}</Document>`))
  t.equal(retrievedDocument(config, other), undefined)
  const wrong = multipart(soap(`<Document>${include.replace('%40', '%zz')}</Document>`))
  t.equal(retrievedDocument(config, wrong), undefined)
})

test('damaged parts never become a yes to something else, nor an exception', async (t) => {
  const good = multipart(soap('<Outcome>REJECTED</Outcome>'))
  const damage = fc.record({ at: fc.nat(good.bytes.length - 1), byte: fc.nat(255), cut: fc.boolean() })
  fc.assert(
    fc.property(damage, ({ at, byte, cut }) => {
      const bytes = Buffer.from(good.bytes)
      bytes[at] = byte
      const { outcome } = eusoap.parse(config, { ...good, bytes: cut ? bytes.subarray(0, at) : bytes })
      return outcome === 'rejected' || outcome === 'unreadable'
    }),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.uint8Array({ maxLength: 200 }), (type, bytes) => {
      const contentType = `multipart/related; ${type}`
      return eusoap.parse(config, { status: 200, contentType, bytes: Buffer.from(bytes) }).outcome === 'unreadable'
    }),
  )
  t.pass('held')
})
