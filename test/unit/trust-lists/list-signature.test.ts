import { test } from 'tap'
import { checkListSignature } from '../../../gateway/trust/lists/list-signature.ts'
import { listXml, makeListPki, signList } from '../../support/list-pki.ts'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'

test('the signature of a list', async (t) => {
  const make = makeListPki(t)
  const [signer, other] = [await make('lister-1', 'lister'), await make('lister-2', 'lister')]
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${listXml({ territory: 'NL', sequence: 7 }).replace('xmlns=', 'xmlns:unused="urn:unused" xmlns=')}`
  const good = signList(xml, signer).toString()
  const check = (text: string) => checkListSignature(Buffer.from(text))

  await t.test('made by another library holds, in both canonical forms', async (t) => {
    for (const c14n of [exclusive, inclusive])
      t.match(checkListSignature(signList(xml, signer, { c14n })), {
        state: 'holds',
        signer: { sha256: signer.sha256 },
      })
    t.equal(checkListSignature(signList(xml, signer, { algorithm: `${more}rsa-sha512` })).state, 'holds')
  })

  await t.test('that is not there is absent', async (t) => {
    t.same(check(xml), { state: 'absent' })
  })

  await t.test('comments change nothing, since they are not signed', async (t) => {
    t.equal(check(good.replace('Example Operator', 'Example <!-- c -->Operator')).state, 'holds')
  })

  const signature = /<ds:Signature [^]*<\/ds:Signature>/.exec(good)![0]
  const unsigned = good.replace(signature, '')
  const attacks: Record<string, [text: string, why: RegExp]> = {
    'changed text': [good.replace('Example Operator', 'Another Operator'), /list was changed/],
    'added instruction': [good.replace('<SchemeInformation>', '<SchemeInformation><?x y?>'), /list was changed/],
    'changed white space': [good.replace('</SchemeInformation>', ' </SchemeInformation>'), /list was changed/],
    'changed time of signing': [good.replace('2026-01-01T00', '2026-01-02T00'), /time or certificate/],
    'changed digest': [good.replace(/DigestValue>./, 'DigestValue>/'), /not made with|base64/],
    'two signatures': [good.replace(signature, signature + signature), /2 signatures/],
    'signature deeper inside': [good.replace(signature, `<x>${signature}</x>`), /absent/],
    'wrapped: the signed list inside another': [
      `<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><o>${unsigned.replace(/^<\?.*\?>\s*/, '')}</o>${signature}</TrustServiceStatusList>`,
      /list was changed/,
    ],
    'reference to a part': [good.replace('URI=""', 'URI="#l"'), /whole list/],
    'no enveloped transform': [
      good.replace('<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>', ''),
      /whole list/,
    ],
    'a transform that picks': [
      good.replace(exclusive, 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
      /canonicalisation is not accepted|not made with/,
    ],
    'a name that every object has': [
      good.replaceAll('http://www.w3.org/2001/04/xmlenc#sha256', 'toString'),
      /digest is not accepted/,
    ],
    'SHA-1': [
      good.replaceAll('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1'),
      /digest is not accepted/,
    ],
    'a hash as key (HMAC)': [
      good.replace(`${more}rsa-sha256`, `${more}hmac-sha256`),
      /algorithm is not accepted|not made with/,
    ],
    'EC named for an RSA key': [good.replace(`${more}rsa-sha256`, `${more}ecdsa-sha256`), /not for its key/],
    'another certificate carried': [
      good.replace(signer.der.toString('base64'), other.der.toString('base64')),
      /does not carry/,
    ],
    'a value that is no base64': [good.replace('<ds:SignatureValue>', '<ds:SignatureValue>*'), /base64/],
  }
  for (const [name, [text, why]] of Object.entries(attacks))
    await t.test(`${name} is refused`, async (t) => {
      t.not(text, good, 'the attack changes something')
      const found = check(text)
      if (why.source === 'absent') t.same(found, { state: 'absent' })
      else t.match(found, { state: 'broken', why })
    })

  await t.test('its own properties must be signed, and name the certificate it was made with', async (t) => {
    t.match(checkListSignature(signList(xml, signer, { properties: false })), { state: 'broken', why: /own XAdES/ })
    t.match(checkListSignature(signList(xml, signer, { names: other })), { state: 'broken', why: /does not carry/ })
  })
})
