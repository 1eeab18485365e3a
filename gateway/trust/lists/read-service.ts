import type { Instant } from '../../contract/ids.ts'
import { readCriteria } from './read-criteria.ts'
import type { Qualification, ServicePeriod, TrustService } from './trusted-list.ts'
import { englishOf, namespaces, pieceAt, piecesOf, textOf } from './xml-piece.ts'
import type { XmlPiece } from './xml-piece.ts'

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** A time of a trusted list: UTC with Z (5.1.4); undefined for anything else. */
export const instantOf = (text: string): Instant | undefined => {
  const time = form.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) ? undefined : (new Date(time).toISOString() as Instant)
}

/** DER of the certificates among digital identities; what is no base64 is left out. */
export const certificatesOf = (identity: XmlPiece | undefined): Buffer[] =>
  piecesOf(identity, 'DigitalId')
    .flatMap((id) => piecesOf(id, 'X509Certificate'))
    .map((certificate) => Buffer.from(textOf(certificate), 'base64'))
    .filter((der) => der.length > 0)

const qualificationsOf = (extension: XmlPiece): Qualification[] =>
  piecesOf(
    pieceAt(extension, ['Qualifications'], namespaces.qualifications),
    'QualificationElement',
    namespaces.qualifications,
  ).map((element) => ({
    qualifiers: piecesOf(
      pieceAt(element, ['Qualifiers'], namespaces.qualifications),
      'Qualifier',
      namespaces.qualifications,
    ).map(({ attributes }) => attributes.uri ?? ''),
    criteria: readCriteria(pieceAt(element, ['CriteriaList'], namespaces.qualifications)),
  }))

/** Extensions whose meaning is used here or does not touch a certificate's quality (5.5.9). */
const known = new Set(['Qualifications', 'AdditionalServiceInformation', 'ExpiredCertsRevocationInfo', 'TakenOverBy'])

const periodOf = (piece: XmlPiece): ServicePeriod | undefined => {
  const since = instantOf(textOf(pieceAt(piece, ['StatusStartingTime'])))
  if (since === undefined) return undefined
  const extensions = piecesOf(pieceAt(piece, ['ServiceInformationExtensions']), 'Extension')
  const isCritical = ({ attributes }: XmlPiece): boolean => /^(true|1)$/.test(attributes.Critical ?? '')
  return {
    type: textOf(pieceAt(piece, ['ServiceTypeIdentifier'])),
    status: textOf(pieceAt(piece, ['ServiceStatus'])),
    since,
    additional: extensions
      .map((extension) => textOf(pieceAt(extension, ['AdditionalServiceInformation', 'URI'])))
      .filter((uri) => uri !== ''),
    qualifications: extensions.flatMap(qualificationsOf),
    unknownCritical: extensions
      .filter(isCritical)
      .flatMap(({ children }) => children)
      .map(({ name }) => name)
      .filter((name) => !known.has(name)),
  }
}

/** Newest first; of two that begin together the one named first, which is the present one. */
const newestFirst = (a: ServicePeriod, b: ServicePeriod): number => (a.since < b.since ? 1 : a.since > b.since ? -1 : 0)

/** A TSPService with its history; undefined when it does not say since when its status holds. */
export const readService = (piece: XmlPiece, provider: string): TrustService | undefined => {
  const now = pieceAt(piece, ['ServiceInformation'])
  const present = now && periodOf(now)
  if (!present) return undefined
  const history = piecesOf(pieceAt(piece, ['ServiceHistory']), 'ServiceHistoryInstance')
  return {
    provider,
    name: englishOf(pieceAt(now, ['ServiceName'])),
    certificates: certificatesOf(pieceAt(now, ['ServiceDigitalIdentity'])),
    periods: [present, ...history.flatMap((instance) => periodOf(instance) ?? [])].sort(newestFirst),
  }
}
