import { createHmac } from 'node:crypto'
import { changed, pki, resigned, signed } from '../helpers.ts'
import type { Attack } from './attack.ts'
import { text } from './attack.ts'

const exclusive = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
const c14n = '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'
const rsa = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const plain = changed(/<ds:Reference Type=.*?<\/ds:Reference>/s, '', changed(/<ds:Object>.*<\/ds:Object>/s, ''))
const xpath = `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::*[local-name()="Value0"])</ds:XPath></ds:Transform>`
const xslt = `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/">x</xsl:template></xsl:stylesheet></ds:Transform>`
/** xmlsec1 makes digests and value anew, so that nothing else can be the reason; what it refuses to sign stays as it is. */
const anew = (source: Buffer): Promise<Buffer> => resigned(source).catch(() => source)
const foreign = (uri: string): string =>
  `<ds:Reference URI="${uri}"><ds:DigestMethod Algorithm="${sha256}"></ds:DigestMethod><ds:DigestValue>${Buffer.alloc(32).toString('base64')}</ds:DigestValue></ds:Reference></ds:SignedInfo>`

/** Weaker algorithms, transforms that take away what is signed, references to something else. */
export const attacks: readonly Attack[] = [
  {
    how: 'the public key as a secret: HMAC instead of RSA, which anybody can compute',
    code: 'SIG-122',
    make: () => {
      const hmac = changed(rsa, 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256')
      const info = /<ds:SignedInfo.*<\/ds:SignedInfo>/s.exec(hmac.toString())?.[0] ?? ''
      const value = createHmac('sha256', pki.read('signer.crt')).update(info).digest('base64')
      return changed(/(<ds:SignatureValue>)[^<]+/, `<ds:SignatureValue>${value}`, hmac)
    },
  },
  { how: 'RSA with SHA-1', code: 'SIG-121', xmlsec: 'accepts', make: () => anew(changed(rsa, `${dsig}rsa-sha1`)) },
  {
    how: 'the digest of the document by SHA-1',
    code: 'SIG-121',
    xmlsec: 'accepts',
    make: () => anew(changed(sha256, `${dsig}sha1`, plain)),
  },
  {
    how: 'the digest of the document by MD5',
    code: 'SIG-122',
    make: () => anew(changed(sha256, 'http://www.w3.org/2001/04/xmldsig-more#md5', plain)),
  },
  {
    how: 'an HMAC cut to one bit',
    code: 'SIG-122',
    make: () =>
      changed(
        /<ds:SignatureMethod [^>]*>/,
        `<ds:SignatureMethod Algorithm="${dsig}hmac-sha1"><ds:HMACOutputLength>1</ds:HMACOutputLength>`,
      ),
  },
  {
    how: 'canonicalisation with comments',
    code: 'SIG-120',
    xmlsec: 'accepts',
    make: () => anew(changed(c14n, c14n.replace('#"', '#WithComments"'))),
  },
  {
    how: 'a list of prefixes changes what the canonical form is',
    code: 'SIG-120',
    xmlsec: 'accepts',
    make: () =>
      anew(
        changed(
          '></ds:CanonicalizationMethod>',
          '><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="ds"/></ds:CanonicalizationMethod>',
        ),
      ),
  },
  {
    how: 'an XPath transform leaves the vehicle out of what is signed',
    code: 'SIG-123',
    xmlsec: 'accepts',
    make: () => anew(changed(exclusive, xpath + exclusive)),
  },
  {
    how: 'an XSLT transform makes anything of the document',
    code: 'SIG-123',
    make: () => anew(changed(exclusive, xslt + exclusive)),
  },
  {
    how: 'a transform decodes base64 first',
    code: 'SIG-123',
    make: () => changed(exclusive, `<ds:Transform Algorithm="${dsig}base64"></ds:Transform>${exclusive}`),
  },
  {
    how: 'a reference makes the verifier fetch an address',
    code: 'SIG-124',
    xmlsec: 'refuses',
    make: () => changed('</ds:SignedInfo>', foreign('http://127.0.0.1:1/x'), plain),
  },
  {
    how: 'a reference reads a file of the verifier',
    code: 'SIG-124',
    xmlsec: 'refuses',
    make: () => changed('</ds:SignedInfo>', foreign('file:///etc/hostname'), plain),
  },
  {
    how: 'an XPointer selects something else than the whole document',
    code: 'SIG-124',
    xmlsec: 'refuses',
    make: () => changed('URI=""', 'URI="#xpointer(id(&apos;x&apos;))"'),
  },
  {
    how: 'only the properties are signed, not the document',
    code: 'SIG-124',
    xmlsec: 'accepts',
    make: () => anew(changed(/<ds:Reference Id=.*?<\/ds:Reference>/s, '')),
  },
  {
    how: 'the reference to the properties is left out',
    code: 'SIG-125',
    xmlsec: 'accepts',
    make: () => anew(changed(/<ds:Reference Type=.*?<\/ds:Reference>/s, '')),
  },
  {
    how: 'the properties are changed after signing: an older time',
    code: 'SIG-131',
    xmlsec: 'refuses',
    make: () => changed('2026-11-22T10:00:00Z', '2020-11-22T10:00:00Z'),
  },
  {
    how: 'a value of the document is changed after signing',
    code: 'SIG-130',
    xmlsec: 'refuses',
    make: () => changed('WEXAMPLE000000001', 'WEXAMPLE000000666'),
  },
  {
    how: 'document and digest are changed, the old signature value stays',
    code: 'SIG-132',
    xmlsec: 'refuses',
    make: async () => {
      const own = /<ds:SignatureValue>[^<]+/.exec(text)?.[0] ?? ''
      return changed(/<ds:SignatureValue>[^<]+/, own, await resigned(changed('E000000001', 'E000000666', signed.bytes)))
    },
  },
]
