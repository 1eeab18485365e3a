import { changed, pki, resigned, signed } from '../helpers.ts'
import { anySigner, ca, certificateFile, certify, seal, signedAs, signedBy, text } from './attack.ts'
import type { Attack } from './attack.ts'

const base64Of = (pem: Buffer): string => pem.toString().replace(/-----[^-]+-----|\s/g, '')
const plain = changed(/<ds:Reference Type=.*?<\/ds:Reference>/s, '', changed(/<ds:Object>.*<\/ds:Object>/s, ''))
const first = /<ds:X509Certificate>[^<]+/
const top = (): Buffer[] => [certificateFile('top')]
/** A document signed under the root `top`; `name` is the signer, then its issuers. */
const under = async (...chain: string[]): Promise<Buffer> => {
  const [name = ''] = chain
  const { key } = await certify(name, seal)
  return signedBy(anySigner(key, ...chain.map(certificateFile)))
}
const startTop = (): Promise<unknown> => certify('top', ca)

/** Keys and certificates of others, of nobody, or for something else. */
export const attacks: readonly Attack[] = [
  {
    how: "somebody else's certificate in place of the signer's",
    code: 'SIG-141',
    make: () => changed(first, `<ds:X509Certificate>${base64Of(pki.read('chassis-signer.crt'))}`),
  },
  {
    how: "signed with the attacker's key, carrying the victim's certificate",
    code: 'SIG-132',
    xmlsec: 'refuses',
    make: () => signedAs('other-signer', 'signer.chain.pem'),
  },
  {
    how: "the attacker's bare key beside the victim's certificate: verifiers that prefer KeyValue take it",
    code: 'SIG-132',
    make: async () => {
      const { publicKey } = await import('node:crypto').then(({ createPublicKey }) => ({
        publicKey: createPublicKey(pki.read('other-signer.key')),
      }))
      const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
      const base64 = (url: string): string => Buffer.from(url, 'base64url').toString('base64')
      const value = `<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`
      return resigned(changed('<ds:KeyInfo>', value, plain), 'other-signer')
    },
  },
  {
    how: 'no certificate at all',
    code: 'SIG-140',
    make: () => changed(/<ds:X509Data>.*<\/ds:X509Data>/s, '<ds:KeyName>seal</ds:KeyName>'),
  },
  {
    how: 'the certificate lies elsewhere, to be fetched',
    code: 'SIG-140',
    make: () =>
      changed(
        /<ds:X509Data>.*<\/ds:X509Data>/s,
        '<ds:RetrievalMethod URI="http://127.0.0.1:1/c"></ds:RetrievalMethod>',
      ),
  },
  {
    how: 'a certificate that cannot be read',
    code: 'SIG-142',
    make: () => changed(/<ds:X509Certificate>..../, '<ds:X509Certificate>AAAA'),
  },
  {
    how: 'a hundred certificates, to make the search for a path slow',
    code: 'SIG-142',
    make: () =>
      changed(
        '</ds:X509Data>',
        `${(/<ds:X509Certificate>[^<]+<\/ds:X509Certificate>/.exec(text)?.[0] ?? '').repeat(100)}</ds:X509Data>`,
      ),
  },
  {
    how: 'an RSA key of 1024 bits',
    code: 'SIG-143',
    roots: top,
    make: async () => {
      await startTop()
      await certify('short', seal, 'top', 'rsa:1024')
      return under('short')
    },
  },
  {
    how: 'an expired seal',
    code: 'TRU-101',
    xmlsec: 'refuses',
    make: () => signedAs('expired', 'expired.chain.pem'),
  },
  {
    how: 'a seal that is not valid yet',
    code: 'TRU-102',
    at: new Date('2020-01-01'),
    make: () => signed.bytes,
  },
  {
    how: 'a certificate for encryption, such as a web server has',
    code: 'TRU-103',
    xmlsec: 'accepts',
    make: () => signedAs('wrong-usage', 'wrong-usage.chain.pem'),
  },
  {
    how: "a TLS client's certificate: digitalSignature, but not for documents",
    code: 'TRU-103',
    xmlsec: 'accepts',
    make: () => signedAs('client', 'client.chain.pem'),
  },
  {
    how: 'a seal of an authority that nobody knows',
    code: 'TRU-104',
    xmlsec: 'refuses',
    make: () => signedAs('other-signer', 'other-signer.crt'),
  },
  {
    how: 'a seal that brings its own root along',
    code: 'TRU-105',
    xmlsec: 'refuses',
    make: () => signedAs('other-signer', 'other-signer.crt', 'other-root.crt'),
  },
  {
    how: 'a self-signed certificate under the name of the victim',
    code: 'TRU-105',
    xmlsec: 'refuses',
    make: async () => {
      const { key, crt } = await certify('Example Bodies eCoC Seal', seal)
      return signedBy(anySigner(key, crt))
    },
  },
  {
    how: 'a certificate issued by an ordinary signer, who is no authority',
    code: 'TRU-106',
    roots: top,
    make: async () => {
      await startTop()
      await certify('person', 'basicConstraints=critical,CA:FALSE', 'top')
      await certify('by-person', seal, 'person')
      return under('by-person', 'person')
    },
  },
  {
    how: 'a certificate signed with SHA-1, for which collisions can be made',
    code: 'TRU-107',
    roots: top,
    make: async () => {
      await startTop()
      await certify('by-sha1', seal, 'top', '-sha1')
      return under('by-sha1')
    },
  },
  {
    how: 'a critical restriction that the verifier does not know',
    code: 'TRU-108',
    roots: top,
    make: async () => {
      await startTop()
      await certify('restricted', `${seal}\n1.2.3.4=critical,DER:0500`, 'top')
      return under('restricted')
    },
  },
  {
    how: 'an authority below one that may have none below it',
    code: 'TRU-109',
    roots: top,
    make: async () => {
      await startTop()
      await certify('narrow', ca.replace('CA:TRUE', 'CA:TRUE,pathlen:0'), 'top')
      await certify('below', ca, 'narrow')
      await certify('too-deep', seal, 'below')
      return under('too-deep', 'below', 'narrow')
    },
  },
]
