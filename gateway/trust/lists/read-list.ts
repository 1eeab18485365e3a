import type { Finding } from '../../contract/finding.ts'
import { scanXml } from '../../ivi/scan-xml.ts'
import { certificatesOf, instantOf, readService } from './read-service.ts'
import type { ListPointer, TrustService, TrustedList } from './trusted-list.ts'
import { englishOf, namespaces, pieceAt, piecesOf, textOf } from './xml-piece.ts'
import type { XmlPiece } from './xml-piece.ts'

/** National lists of 2019 have up to half a megabyte and grow with every provider's history; 20 MB must be read with ease. */
export const listLimits = { maxBytes: 40 * 1024 * 1024, maxDepth: 64, maxElements: 2_000_000, maxAttributes: 100 }

const finding = (code: string, message: string): Finding => {
  return { code, layer: 'trust', severity: 'error', path: '/', message }
}

const root = '/TrustServiceStatusList'
const pointerPath = `${root}/SchemeInformation/PointersToOtherTSL/OtherTSLPointer`
const schemePath = new RegExp(`^${root}/SchemeInformation/(?!PointersToOtherTSL$)[A-Za-z]+$`)
const providerPath = `${root}/TrustServiceProviderList/TrustServiceProvider`
const informationPath = `${providerPath}/TSPInformation`
const servicePath = `${providerPath}/TSPServices/TSPService`

const pointerOf = (piece: XmlPiece): ListPointer => {
  const information = piecesOf(pieceAt(piece, ['AdditionalInformation']), 'OtherInformation')
  const told = (name: string, uri?: string): string =>
    textOf(information.flatMap((other) => piecesOf(other, name, uri))[0])
  return {
    location: textOf(pieceAt(piece, ['TSLLocation'])),
    territory: told('SchemeTerritory'),
    type: told('TSLType'),
    mimeType: told('MimeType', namespaces.additional),
    certificates: piecesOf(pieceAt(piece, ['ServiceDigitalIdentities']), 'ServiceDigitalIdentity').flatMap(
      certificatesOf,
    ),
  }
}

/** Collects a list while it streams by; only one service at a time is held as a tree. */
class Collector {
  readonly scheme = new Map<string, XmlPiece>()
  readonly pointers: ListPointer[] = []
  readonly services: TrustService[] = []
  incomplete = 0
  /** What stands there more than once and must not. */
  twice: string | undefined
  #provider = ''
  #path: string[] = ['']
  /** Open elements of the piece that is being collected. */
  #open: XmlPiece[] = []

  #isWanted(path: string): boolean {
    return path === pointerPath || path === informationPath || path === servicePath || schemePath.test(path)
  }

  open(local: string, uri: string, attributes: Record<string, string>): void {
    const parent = this.#open.at(-1)
    const path = `${this.#path.at(-1) ?? ''}/${uri === namespaces.tsl ? local : '?'}`
    this.#path.push(path)
    if (path === providerPath) this.#provider = ''
    if (!parent && !this.#isWanted(path)) return
    const piece = { name: local, uri, attributes, text: '', children: [] }
    parent?.children.push(piece)
    this.#open.push(piece)
  }

  text(text: string): void {
    const piece = this.#open.at(-1)
    if (piece) piece.text += text
  }

  close(): void {
    const path = this.#path.pop() ?? ''
    const piece = this.#open.pop()
    if (!piece || this.#open.length > 0) return
    if (path === pointerPath) this.pointers.push(pointerOf(piece))
    else if (path === informationPath) this.#provider = englishOf(pieceAt(piece, ['TSPName']))
    else if (path === servicePath) {
      const service = readService(piece, this.#provider)
      if (service) this.services.push(service)
      else this.incomplete++
    } else if (this.scheme.has(piece.name)) this.twice = piece.name
    else this.scheme.set(piece.name, piece)
  }
}

const listOf = (collected: Collector): TrustedList | string => {
  const { scheme, pointers, services, incomplete, twice } = collected
  if (twice !== undefined) return `two of ${twice}`
  const told = (name: string): string => textOf(scheme.get(name))
  const version = Number(told('TSLVersionIdentifier'))
  if (version !== 5 && version !== 6) return `format version "${told('TSLVersionIdentifier')}"; 5 and 6 are read`
  const sequence = told('TSLSequenceNumber')
  if (!/^\d{1,9}$/.test(sequence)) return 'no sequence number'
  const issued = instantOf(told('ListIssueDateTime'))
  if (issued === undefined) return 'no date of issue'
  const next = textOf(pieceAt(scheme.get('NextUpdate'), ['dateTime']))
  const nextUpdate = instantOf(next)
  if (next !== '' && nextUpdate === undefined) return 'a date of its next update that cannot be read'
  const territory = told('SchemeTerritory')
  if (!/^[A-Z]{2}$/.test(territory)) return 'no territory'
  if (incomplete > 0) return `${incomplete} service(s) without a status and its beginning`
  const operator = englishOf(scheme.get('SchemeOperatorName'))
  const type = told('TSLType')
  return { version, sequence: Number(sequence), type, territory, operator, issued, nextUpdate, pointers, services }
}

/**
 * Reads a trusted list or a list of lists (ETSI TS 119 612, format 5 and 6) in one pass with limits. Its signature is not looked at.
 * Findings instead of a list: those of `scanXml` (`XML-*`), `TSL-001` no trusted list, `TSL-002` something it must say is missing.
 */
export const readList = (bytes: Buffer): TrustedList | readonly Finding[] => {
  const collected = new Collector()
  let isList: boolean | undefined
  const refused = scanXml(
    bytes,
    {
      open(tag) {
        isList ??= tag.local === 'TrustServiceStatusList' && tag.uri === namespaces.tsl
        const attributes = Object.values(tag.attributes).map((a): [string, string] => [a.name, a.value])
        collected.open(tag.local, tag.uri, Object.fromEntries(attributes))
      },
      text: (text) => collected.text(text),
      close: () => collected.close(),
    },
    { ...listLimits, layer: 'trust' },
  )
  if (refused.length > 0) return refused
  if (isList !== true) return [finding('TSL-001', 'This is no trusted list: its root is no TrustServiceStatusList.')]
  const list = listOf(collected)
  return typeof list === 'string' ? [finding('TSL-002', `The list cannot be used. It has ${list}.`)] : list
}
