import { join } from 'node:path'
import { test } from 'tap'
import { stringify } from 'yaml'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { clientTls, makeClient, makeDocument, pkiDir, vin } from '../simulated-access-point/harness.ts'
import { sender, startStockAccessPoint, stockSettings, stockWsdl } from '../../fakes/stock-access-point.ts'

for (const version of ['1.1', '1.2'] as const) {
  test(`a stock SOAP ${version} server is served from its WSDL`, async (t) => {
    const point = await startStockAccessPoint(version)
    t.teardown(() => point.close())
    const { config, notes } = eusoap.propose!(Buffer.from(await stockWsdl(version)), {})
    t.ok(
      notes.some((n) => n.includes('Sender')),
      'the description says what else it needs',
    )
    const body = { ...(config['body'] as object), before: sender }
    const tls = await clientTls(await pkiDir())
    const site = { ...config, ...stockSettings, body, addressing: {} }
    const client = makeClient(point.endpoint, tls, { ...site, endpoint: point.endpoint })

    const document = makeDocument('für "base64"')
    t.match(await client.submit(document), {
      next: 'accepted',
      reply: {
        outcome: 'accepted',
        reference: 'T-1',
        iviReferenceId: document.iviReferenceId,
        sha256: document.sha256,
      },
    })
    t.match(point.taken(), [{ count: 1, reference: document.iviReferenceId }])
    t.ok(point.taken()[0]?.bytes.equals(document.bytes), 'the signed bytes arrived as they were signed')
    const action = 'urn:example:access-point/submit'
    const [request] = point.requests
    if (version === '1.1') t.equal(request?.action, `"${action}"`)
    else t.match(request?.contentType, `application/soap+xml; charset=utf-8; action="${action}"`)
    t.match(request?.headers, { Action: action, To: point.endpoint, MessageID: /^urn:uuid:/ }, 'addressing is read')

    t.match(await client.query(document), { reply: { outcome: 'accepted' } })
    t.match(await client.query(makeDocument()), { reply: { outcome: 'not_found' } })
    t.ok((await client.retrieve(vin))?.equals(document.bytes), 'a base eCoC comes back as it was signed')
    t.equal(await client.retrieve('XNOBODY0000000001'), undefined)
    t.same(
      (await client.test()).filter((step) => !step.ok),
      [],
    )
    const passwordFile = join(t.testdir({ password: 'secret' }), 'password')
    const security = { timestamp: {}, usernameToken: { username: 'maker', passwordFile, type: 'text' }, signature: {} }
    const secured = makeClient(point.endpoint, tls, { ...site, endpoint: point.endpoint, security })
    t.match(await secured.submit(makeDocument()), { next: 'accepted' }, 'with WS-Security')
    t.match(point.requests.at(-1)?.headers, {
      Security: {
        Timestamp: { Created: /^20/ },
        UsernameToken: { Username: 'maker', Password: { $value: 'secret' } },
      },
    })
    const nobody = makeClient(point.endpoint, tls, { ...site, endpoint: point.endpoint, body: config['body'] })
    t.match(await nobody.submit(makeDocument()), { next: 'rejected', reply: { messages: [{ text: /no sender/ }] } })
    const stranger = { ...(await clientTls(await pkiDir(), 'other-signer')), trustAnchors: tls.trustAnchors }
    const refused = makeClient(point.endpoint, stranger, { ...site, endpoint: point.endpoint })
    t.not((await refused.submit(makeDocument())).kind, 'answered', 'a certificate of another PKI does not get in')
    t.equal(point.taken().length, 2)
    t.ok(stringify(config).includes('SubmitCertificate'), 'a proposal can be written down')
  })
}
