import { createInflateRaw, crc32 } from 'node:zlib'
import { UnreadableFile } from '../../../gateway/contract/index.ts'

/** A file inside a ZIP archive, as the central directory describes it. */
interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

export interface Archive {
  has(name: string): boolean
  /**
   * The unpacked bytes of a part, piece by piece; never more than `maxBytes`.
   * @throws UnreadableFile INB-012 damaged, INB-014 larger than `maxBytes`
   */
  read(name: string, maxBytes: number): AsyncIterable<Buffer>
}

const maxEntries = 5000
const broken = (what: string): UnreadableFile =>
  new UnreadableFile('INB-012', `The file is no readable workbook (${what}). Save it again as .xlsx.`)
const tooLarge = (what: string): UnreadableFile =>
  new UnreadableFile('INB-014', `The workbook is larger than is read here: ${what}.`)

/** The end of the central directory: where it lies and how many entries it has (APPNOTE 4.3.14 to 4.3.16). */
const findDirectory = (zip: Buffer): { readonly at: number; readonly count: number } => {
  // A comment of up to 64 KB may follow.
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > zip.length) throw broken('it is cut off or no ZIP archive')
  const [count, at] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 16)]
  const locator = end - 20
  if ((at !== 0xffffffff && count !== 0xffff) || locator < 0 || zip.readUInt32LE(locator) !== 0x07064b50)
    return { at, count }
  const far = Number(zip.readBigUInt64LE(locator + 8))
  if (far + 56 > zip.length || zip.readUInt32LE(far) !== 0x06064b50) throw broken('its directory is damaged')
  return { at: Number(zip.readBigUInt64LE(far + 48)), count: Number(zip.readBigUInt64LE(far + 32)) }
}

/** Sizes beyond 32 bits stand in an extra field, in this order and only where the plain field is full (APPNOTE 4.5.3). */
const widen = (extra: Buffer, plain: readonly number[]): readonly number[] => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    return plain.map((value) => {
      if (value !== 0xffffffff || next + 8 > extra.length) return value
      next += 8
      return Number(extra.readBigUInt64LE(next - 8))
    })
  }
  return plain
}

const readDirectory = (zip: Buffer): Map<string, Entry> => {
  const { at: start, count } = findDirectory(zip)
  if (count > maxEntries) throw tooLarge(`more than ${maxEntries} parts`)
  const entries = new Map<string, Entry>()
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw broken('its directory is damaged')
    const [nameLength, extraLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const extra = zip.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const plain = [zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
    const [size = 0, packed = 0, offset = 0] = widen(extra, plain)
    if ((zip.readUInt16LE(at + 8) & 1) === 1)
      throw new UnreadableFile('INB-013', 'The workbook is encrypted. Save it without a password.')
    // Two parts of one name are read differently by different programs.
    if (entries.has(name)) throw broken('a part is in it twice')
    entries.set(name, { name, method: zip.readUInt16LE(at + 10), crc: zip.readUInt32LE(at + 16), packed, size, offset })
    at += 46 + nameLength + extraLength + zip.readUInt16LE(at + 32)
  }
  return entries
}

const packedBytes = (zip: Buffer, { offset, packed }: Entry): Buffer => {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== 0x04034b50) throw broken('a part is damaged')
  const from = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  if (from + packed > zip.length) throw broken('a part is cut off')
  return zip.subarray(from, from + packed)
}

async function* unpack(zip: Buffer, entry: Entry, maxBytes: number): AsyncGenerator<Buffer> {
  if (entry.size > maxBytes) throw tooLarge(`${entry.name.slice(0, 80)} has more than ${maxBytes} bytes`)
  const packed = packedBytes(zip, entry)
  if (entry.method !== 0 && entry.method !== 8) throw broken('a part is packed in an unknown way')
  const pieces = entry.method === 0 ? [packed] : createInflateRaw({ chunkSize: 64 * 1024 }).end(packed)
  let [size, crc] = [0, 0]
  try {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      size += piece.length
      // What the directory says is only a claim: a bomb is stopped by what comes out.
      if (size > entry.size) throw broken('a part is larger than it says')
      crc = crc32(piece, crc)
      yield piece
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : broken((error as Error).message.slice(0, 100))
  }
  if (size !== entry.size || crc !== entry.crc) throw broken('a part does not have its checksum')
}

/**
 * Opens a ZIP archive that is in memory (PKWARE APPNOTE 6.3, stored and deflated parts, ZIP64).
 * @throws UnreadableFile INB-012 damaged, INB-013 encrypted, INB-014 too many parts
 */
export const openZip = (zip: Buffer): Archive => {
  let entries: Map<string, Entry>
  try {
    entries = readDirectory(zip)
  } catch (error) {
    // Reading beyond the end: the lengths in it contradict each other.
    throw error instanceof RangeError ? broken('its directory is damaged') : error
  }
  return {
    has: (name) => entries.has(name),
    read(name, maxBytes) {
      const entry = entries.get(name)
      if (!entry) throw broken(`it has no ${name.slice(0, 80)}`)
      return unpack(zip, entry, maxBytes)
    },
  }
}
