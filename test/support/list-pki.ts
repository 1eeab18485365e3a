import { execFile } from 'node:child_process'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SignedXml } from 'xml-crypto'

const run = promisify(execFile)

export interface Pair {
  readonly key: string
  readonly der: Buffer
  readonly pem: string
  readonly sha256: string
}

/** QcStatements of a seal with qualified device, of one without, and of a signature (DER in hexadecimal, EN 319 412-5). */
const compliance = '300806060400 8e460101'.replace(' ', '')
const device = '3008060604008e460104'
const typed = (last: number): string => `3013060604008e4601063009060704008e4601060${last}`
const statements = (...parts: string[]): string => {
  const body = parts.join('')
  return `DER:30${(body.length / 2).toString(16).padStart(2, '0')}${body}`
}

const config = `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = by -subj
[lister]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[plain]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
[seal]
basicConstraints = critical, CA:FALSE
keyUsage = critical, nonRepudiation
certificatePolicies = 1.2.3.4.5
1.3.6.1.5.5.7.1.3 = ${statements(compliance, device, typed(2))}
[seal_soft]
basicConstraints = critical, CA:FALSE
keyUsage = critical, nonRepudiation
certificatePolicies = 1.2.3.4.6
1.3.6.1.5.5.7.1.3 = ${statements(compliance, typed(2))}
[signature]
basicConstraints = critical, CA:FALSE
keyUsage = critical, nonRepudiation
1.3.6.1.5.5.7.1.3 = ${statements(compliance, device, typed(1))}
`

/** Makes certificates with openssl in a folder that goes with the test. */
export const makeListPki = (t: { teardown(fn: () => void): void }) => {
  const dir = mkdtempSync(join(tmpdir(), 'ecoc-list-pki-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(join(dir, 'pki.cnf'), config)
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: dir })
  return async (name: string, extensions: string, issuer?: string): Promise<Pair> => {
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`]
    const by = issuer === undefined ? [] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`]
    await openssl(
      ...['req', '-x509', ...key, '-subj', `/O=Example/CN=${name}`, '-days', '400', '-config', 'pki.cnf'],
      ...['-extensions', extensions, ...by, '-out', `${name}.crt`],
    )
    const pem = readFileSync(join(dir, `${name}.crt`), 'utf8')
    const der = new X509Certificate(pem).raw
    const sha256 = createHash('sha256').update(der).digest('hex')
    return { key: readFileSync(join(dir, `${name}.key`), 'utf8'), der, pem, sha256 }
  }
}

export const uri = {
  svc: 'http://uri.etsi.org/TrstSvc/Svctype/',
  status: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/',
  info: 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/',
  lotl: 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists',
  list: 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric',
}

const identity = (der: Buffer): string =>
  `<DigitalId><X509Certificate>${der.toString('base64')}</X509Certificate></DigitalId>`

export interface PointerInput {
  readonly territory: string
  readonly type?: string
  readonly location?: string
  readonly mimeType?: string
  readonly signers: readonly Pair[]
}

const pointer = ({ territory, type = uri.list, signers, ...more }: PointerInput): string =>
  `<OtherTSLPointer><ServiceDigitalIdentities>${signers.map((s) => `<ServiceDigitalIdentity>${identity(s.der)}</ServiceDigitalIdentity>`).join('')}</ServiceDigitalIdentities><TSLLocation>${more.location ?? `https://lists.example/${territory}.xml`}</TSLLocation><AdditionalInformation><OtherInformation><TSLType>${type}</TSLType></OtherInformation><OtherInformation><SchemeTerritory>${territory}</SchemeTerritory></OtherInformation><OtherInformation><a:MimeType xmlns:a="http://uri.etsi.org/02231/v2/additionaltypes#">${more.mimeType ?? 'application/vnd.etsi.tsl+xml'}</a:MimeType></OtherInformation></AdditionalInformation></OtherTSLPointer>`

export interface PeriodInput {
  readonly type?: string
  readonly status?: string
  readonly since: string
  readonly extensions?: string
}

const period = ({ type = 'CA/QC', status = 'granted', since, extensions = '' }: PeriodInput, der?: Buffer): string =>
  `<ServiceTypeIdentifier>${uri.svc}${type}</ServiceTypeIdentifier><ServiceName><Name xml:lang="en">Example Seal CA</Name></ServiceName><ServiceDigitalIdentity>${der ? identity(der) : ''}</ServiceDigitalIdentity><ServiceStatus>${uri.status}${status}</ServiceStatus><StatusStartingTime>${since}</StatusStartingTime><ServiceInformationExtensions>${extensions}</ServiceInformationExtensions>`

