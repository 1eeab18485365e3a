import { test } from 'tap'
import { testFacts } from '../../support/submission-facts.ts'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'

const base = { endpoint: 'https://nap.example/ivi' }
const config = euSoapConfig.parse(base)
const ns = 'urn:ecoc-gateway:simulated-access-point:1'
const soap = (body: string, version = 'http://schemas.xmlsoap.org/soap/envelope/') =>
  `<s:Envelope xmlns:s="${version}"><s:Body>${body}</s:Body></s:Envelope>`
const says = (inner: string) => soap(`<a:SubmitIviResponse xmlns:a="${ns}">${inner}</a:SubmitIviResponse>`)
const parse = (xml: string | Buffer, status = 200, c = config) =>
  eusoap.parse(c, { status, contentType: 'text/xml', bytes: Buffer.from(xml) })
const accepted = '<a:Outcome>ACCEPTED</a:Outcome>'

test('reads the outcome, the references and the messages', async (t) => {
  const xml = says(
    `<a:Outcome>REJECTED</a:Outcome><a:Reference> R-1 </a:Reference><a:IviReferenceId>ABC</a:IviReferenceId><a:Sha256>AB</a:Sha256>` +
      `<a:Messages><a:Message code="C1" severity="WARNING" path="/A/B[2]">one &amp; two</a:Message><a:Message>bare</a:Message></a:Messages>`,
  )
  t.same(parse(xml), {
    outcome: 'rejected',
    reference: 'R-1',
    iviReferenceId: 'abc',
    sha256: 'ab',
    messages: [
      { code: 'C1', text: 'one & two', severity: 'warning', path: '/A/B[2]' },
      { code: '', text: 'bare', severity: 'error' },
    ],
  })
})

test('what is not strictly readable is unreadable, never an exception and never a yes', async (t) => {
  const doctype = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${says(accepted.replace('ACCEPTED', '&e;'))}`
  for (const [why, xml] of [
    ['a DTD', doctype],
    ['a DTD without use', `<!DOCTYPE x>${says(accepted)}`],
    ['a processing instruction', says(`<?x y?>${accepted}`)],
    ['two outcomes', says(`${accepted}<a:Outcome>REJECTED</a:Outcome>`)],
    ['an unknown outcome', says('<a:Outcome>MAYBE</a:Outcome>')],
    ['no outcome', says('')],
    ['another namespace', says(accepted).replaceAll(ns, 'urn:other')],
    ['no envelope', `<a:Outcome xmlns:a="${ns}">ACCEPTED</a:Outcome>`],
    ['an envelope of nobody', says(accepted).replace('schemas.xmlsoap.org', 'example.org')],
    ['a second root', `${says(accepted)}<x/>`],
    ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>${says(accepted)}`],
    ['UTF-16', Buffer.from(says(accepted), 'utf16le')],
    ['more than 1 MB', says(accepted + ' '.repeat(1_100_000))],
    ['too deep', says(accepted + '<x>'.repeat(100) + '</x>'.repeat(100))],
    ['nothing', ''],
  ] as const) {
    t.match(parse(xml), { outcome: 'unreadable', messages: [{ code: /^EUS-1/ }] }, why)
  }
  t.match(parse(says(accepted)), { outcome: 'accepted' }, 'the same without the fault is a yes')
})

test('a yes under an error status contradicts itself', async (t) => {
  t.match(parse(says(accepted), 500), { outcome: 'unreadable' })
  t.match(parse(says('<a:Outcome>REJECTED</a:Outcome>'), 400), { outcome: 'rejected' })
})

test('a server that fails without SOAP is a technical failure, a client error is not', async (t) => {
  for (const status of [500, 502, 503, 504, 429, 408])
    t.match(parse('<html>busy</html>', status), { outcome: 'technical' })
  for (const status of [200, 301, 401, 403, 404])
    t.match(parse('<html>login</html>', status), { outcome: 'unreadable' })
})

test('faults of SOAP 1.1 and 1.2', async (t) => {
  const fault11 = (code: string) =>
    soap(`<s:Fault><faultcode>s:${code}</faultcode><faultstring>why</faultstring></s:Fault>`)
  const v12 = 'http://www.w3.org/2003/05/soap-envelope'
  const fault12 = (code: string) =>
    soap(
      `<s:Fault><s:Code><s:Value>s:${code}</s:Value></s:Code><s:Reason><s:Text>why</s:Text></s:Reason></s:Fault>`,
      v12,
    )
  for (const xml of [fault11('Server'), fault11('Server.Busy'), fault12('Receiver')]) {
    t.match(parse(xml, 500), { outcome: 'technical', messages: [{ text: 'why' }] })
  }
  for (const xml of [fault11('Client'), fault12('Sender')]) {
    t.match(parse(xml, 500), { outcome: 'rejected', messages: [{ text: 'why', code: /^s:/ }] })
  }
  t.match(parse(fault11('MustUnderstand'), 500), { outcome: 'unreadable' })
})

