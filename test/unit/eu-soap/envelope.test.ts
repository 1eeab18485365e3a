import { test } from 'tap'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import { retrievedDocument } from '../../../connectors/access-points/eu-soap/retrieved-document.ts'
import { testFiles } from '../../support/site-files.ts'
import { testFacts } from '../../support/submission-facts.ts'
import { makeDocument } from '../simulated-access-point/harness.ts'

const endpoint = 'https://nap.example/ivi?a=1&b=2'
const make = (more: Record<string, unknown>, document = makeDocument()) => {
  const config = euSoapConfig.parse({ endpoint, ...more })
  const envelope = eusoap.envelope(config, document, 'm<1>' as never, testFacts)
  return { config, document, envelope, xml: envelope.bytes.toString() }
}
const n = (name: string, namespace = 'urn:n') => ({ namespace, name })

test('wrappers may be nested, and unqualified inside', async (t) => {
  const { xml, document } = make({
    messageId: { in: 'none' },
    body: { submit: n('Put'), around: [n('Package'), n('content', '')], before: '<kind>{operation} {vin}</kind>' },
  })
  const start = `<soap:Body><p:Put xmlns:p="urn:n"><kind>submit ${testFacts.vin}</kind><p:Package xmlns:p="urn:n"><content>`
  const end = '</content></p:Package></p:Put></soap:Body></soap:Envelope>'
  t.ok(xml.endsWith(`${start}${document.bytes.toString()}${end}`))
  t.notMatch(xml, /soap:Header/, 'no header without blocks')
})

test('a document may stand there as base64 or as text', async (t) => {
  const { xml, document } = make({ document: 'base64' })
  t.ok(xml.includes(`>${document.bytes.toString('base64')}<`))
  const text = make({ document: 'text' })
  t.match(text.xml, /&lt;InitialVehicleInformation xmlns=&quot;/)
  t.match(text.xml, /é&amp;amp;/, 'what is escaped in the document is escaped once more')
})

test('a header template is filled and escaped', async (t) => {
  const header = '<x:H xmlns:x="urn:x" soap:mustUnderstand="1">{messageId} {reference} {action} {endpoint} {vin}</x:H>'
  const { xml, document } = make({ header, soapAction: { submit: 'urn:do&go' } })
  t.ok(
    xml.includes(
      `>m&lt;1&gt; ${document.iviReferenceId} urn:do&amp;go https://nap.example/ivi?a=1&amp;b=2 ${testFacts.vin}</x:H>`,
    ),
  )
  for (const bad of ['<x:H/>', '<H>', 'a</H><H>', '{password}', '<?pi x?>', '<soap:Body/>', '<!DOCTYPE x>', ''])
    t.notOk(euSoapConfig.safeParse({ endpoint, header: bad }).success, bad)
})

test('addresses follow WS-Addressing', async (t) => {
  const { xml } = make({ addressing: { to: 'urn:nap', mustUnderstand: true }, soapVersion: '1.2' })
  t.match(xml, /<wsa:To [^>]*soap:mustUnderstand="1">urn:nap<\/wsa:To><wsa:Action [^>]*>[^<]*SubmitIvi<\/wsa:Action>/)
  t.match(
    xml,
    /<wsa:MessageID [^>]*>urn:uuid:m&lt;1&gt;<\/wsa:MessageID><wsa:ReplyTo [^>]*><wsa:Address>[^<]*anonymous</,
  )
  t.match(make({ addressing: {} }).xml, />https:\/\/nap.example\/ivi\?a=1&amp;b=2<\/wsa:To>/)
})

test('what is not offered, or cannot be asked yet, is not sent', async (t) => {
  const context = { signal: new AbortController().signal, tls: undefined, files: testFiles }
  const ask = (more: Record<string, unknown>) =>
    eusoap.query!(euSoapConfig.parse({ endpoint, ...more }), 'r' as never, 'm' as never, context)
  await t.rejects(ask({ offers: { query: false } }), { dispatched: false, message: /cannot be asked/ })
  await t.rejects(ask({ queryBy: 'theirReference' }), { dispatched: false, message: /its own reference/ })
  const none = euSoapConfig.parse({ endpoint, offers: { retrieve: false } })
  t.equal(await eusoap.retrieve!(none, 'V', 'm' as never, context), undefined)
})

test('a retrieved document is unpacked as it was packed', async (t) => {
  const answer = (inner: string, status = 200) => ({
    status,
    contentType: 'text/xml',
    bytes: Buffer.from(`<s:Envelope xmlns:s="urn:s"><s:Body><d xmlns="urn:n">${inner}</d></s:Body></s:Envelope>`),
  })
  const take = (document: string, inner: string, status = 200) =>
    retrievedDocument(
      euSoapConfig.parse({ endpoint, document, body: { document: n('d') } }),
      answer(inner, status),
    )?.toString()
  t.equal(take('base64', ' YWJj\n ZA== '), 'abcd')
  t.equal(take('text', '&lt;a/&gt;'), '<a/>')
  t.equal(take('inline', '<a xmlns="" b = "1"/>'), '<a xmlns="" b = "1"/>')
  for (const inner of ['', ' ', 'no base64!', '<x/>']) t.equal(take('base64', inner), undefined, inner)
  t.equal(take('base64', 'YWJj', 500), undefined, 'not under an error status')
  t.equal(take('base64', 'YWJj</d><d xmlns="urn:n">YWJj'), undefined, 'two are none')
})
