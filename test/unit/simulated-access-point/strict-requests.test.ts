import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { test } from 'tap'
import { testFacts } from '../../support/submission-facts.ts'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { readSoapRequest } from '../../../gateway/sandbox/simulated-access-point/read-soap-request.ts'
import { makeClient, makeDocument, openSimulator } from './harness.ts'

const { config } = makeClient('https://127.0.0.1:1/ivi', undefined)
const document = makeDocument()
const envelope = (xml = document.bytes.toString()): string =>
  eusoap.envelope(config, { ...document, bytes: Buffer.from(xml) }, 'message-1' as never, testFacts).bytes.toString()

test('the signed bytes are cut out of the envelope exactly', async (t) => {
  t.match(readSoapRequest(Buffer.from(envelope())), {
    operation: 'submit',
    messageId: 'message-1',
    payload: document.bytes,
  })
  const odd =
    '<InitialVehicleInformation  a="&gt;"\r\n ><b>😀 &#13;</b><c/><!-- > --><![CDATA[</x>]]></InitialVehicleInformation >'
  t.match(readSoapRequest(Buffer.from(envelope(odd))), { payload: Buffer.from(odd) })
  t.match(readSoapRequest(Buffer.from(envelope('<empty/>'))), { payload: Buffer.from('<empty/>') })
})

test('what is not strict SOAP is refused with a reason', async (t) => {
  const doctype = envelope().replace('?>', '?><!DOCTYPE x [<!ENTITY e "x">]>')
  for (const [xml, problem] of [
    [doctype, /document type/],
    [envelope().replace('<soap:Body>', '<soap:Body><?run this?>'), /processing instruction/],
    [envelope().replace('<Header>', '<Header>&e;'), /entity/],
    [envelope('<a/><b/>'), /more than one document/],
    [envelope('<a/>text'), /text beside/],
    [envelope('<a/><!-- x -->'), /comment beside/],
    [envelope().replace('SubmitIvi ', 'DeleteIvi ').replace('SubmitIvi>', 'DeleteIvi>'), /unknown operation/],
    [envelope().replace('schemas.xmlsoap.org', 'example.org'), /no SOAP 1.1 or 1.2/],
    [envelope('<a>'.repeat(100) + '</a>'.repeat(100)), /nested too deeply/],
    ['<soap:Envelope', /./],
    ['', /./],
    ['\u0000', /./],
  ] as const) {
    t.match(readSoapRequest(Buffer.from(xml)), { problem }, xml.slice(0, 60))
  }
  t.match(readSoapRequest(Buffer.concat([Buffer.from(envelope()), Buffer.from([0xff])])), { problem: /UTF-8/ })
})

test('over the wire', async (t) => {
  const simulator = await openSimulator()
  t.teardown(() => simulator.close())
  const [cert, key] = [simulator.tls.certificate, simulator.tls.key]
  const ca = await readFile(join(simulator.pki, 'root.crt'))
  const call = (method: string, path: string, body: string, headers: Record<string, string> = { soapaction: '""' }) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const url = new URL(path, simulator.endpoint)
      const outgoing = request(url, { method, cert, key, ca, headers, agent: false }, (response) => {
        let text = ''
        response.on('data', (d) => (text += String(d))).on('end', () => resolve({ status: response.statusCode, text }))
      })
      outgoing.on('error', reject).end(body)
    })
  t.match(await call('POST', '/ivi', envelope()), { status: 200, text: /ACCEPTED/ })
  t.match(await call('POST', '/ivi', envelope(), {}), { status: 500, text: /SOAPAction/ })
  t.match(await call('POST', '/ivi', '<x/>'), { status: 500, text: /soap:Client/ })
  t.match(await call('GET', '/ivi', ''), { status: 405 })
  t.match(await call('POST', '/other', envelope()), { status: 404 })
  t.match(await call('POST', '/ivi', 'x', { 'content-length': '6000000' }).catch(() => ({ status: 413 })), {
    status: 413,
  })
  const nameless = document.bytes.toString().replace(/<IviReferenceId>.*<\/IviReferenceId>/, '')
  t.match(await call('POST', '/ivi', envelope(nameless)), { text: /SIM-INPUT-001/ })
})