test('another access point is a matter of its profile', async (t) => {
  const theirs = euSoapConfig.parse({
    ...base,
    soapVersion: '1.2',
    classifiers: {
      namespaces: { n: 'urn:nap' },
      outcomes: [{ outcome: 'accepted', when: "//n:status = 'OK'" }],
      reference: 'string(//n:ticket/@id)',
      messages: '//n:info',
      message: { code: '@nr', text: '.', severity: "'info'", path: "''" },
    },
  })
  const xml = soap(
    '<status xmlns="urn:nap">OK</status><ticket xmlns="urn:nap" id="7"/><info xmlns="urn:nap" nr="1">hi</info>',
  )
  t.match(parse(xml, 200, theirs), {
    outcome: 'accepted',
    reference: '7',
    messages: [{ code: '1', text: 'hi', severity: 'info' }],
  })
})

test('a profile that cannot work is refused', async (t) => {
  for (const bad of [
    { endpoint: 'http://nap.example/ivi' },
    { endpoint: 'https://user:secret@nap.example/ivi' },
    { ...base, timeout: '5 minutes' },
    { ...base, timeout: '1h' },
    { ...base, classifiers: { outcomes: [{ outcome: 'accepted', when: '///' }] } },
    { ...base, classifiers: { reference: '//undeclared:x' } },
    { ...base, classifiers: { outcomes: [{ outcome: 'unreadable', when: '//x' }] } },
  ]) {
    t.notOk(euSoapConfig.safeParse(bad).success, JSON.stringify(bad))
  }
  t.match(euSoapConfig.parse({ ...base, timeout: '2min', maxProcessing: '1h' }), {
    timeout: 120_000,
    maxProcessing: 3_600_000,
  })
})

test('a document with a declaration cannot stand in a body and is refused', async (t) => {
  const document = { bytes: Buffer.from('<?xml version="1.0"?><a/>') } as never
  t.throws(() => eusoap.envelope(config, document, 'm' as never, testFacts), { code: 'EUS-001' })
})

test('the message id may stand in the body, and is escaped', async (t) => {
  const inBody = euSoapConfig.parse({
    ...base,
    messageId: { in: 'body', element: { namespace: 'urn:"x"', name: 'Id' } },
  })
  const { bytes } = eusoap.envelope(inBody, { bytes: Buffer.from('<a/>') } as never, 'a<b' as never, testFacts)
  t.match(bytes.toString(), /<soap:Body><p:SubmitIvi [^>]*><p:Id xmlns:p="urn:&quot;x&quot;">a&lt;b<\/p:Id><a\/></)
})

test('a refused security header is no verdict on the document', async (t) => {
  const fault11 = (code: string) =>
    soap(`<s:Fault><faultcode xmlns:w="urn:w">w:${code}</faultcode><faultstring>no</faultstring></s:Fault>`)
  const v12 = 'http://www.w3.org/2003/05/soap-envelope'
  const fault12 = (code: string) =>
    soap(
      `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:${code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>`,
      v12,
    )
  for (const code of ['FailedAuthentication', 'MessageExpired', 'InvalidSecurity'])
    for (const xml of [fault11(code), fault12(code)]) t.match(parse(xml, 500), { outcome: 'technical' }, code)
  t.match(parse(fault12('SchemaViolation'), 500), { outcome: 'rejected' })
  t.match(parse(fault11('SchemaViolation'), 500), { outcome: 'unreadable' })
})

test('a status may speak where there is no SOAP, but never says yes', async (t) => {
  const statuses = [
    { status: 202, outcome: 'pending' },
    { status: 404, outcome: 'not_found' },
  ]
  const theirs = euSoapConfig.parse({ ...base, classifiers: { statuses } })
  t.match(parse('', 202, theirs), { outcome: 'pending', messages: [{ text: 'HTTP 202', severity: 'info' }] })
  t.match(parse('<html/>', 404, theirs), { outcome: 'not_found' })
  t.match(parse('', 200, theirs), { outcome: 'unreadable' })
  t.match(parse(says(accepted), 202, theirs), { outcome: 'accepted' }, 'words count more')
  const yes = [{ status: 200, outcome: 'accepted' }]
  t.notOk(euSoapConfig.safeParse({ ...base, classifiers: { statuses: yes } }).success)
})
