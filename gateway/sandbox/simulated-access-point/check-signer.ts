import type { Finding } from '../../contract/finding.ts'
import type { IviTree } from '../../contract/ivi-tree.ts'
import { rowsOf, valueAt } from '../../ivi/get-value.ts'
import { readSignature } from '../../signature/read-signature.ts'
import { withXml } from '../../signature/strict-xml.ts'
import type { Certificate } from '../../trust/certificate.ts'
import type { IsRevoked } from './revocation-list.ts'

/**
 * Who is registered at the simulated access point, and for which manufacturers it may send besides itself. A real one keeps
 * such a register too. The sandbox has one seal, that of "Example Bodies": so that the sandbox can also play the stage-1
 * manufacturer that pushes `chassis-json`, it is registered to send for "Example Chassis". The other way round nothing is.
 */
const registered: Readonly<Record<string, readonly string[]>> = {
  'Example Bodies': ['Example Chassis'],
  'Example Chassis': [],
}

/** Names are compared as they are, but for white space at the ends and its amount in between. */
const normal = (name: string | undefined): string => (name ?? '').trim().replace(/\s+/g, ' ')

/**
 * The organisation (O) of a subject; empty when there is none or more than one.
 * @param subject as Node's `X509Certificate` gives it, one attribute a line
 */
export const organisationOf = (subject: string): string => {
  const found = subject.split('\n').filter((part) => part.startsWith('O='))
  return found.length === 1 ? normal(found[0]?.slice(2)) : ''
}

/** The name of the manufacturer of the latest stage: its document this is. */
const makerOf = (tree: IviTree): string => {
  const rows = rowsOf(tree, 'ManufacturerGroup').map((row) => ({
    stage: Number(valueAt(row, 'ManufacturerStageNumber')),
    name: normal(valueAt(row, 'ManufacturerName')),
  }))
  return rows.reduce((last, row) => (row.stage >= last.stage ? row : last), { stage: -1, name: '' }).name
}

const refusal = (code: string, message: string): Finding => ({
  code,
  layer: 'signature',
  severity: 'error',
  path: '/InitialVehicleInformation',
  message,
})

/**
 * Whether this signer may send this document: its organisation is the manufacturer of the latest stage, the manufacturer's
 * representative in the EU, or registered for the manufacturer; and its certificate was not revoked.
 * @returns `SIM-TRUST-002` and `SIM-TRUST-003`
 */
export const checkSigner = (tree: IviTree, signer: Certificate, isRevoked: IsRevoked): Finding[] => {
  const [organisation, maker] = [organisationOf(signer.x509.subject), makerOf(tree)]
  const representative = normal(valueAt(tree, 'EURepresentativeName'))
  const may = [maker, representative].includes(organisation) || registered[organisation]?.includes(maker)
  const findings: Finding[] = []
  if (organisation === '' || !may) {
    const who = organisation === '' ? 'A signer without an organisation' : `"${organisation}"`
    findings.push(refusal('SIM-TRUST-002', `${who} may not sign for the manufacturer "${maker}".`))
  }
  if (isRevoked(signer)) findings.push(refusal('SIM-TRUST-003', "The signer's certificate was revoked."))
  return findings
}

/** The certificate with this fingerprint out of the signature of a document that was verified before. */
export const signerCertificate = (bytes: Buffer, fingerprint: string | undefined): Certificate | undefined =>
  withXml(bytes, (doc) => readSignature(doc).certificates.find(({ sha256 }) => sha256 === fingerprint))
