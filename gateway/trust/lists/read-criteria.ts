import type { CriteriaList, Criterion } from './trusted-list.ts'
import { namespaces, piecesOf, textOf } from './xml-piece.ts'
import type { XmlPiece } from './xml-piece.ts'

const { qualifications, additional, xades } = namespaces

/** OIDs stand there bare or as URN. */
const oidOf = (piece: XmlPiece): string => textOf(piece).replace(/^urn:oid:/i, '')
const isTrue = (text: string): boolean => text === 'true' || text === '1'

/** Of all `inner` elements with the OID in an xades:Identifier. */
const identifiers = (piece: XmlPiece, inner: string, uri: string): string[] =>
  piecesOf(piece, inner, uri)
    .flatMap((element) => piecesOf(element, 'Identifier', xades))
    .map(oidOf)

/** What may stand in `otherCriteriaList` (5.5.9.2.3). */
const others = (piece: XmlPiece): Criterion[] =>
  piece.children.map((child) => {
    if (child.uri === additional && child.name === 'ExtendedKeyUsage')
      return { kind: 'extended-key-usage', oids: identifiers(child, 'KeyPurposeId', additional) }
    if (child.uri === additional && child.name === 'CertSubjectDNAttribute')
      return { kind: 'subject-attributes', oids: identifiers(child, 'AttributeOID', additional) }
    return { kind: 'unknown', name: child.name }
  })

const criteriaOf = (piece: XmlPiece): Criterion[] => {
  if (piece.name === 'Description') return []
  if (piece.name === 'otherCriteriaList') return others(piece)
  if (piece.uri !== qualifications) return [{ kind: 'unknown', name: piece.name }]
  if (piece.name === 'CriteriaList') return [{ kind: 'list', list: readCriteria(piece) }]
  if (piece.name === 'PolicySet')
    return [{ kind: 'policies', oids: identifiers(piece, 'PolicyIdentifier', qualifications) }]
  if (piece.name !== 'KeyUsage') return [{ kind: 'unknown', name: piece.name }]
  const bits = piecesOf(piece, 'KeyUsageBit', qualifications).map((bit): [string, boolean] => [
    bit.attributes.name ?? '',
    isTrue(textOf(bit)),
  ])
  return [{ kind: 'key-usage', bits: Object.fromEntries(bits) }]
}

/** A list of criteria (5.5.9.2.2). One that is missing or asserts something unknown is met by no certificate. */
export const readCriteria = (piece: XmlPiece | undefined): CriteriaList => {
  const assert = piece?.attributes.assert
  if (assert !== 'all' && assert !== 'atLeastOne' && assert !== 'none')
    return { assert: 'all', criteria: [{ kind: 'unknown', name: `assert="${assert ?? ''}"` }] }
  return { assert, criteria: piece?.children.flatMap(criteriaOf) ?? [] }
}
