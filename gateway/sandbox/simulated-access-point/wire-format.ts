/** The simulated access point's own words on the wire. The defaults of the SOAP connector's profile fit them. */
export const wireNamespace = 'urn:ecoc-gateway:simulated-access-point:1'

export const soapNamespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const
export type SoapVersion = keyof typeof soapNamespaces

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Text for element content and attributes; what XML 1.0 cannot carry becomes a question mark. */
export const escapeXml = (text: string): string =>
  text
    // Exactly the characters XML 1.0 forbids.
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '?',
    )
    .replace(/[&<>"\r]/g, (c) => escapes[c] ?? c)
