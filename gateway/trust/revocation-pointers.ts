import type { Certificate } from './certificate.ts'
import { derChildren, derOid, derTag, readDer } from './der.ts'
import type { DerElement } from './der.ts'

const authorityInfoAccess = '1.3.6.1.5.5.7.1.1'
const crlDistributionPoints = '2.5.29.31'
const ocsp = '1.3.6.1.5.5.7.48.1'
/** uniformResourceIdentifier of GeneralName, `[6] IMPLICIT`. */
const uriTag = 0x86
/** What any CA needs; a certificate that names more is not worth the requests. */
const maxUrls = 4

const isHttp = (url: string): boolean => /^https?:\/\//i.test(url)
const children = (element: DerElement | undefined, tag?: number): DerElement[] =>
  element && (tag === undefined || element.tag === tag) ? derChildren(element) : []

/** http and https addresses among the names of a DistributionPointName (`[0]` fullName). */
export const fullNameUrls = (name: DerElement | undefined): string[] =>
  children(children(name, derTag.context(0))[0], derTag.context(0))
    .filter((general) => general.tag === uriTag)
    .map((general) => general.content.toString('latin1'))
    .filter(isHttp)

/** Where to ask about this certificate by OCSP (RFC 5280, 4.2.2.1). Throws `TRU-001`. */
export const ocspUrls = (certificate: Certificate): string[] => {
  const extension = certificate.extensions.get(authorityInfoAccess)
  if (!extension) return []
  return derChildren(readDer(extension.value))
    .map((description) => derChildren(description))
    .filter(([method, location]) => derOid(method) === ocsp && location?.tag === uriTag)
    .map(([, location]) => location?.content.toString('latin1') ?? '')
    .filter(isHttp)
    .slice(0, maxUrls)
}

/** Where the revocation list for this certificate lies (RFC 5280, 4.2.1.13); lists by LDAP are left out. Throws `TRU-001`. */
export const crlUrls = (certificate: Certificate): string[] => {
  const extension = certificate.extensions.get(crlDistributionPoints)
  if (!extension) return []
  return derChildren(readDer(extension.value))
    .flatMap((point) => fullNameUrls(derChildren(point)[0]))
    .slice(0, maxUrls)
}

/** Whether the certificate says where its revocation can be found out. */
export const namesSource = (certificate: Certificate): boolean => {
  try {
    return ocspUrls(certificate).length + crlUrls(certificate).length > 0
  } catch {
    return true // it names something that cannot be read
  }
}
