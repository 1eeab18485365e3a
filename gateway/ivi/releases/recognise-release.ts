import type { Finding } from '../../contract/finding.ts'
import type { Catalogue } from '../catalogue.ts'
import { ivi20 } from '../catalogue.ts'
import { scanXml } from '../scan-xml.ts'
import { schemaFinding, shorten } from '../structure-findings.ts'

/** What a document says about itself, whatever release it is of. */
export interface StatedRelease {
  /** Local name and namespace of the root. */
  readonly root: string
  readonly namespace: string
  /** First text of an element named IviVersionNumberXsd, in any namespace; undefined without one. */
  readonly version: string | undefined
}

const isVersionElement = (name: string): boolean => name.toLowerCase() === 'iviversionnumberxsd'

/** Reads what a document says of its release; undefined when it is no XML that the strict reader takes. */
export const statedRelease = (bytes: Buffer): StatedRelease | undefined => {
  let root: { local: string; uri: string } | undefined
  let version: string | undefined
  let reading = false
  const refused = scanXml(bytes, {
    open: ({ local, uri }) => {
      root ??= { local, uri }
      reading = version === undefined && isVersionElement(local)
      if (reading) version = ''
    },
    text: (text) => {
      if (reading && version !== undefined && version.length < 100) version += text
    },
    close: () => {
      reading = false
    },
  })
  if (refused.length > 0 || !root) return undefined
  return { root: root.local, namespace: root.uri, version: version?.trim() }
}

const older = (what: string): Finding =>
  schemaFinding(
    'IVI-013',
    '/',
    `This is ${what}, which has another structure than IVI 2.0 and cannot be read. Ask its maker for the document in IVI 2.0, or enter a base data sheet.`,
  )

const unknown = (version: string): Finding =>
  schemaFinding(
    'IVI-014',
    '/',
    `This is an IVI ${shorten(version)} document, and this gateway has no schema of IVI ${shorten(version)} for it. Import it (ecoc schema import), or ask for a release that ecoc schema list names.`,
  )

/** IVI-013 for the number of an IVI 1.x, undefined for any other text. */
export const olderRelease = (version: string): Finding | undefined =>
  /^1(?:\.\d{1,3}){0,3}$/.test(version.trim()) ? older(`IVI ${version.trim()}`) : undefined

/** The finding for the number of a release that there is no catalogue of; undefined for what is no such number. */
export const unknownRelease = (version: string): Finding | undefined =>
  olderRelease(version) ?? (/^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/.test(version) ? unknown(version) : undefined)

/**
 * The finding for an IVI document that this catalogue cannot be meant for: IVI-013 for IVI 1.x, IVI-014 for another number in
 * another namespace; undefined for everything else, also for what is no IVI document at all.
 * IVI 1.x is known by the number it states, or, where it states none, by another namespace around the root of that name: no
 * source says which one. An IVI 2 document always states its number.
 */
export const otherRelease = (bytes: Buffer, catalogue: Catalogue = ivi20): Finding | undefined => {
  const stated = statedRelease(bytes)
  if (stated?.root.toLowerCase() !== catalogue.root.name.toLowerCase()) return undefined
  const { namespace, version = '' } = stated
  // With the catalogue's own namespace or number, the schema check says better what is wrong.
  if (namespace === catalogue.namespace) return olderRelease(version)
  if (version === catalogue.version) return undefined
  const where = namespace === '' ? 'no namespace' : `namespace ${shorten(namespace, 100)}`
  return version === '' ? older(`IVI 1.x (${where}, without IviVersionNumberXsd)`) : unknownRelease(version)
}
