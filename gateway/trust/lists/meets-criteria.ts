import type { Certificate } from '../certificate.ts'
import { derTag, expectDer, readDer } from '../der.ts'
import { policiesOf, subjectAttributesOf } from './qc-statements.ts'
import type { CriteriaList, Criterion } from './trusted-list.ts'

/** Names of the bits as lists write them, in the order of RFC 5280, 4.2.1.3. */
const bitNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'crlSign',
  'encipherOnly',
  'decipherOnly',
]

const keyUsageBits = ({ extensions }: Certificate): ReadonlySet<string> => {
  const value = extensions.get('2.5.29.15')?.value
  if (!value) return new Set()
  const bits = expectDer(readDer(value), derTag.bitString, 'the key usage').content.subarray(1)
  return new Set(bitNames.filter((_, i) => (bits[i >> 3] ?? 0) & (0x80 >> (i & 7))))
}

const hasAll = (wanted: readonly string[], actual: readonly string[]): boolean =>
  wanted.length > 0 && wanted.every((oid) => actual.includes(oid))

const meets = (certificate: Certificate, criterion: Criterion): boolean => {
  switch (criterion.kind) {
    case 'list':
      return meetsCriteria(certificate, criterion.list)
    case 'key-usage': {
      const actual = keyUsageBits(certificate)
      // Lists of the past wrote the name of the sixth bit as the certificates' standard does.
      return Object.entries(criterion.bits).every(
        ([name, wanted]) => actual.has(name === 'cRLSign' ? 'crlSign' : name) === wanted,
      )
    }
    case 'policies':
      return hasAll(criterion.oids, policiesOf(certificate))
    case 'extended-key-usage':
      return hasAll(criterion.oids, certificate.extendedKeyUsage)
    case 'subject-attributes':
      return hasAll(criterion.oids, subjectAttributesOf(certificate))
    case 'unknown':
      return false
  }
}

/** Whether a certificate meets a list of criteria (TS 119 612, 5.5.9.2.2). Throws `TRU-001` for a malformed certificate. */
export const meetsCriteria = (certificate: Certificate, { assert, criteria }: CriteriaList): boolean => {
  // What cannot be understood decides nothing, not even that it is absent.
  if (criteria.some(({ kind }) => kind === 'unknown') && assert !== 'atLeastOne') return false
  if (assert === 'all') return criteria.every((criterion) => meets(certificate, criterion))
  if (assert === 'atLeastOne') return criteria.some((criterion) => meets(certificate, criterion))
  return !criteria.some((criterion) => meets(certificate, criterion))
}