/** A TSPService; the first period is the present one. */
export const serviceXml = (ca: Buffer, [now, ...history]: readonly PeriodInput[]): string =>
  `<TSPService><ServiceInformation>${now ? period(now, ca) : ''}</ServiceInformation><ServiceHistory>${history.map((h) => `<ServiceHistoryInstance>${period(h)}</ServiceHistoryInstance>`).join('')}</ServiceHistory></TSPService>`

export const forUse = (name: string): string =>
  `<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">${uri.info}${name}</URI></AdditionalServiceInformation></Extension>`

/** Qualifiers for certificates that meet the criteria (inner XML of a CriteriaList, prefix `q`). */
export const qualified = (qualifiers: readonly string[], criteria: string, assert = 'all'): string =>
  `<Extension Critical="true"><q:Qualifications xmlns:q="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" xmlns:x="http://uri.etsi.org/01903/v1.3.2#"><q:QualificationElement><q:Qualifiers>${qualifiers.map((name) => `<q:Qualifier uri="${uri.info}${name}"/>`).join('')}</q:Qualifiers><q:CriteriaList assert="${assert}">${criteria}</q:CriteriaList></q:QualificationElement></q:Qualifications></Extension>`
export const policy = (oid: string): string =>
  `<q:PolicySet><q:PolicyIdentifier><x:Identifier Qualifier="OIDAsURN">urn:oid:${oid}</x:Identifier></q:PolicyIdentifier></q:PolicySet>`

export interface ListInput {
  readonly territory: string
  readonly sequence: number
  readonly version?: number
  readonly type?: string
  readonly issued?: string
  readonly nextUpdate?: string | null
  readonly pointers?: readonly PointerInput[]
  readonly services?: readonly string[]
}

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 19) + 'Z'

/** A list without a signature. */
export const listXml = (input: ListInput): string => {
  const { territory, sequence, version = 6, type = uri.list, pointers = [], services = [] } = input
  const next = input.nextUpdate === null ? '' : `<dateTime>${input.nextUpdate ?? day(180)}</dateTime>`
  return `<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" TSLTag="http://uri.etsi.org/19612/TSLTag" Id="l"><SchemeInformation><TSLVersionIdentifier>${version}</TSLVersionIdentifier><TSLSequenceNumber>${sequence}</TSLSequenceNumber><TSLType>${type}</TSLType><SchemeOperatorName><Name xml:lang="xx">Autre</Name><Name xml:lang="en">Example Operator</Name></SchemeOperatorName><SchemeTerritory>${territory}</SchemeTerritory><PointersToOtherTSL>${pointers.map(pointer).join('')}</PointersToOtherTSL><ListIssueDateTime>${input.issued ?? day(0.01)}</ListIssueDateTime><NextUpdate>${next}</NextUpdate></SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">Example Trust</Name></TSPName></TSPInformation><TSPServices>${services.join('')}</TSPServices></TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>`
}

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

export interface SignInput {
  readonly c14n?: string
  readonly algorithm?: string
  /** What stands in SigningCertificate: the certificate's own digest when not given. */
  readonly names?: Pair
  /** Whether the XAdES properties are signed along. */
  readonly properties?: boolean
}

/** Signs a list as its operators do, by another library than the one that checks it. */
export const signList = (xml: string, signer: Pair, input: SignInput = {}): Buffer => {
  const { c14n = exclusive, names = signer } = input
  const id = randomBytes(6).toString('hex')
  const digest = createHash('sha256').update(names.der).digest('base64')
  const properties = `<xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#s${id}"><xades:SignedProperties Id="p${id}"><xades:SignedSignatureProperties><xades:SigningTime>2026-01-01T00:00:00Z</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${sha256}"/><ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${digest}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>`
  const signed = new SignedXml({
    privateKey: signer.key,
    publicCert: signer.pem,
    signatureAlgorithm: input.algorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: c14n,
    getKeyInfoContent: () =>
      `<ds:X509Data><ds:X509Certificate>${signer.der.toString('base64')}</ds:X509Certificate></ds:X509Data>`,
    objects: [{ content: properties, attributes: {} }],
  })
  const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
  signed.addReference({ xpath: '/*', isEmptyUri: true, digestAlgorithm: sha256, transforms: [enveloped, c14n] })
  if (input.properties !== false)
    signed.addReference({
      xpath: "//*[local-name(.)='SignedProperties']",
      uri: `#p${id}`,
      digestAlgorithm: sha256,
      transforms: [c14n],
      type: 'http://uri.etsi.org/01903#SignedProperties',
    })
  signed.computeSignature(xml, { prefix: 'ds', attrs: { Id: `s${id}` } })
  return Buffer.from(signed.getSignedXml())
}
