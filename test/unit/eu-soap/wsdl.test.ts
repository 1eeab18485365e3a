import fc from 'fast-check'
import { test } from 'tap'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import { stockWsdl } from '../../fakes/stock-access-point.ts'

const propose = (xml: string | Buffer, choice = {}) => eusoap.propose!(Buffer.from(xml), choice)
/** A small description around a schema; `style` and `parts` as RPC or document wants them. */
const wsdl = ({
  schema = '',
  parts = '<w:part name="p" element="t:Send"/>',
  style = 'document',
  more = '',
  name = 'SendIt',
} = {}) =>
  `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:t"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t"><w:types><xs:schema targetNamespace="urn:t">${schema}</xs:schema></w:types>
  <w:message name="In">${parts}</w:message><w:portType name="P"><w:operation name="${name}"><w:input message="t:In"/></w:operation></w:portType>
  <w:binding name="B" type="t:P">${more}<s:binding style="${style}" transport="http://schemas.xmlsoap.org/soap/http"/>
  <w:operation name="${name}"><s:operation soapAction="urn:a"/><w:input><s:body use="literal" namespace="urn:rpc"/></w:input></w:operation></w:binding>
  <w:service name="S"><w:port name="P" binding="t:B"><s:address location="https://nap.example/ws"/></w:port></w:service></w:definitions>`
const send = (inner: string) =>
  `<xs:element name="Send"><xs:complexType><xs:sequence>${inner}</xs:sequence></xs:complexType></xs:element>`

test('how a document stands in its wrapper is read from the schema', async (t) => {
  const cases = [
    ['binary', send('<xs:element name="Data" type="xs:base64Binary"/>'), 'base64', [{ namespace: '', name: 'Data' }]],
    [
      'qualified',
      send('<xs:element name="Data" form="qualified" type="xs:base64Binary"/>'),
      'base64',
      [{ namespace: 'urn:t', name: 'Data' }],
    ],
    [
      'any XML',
      send('<xs:element name="Box"><xs:complexType><xs:sequence><xs:any/></xs:sequence></xs:complexType></xs:element>'),
      'inline',
      [{ namespace: '', name: 'Box' }],
    ],
    ['any XML at once', send('<xs:any processContents="lax"/>'), 'inline', undefined],
    [
      'text',
      send('<xs:element name="Id" type="xs:string"/><xs:element name="IviXml" type="xs:string"/>'),
      'text',
      [{ namespace: '', name: 'IviXml' }],
    ],
    ['another schema', send('<xs:element xmlns:i="urn:ivi" ref="i:InitialVehicleInformation"/>'), 'inline', undefined],
  ] as const
  for (const [why, schema, document, around] of cases) {
    const { config } = propose(wsdl({ schema }))
    t.match(config, { document, endpoint: 'https://nap.example/ws', soapAction: { submit: 'urn:a' } }, why)
    t.strictSame((config['body'] as { around?: unknown }).around, around, why)
    const parsed = euSoapConfig.parse(config)
    t.equal(parsed.offers.query, false, 'what it does not have is not offered')
  }
})

test('RPC style names its wrapper after the operation', async (t) => {
  const { config } = propose(
    wsdl({ style: 'rpc', parts: '<w:part name="doc" type="xs:base64Binary"/><w:part name="id" type="xs:string"/>' }),
  )
  const body = { submit: { namespace: 'urn:rpc', name: 'SendIt' }, around: [{ namespace: '', name: 'doc' }] }
  t.match(config, { body, document: 'base64' })
})

test('what it demands and what it refers to is said, and nothing is fetched', async (t) => {
  const more =
    '<a:UsingAddressing xmlns:a="http://www.w3.org/2006/05/addressing/wsdl"/><x:X509Token xmlns:x="http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702"/>'
  const schema = `<xs:import namespace="urn:o" schemaLocation="http://127.0.0.1:1/o.xsd"/>${send('<xs:any/>')}`
  const { config, notes } = propose(wsdl({ more, schema }))
  t.same(config['addressing'], {})
  t.match(notes.join('\n'), /policy names X509Token/)
  t.match(notes.join('\n'), /not read: http:\/\/127\.0\.0\.1:1\/o\.xsd/)
})

test('an operation can be named, and an unknown name is refused', async (t) => {
  t.match(propose(await stockWsdl('1.2'), { submit: 'QueryStatus' }).config, {
    soapVersion: '1.2',
    body: { submit: { name: 'QueryStatus' } },
  })
  t.throws(() => propose(wsdl(), { submit: 'Nope' }), { code: 'EUS-004', hint: /SendIt/ })
  t.match(propose(wsdl({ name: 'Odd' })).config, { body: { submit: { name: 'Send' } } }, 'the only one is it')
})

test('what is no WSDL 1.1 with SOAP is refused', async (t) => {
  const big = wsdl({ schema: `<!--${' '.repeat(1_100_000)}-->` })
  for (const [why, xml] of [
    ['a DTD', `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>${wsdl()}`],
    ['WSDL 2.0', '<description xmlns="http://www.w3.org/ns/wsdl"/>'],
    ['other XML', '<a/>'],
    ['no binding', '<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/"/>'],
    ['an RPC/encoded message', wsdl().replace('use="literal"', 'use="encoded"')],
    ['more than 1 MB', big],
    ['nothing', ''],
  ] as const)
    t.throws(() => propose(xml), { code: 'EUS-003', kind: 'usage' }, why)
})

test('types that contain themselves end', async (t) => {
  const kids = Array.from({ length: 60 }, (_, i) => `<xs:element name="k${i}" type="t:A"/>`).join('')
  const schema = `<xs:complexType name="A"><xs:sequence>${kids}</xs:sequence></xs:complexType><xs:element name="Send" type="t:A"/>`
  const before = Date.now()
  t.match(propose(wsdl({ schema })).notes.join(), /not to be seen/)
  t.ok(Date.now() - before < 3_000)
})

test('any damage is refused or gives a proposal, never another error', async (t) => {
  const good = Buffer.from(await stockWsdl('1.1'))
  const survives = (bytes: Buffer): boolean => {
    try {
      return typeof propose(bytes).config === 'object'
    } catch (error) {
      return error instanceof GatewayError && error.code === 'EUS-003'
    }
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => survives(Buffer.from(bytes))))
  const hit = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255), cut: fc.nat(40) })
  fc.assert(
    fc.property(fc.array(hit, { minLength: 1, maxLength: 4 }), (hits) => {
      const damaged = Buffer.from(good)
      for (const { at, byte } of hits) damaged[at] = byte
      const [{ at, cut } = { at: 0, cut: 0 }] = hits
      return survives(damaged) && survives(Buffer.concat([good.subarray(0, at), good.subarray(at + cut)]))
    }),
    { numRuns: 150 },
  )
  const words = [...new Set(good.toString().match(/[\w:]+="[^"]*"|<\/?wsdl:\w+|tns:\w+/g))]
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.constantFrom(...words, ''), (from, to) =>
      survives(Buffer.from(good.toString().replace(from, to))),
    ),
    { numRuns: 150 },
  )
  t.pass('held')
})
