/** A small part of a large document, as the reader hands it on. */
export interface XmlPiece {
  readonly name: string
  readonly uri: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: XmlPiece[]
}

export const namespaces = {
  tsl: 'http://uri.etsi.org/02231/v2#',
  additional: 'http://uri.etsi.org/02231/v2/additionaltypes#',
  qualifications: 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
} as const

const isNamed = (piece: XmlPiece, name: string, uri: string): boolean => piece.name === name && piece.uri === uri

/** All children of a name. */
export const piecesOf = (piece: XmlPiece | undefined, name: string, uri: string = namespaces.tsl): XmlPiece[] =>
  piece?.children.filter((child) => isNamed(child, name, uri)) ?? []

/** The first child at the end of a way of names, all of one namespace. */
export const pieceAt = (
  piece: XmlPiece | undefined,
  way: readonly string[],
  uri: string = namespaces.tsl,
): XmlPiece | undefined =>
  way.reduce<XmlPiece | undefined>((at, name) => at?.children.find((child) => isNamed(child, name, uri)), piece)

export const textOf = (piece: XmlPiece | undefined): string => piece?.text.trim() ?? ''

/** The English one of several names, else the first. */
export const englishOf = (piece: XmlPiece | undefined): string => {
  const names = piecesOf(piece, 'Name')
  const english = names.find(({ attributes }) => attributes['xml:lang']?.toLowerCase().startsWith('en'))
  return textOf(english ?? names[0])
}
