import { GatewayError } from '../contract/errors.ts'

/** One DER element (X.690): its tag byte, its content, and both with the length between them. */
export interface DerElement {
  readonly tag: number
  readonly content: Buffer
  readonly raw: Buffer
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** `[n]` constructed. */
  context: (n: number): number => 0xa0 + n,
} as const

const malformed = (message: string): GatewayError =>
  new GatewayError({ kind: 'security', code: 'TRU-001', message: `Malformed DER: ${message}` })

const readAt = (bytes: Buffer, at: number): DerElement => {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw malformed('it ends in the middle of an element')
  if ((tag & 0x1f) === 0x1f) throw malformed('tags above 30 are not used in certificates')
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    const count = first & 0x7f
    // 0x80 is the indefinite length of BER; four length bytes carry more than any certificate.
    if (count === 0 || count > 4) throw malformed('indefinite or oversized length')
    if (start + count > bytes.length) throw malformed('it ends in the middle of a length')
    length = bytes.readUIntBE(start, count)
    start += count
  }
  const end = start + length
  if (end > bytes.length) throw malformed('an element is longer than what holds it')
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end) }
}

/**
 * Reads the one element that `bytes` consists of.
 * Throws `TRU-001` when it is malformed or something follows it.
 */
export const readDer = (bytes: Buffer): DerElement => {
  const element = readAt(bytes, 0)
  if (element.raw.length !== bytes.length) throw malformed('something follows the element')
  return element
}

/** The elements inside a constructed element, one at a time: a revocation list may have a million. Throws `TRU-001`. */
export function* eachDerChild(element: DerElement): Generator<DerElement, undefined> {
  for (let at = 0; at < element.content.length;) {
    const child = readAt(element.content, at)
    yield child
    at += child.raw.length
  }
}

/** The elements inside a constructed element. Throws `TRU-001`. */
export const derChildren = (element: DerElement): DerElement[] => [...eachDerChild(element)]

/** Deeper than any certificate or time stamp. */
const maxDepth = 32
const maxElements = 20_000

/**
 * Walks the whole of a DER value. What passes is read alike by every reader of BER: definite lengths, everything inside
 * what holds it, nothing behind it, of bounded depth and number. Throws `TRU-001`.
 */
export const assertDer = (bytes: Buffer): void => {
  let count = 0
  const walk = (element: DerElement, depth: number): void => {
    if (depth > maxDepth || ++count > maxElements) throw malformed('it is nested too deep or has too many elements')
    if (!(element.tag & 0x20)) return
    for (const child of eachDerChild(element)) walk(child, depth + 1)
  }
  walk(readDer(bytes), 0)
}

/** `element` when it is there and has the tag; otherwise throws `TRU-001` naming `what`. */
export const expectDer = (element: DerElement | undefined, tag: number, what: string): DerElement => {
  if (element?.tag !== tag) throw malformed(`${what} is missing or of another type`)
  return element
}

/** An object identifier in dotted notation. Throws `TRU-001`. */
export const derOid = (element: DerElement | undefined): string => {
  const { content } = expectDer(element, derTag.oid, 'an object identifier')
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw malformed('an object identifier has an oversized arc')
    if (byte & 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(Math.floor(first / 40), 2)
  return [top, first - top * 40, ...rest].join('.')
}

/** A small non-negative integer. Throws `TRU-001` for anything negative or above 2^47. */
export const derInteger = (element: DerElement | undefined): number => {
  const { content } = expectDer(element, derTag.integer, 'an integer')
  if (content.length === 0 || content.length > 6 || (content[0] ?? 0) & 0x80)
    throw malformed('an integer is out of range')
  return content.readUIntBE(0, content.length)
}

const times = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/

/** UTCTime or GeneralizedTime as DER has them in certificates and lists: whole seconds, UTC (RFC 5280, 4.1.2.5). Throws `TRU-001`. */
export const derTime = (element: DerElement | undefined): Date => {
  const isUtc = element?.tag === derTag.utcTime
  const { content } = expectDer(element, isUtc ? derTag.utcTime : derTag.generalizedTime, 'a time')
  const parts = times.exec(content.toString('latin1'))
  const [year = '', ...rest] = parts?.slice(1) ?? []
  if (year.length !== (isUtc ? 2 : 4)) throw malformed('a time is not written as it should be')
  const [month, ...others] = rest.map(Number)
  const full = isUtc ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year)
  const [day, hours, minutes, seconds] = others
  return new Date(Date.UTC(full, (month ?? 1) - 1, day, hours, minutes, seconds))
}

/** Encodes one element around the given contents. */
export const encodeDer = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const significant = length.subarray(length.findIndex((byte) => byte !== 0))
  return Buffer.concat([Buffer.from([tag, 0x80 | significant.length]), significant, content])
}
