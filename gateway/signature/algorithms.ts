/** Namespaces and algorithm identifiers of the signature profile that the gateway makes and accepts. */
export const namespace = {
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
  xades141: 'http://uri.etsi.org/01903/v1.4.1#',
  dsig11: 'http://www.w3.org/2009/xmldsig11#',
} as const

export const algorithm = {
  exclusiveC14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  inclusiveC14n: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
} as const

/** Type of the reference to SignedProperties (EN 319 132-1, 4.3.4; without the version number on purpose). */
export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties'

/** RSA keys below this length are refused for signing and in verification. */
export const minimumRsaBits = 2048
