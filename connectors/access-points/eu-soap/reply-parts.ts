import type { RawReply } from '../../../gateway/contract/access-point.ts'

const MAX_PARTS = 20
const MAX_HEADER = 8 * 1024

export interface ReplyParts {
  /** The SOAP envelope. */
  readonly envelope: Buffer
  /** Attachments by Content-ID, without brackets. */
  readonly attachments: ReadonlyMap<string, Buffer>
}

const parameter = (contentType: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]{1,200})"|([^\\s;"]{1,200}))`, 'i').exec(contentType)
  return found?.[1] ?? found?.[2]
}
const bare = (id: string | undefined): string => (id ?? '').trim().replace(/^<|>$/g, '')

/** One part: its header lines, and its bytes as they stand (base64 is the only encoding that changes them). */
const readPart = (bytes: Buffer): { id: string; content: Buffer } | undefined => {
  const end = bytes.subarray(0, MAX_HEADER).indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const header = bytes.toString('latin1', 0, end)
  const field = (name: string): string | undefined => new RegExp(`^${name}:([^\\r\\n]*)`, 'im').exec(header)?.[1]
  const content = bytes.subarray(end + 4)
  const packed = field('content-transfer-encoding')?.trim().toLowerCase() === 'base64'
  return {
    id: bare(field('content-id')),
    content: packed ? Buffer.from(content.toString('latin1'), 'base64') : content,
  }
}

/**
 * The envelope of an answer, also of one that came with attachments (multipart/related: SOAP with attachments and MTOM, RFC 2387 and
 * XOP 1.0). Undefined when such an answer is damaged.
 */
export const replyParts = ({ contentType, bytes }: RawReply): ReplyParts | undefined => {
  if (!/^\s*multipart\/related\b/i.test(contentType)) return { envelope: bytes, attachments: new Map() }
  const boundary = parameter(contentType, 'boundary')
  if (boundary === undefined) return undefined
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // The first boundary has no line before it.
  const whole = Buffer.concat([Buffer.from('\r\n'), bytes])
  const parts: { id: string; content: Buffer }[] = []
  for (let at = whole.indexOf(delimiter); at >= 0;) {
    const start = at + delimiter.length
    if (whole.toString('latin1', start, start + 2) === '--') break
    const next = whole.indexOf(delimiter, start)
    const part = next < 0 ? undefined : readPart(whole.subarray(start, next))
    if (!part || parts.length >= MAX_PARTS) return undefined
    parts.push(part)
    at = next
  }
  const root = parameter(contentType, 'start')
  const envelope = root === undefined ? parts[0] : parts.find((part) => part.id === bare(root))
  return envelope && { envelope: envelope.content, attachments: new Map(parts.map((part) => [part.id, part.content])) }
}
