import type { Certificate } from '../certificate.ts'
import { derChildren, derOid, derTag, readDer } from '../der.ts'
import type { DerElement } from '../der.ts'

/** What a certificate says of itself in its QcStatements (EN 319 412-5). */
export interface QcStatements {
  /** QcCompliance: issued as qualified. */
  readonly compliance: boolean
  /** QcSSCD: its key lies in a qualified device. */
  readonly device: boolean
  /** QcType; a certificate from before eIDAS names none. */
  readonly types: readonly CertificateType[]
  /** QcCClegislation: qualified under the law of these countries, which are not the EU's. */
  readonly foreign: boolean
}
export type CertificateType = 'signature' | 'seal' | 'web'

const extension = '1.3.6.1.5.5.7.1.3'
const statement = {
  compliance: '0.4.0.1862.1.1',
  device: '0.4.0.1862.1.4',
  type: '0.4.0.1862.1.6',
  legislation: '0.4.0.1862.1.7',
}
const types: Readonly<Record<string, CertificateType>> = {
  '0.4.0.1862.1.6.1': 'signature',
  '0.4.0.1862.1.6.2': 'seal',
  '0.4.0.1862.1.6.3': 'web',
}

/** Reads the statements of a certificate. Throws `TRU-001` when the extension is malformed. */
export const qcStatementsOf = ({ extensions }: Certificate): QcStatements => {
  const value = extensions.get(extension)?.value
  const found = new Map<string, DerElement | undefined>()
  for (const one of value ? derChildren(readDer(value)) : []) {
    const [id, information] = derChildren(one)
    found.set(derOid(id), information)
  }
  const named = found.get(statement.type)
  return {
    compliance: found.has(statement.compliance),
    device: found.has(statement.device),
    types: (named ? derChildren(named) : []).flatMap((id) => types[derOid(id)] ?? []),
    foreign: found.has(statement.legislation),
  }
}

const certificatePolicies = '2.5.29.32'

/** OIDs of the policies a certificate was issued under (RFC 5280, 4.2.1.4). Throws `TRU-001`. */
export const policiesOf = ({ extensions }: Certificate): string[] => {
  const value = extensions.get(certificatePolicies)?.value
  return value ? derChildren(readDer(value)).map((policy) => derOid(derChildren(policy)[0])) : []
}

/** OIDs of the attributes in the subject. Throws `TRU-001`. */
export const subjectAttributesOf = ({ subjectName }: Certificate): string[] =>
  derChildren(readDer(subjectName))
    .filter(({ tag }) => tag === derTag.set)
    .flatMap((set) => derChildren(set))
    .map((attribute) => derOid(derChildren(attribute)[0]))
