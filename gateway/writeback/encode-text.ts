/** Byte of each character of a single-byte encoding, made from the platform's own decoder. */
const tables = new Map<string, Map<string, number>>()

const tableOf = (encoding: string): Map<string, number> => {
  let table = tables.get(encoding)
  if (!table) {
    const decoder = new TextDecoder(encoding)
    table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
    tables.set(encoding, table)
  }
  return table
}

/**
 * Encodes text in the encoding its export came in (WHATWG label), so that Excel shows both alike.
 * A character the encoding does not have becomes `?`. UTF-8 gets a byte order mark, which Excel needs.
 */
export const encodeText = (text: string, encoding: string): Buffer => {
  const name = new TextDecoder(encoding).encoding
  if (name === 'utf-8') return Buffer.from(`\uFEFF${text}`, 'utf8')
  if (name.startsWith('utf-16')) return Buffer.from(`\uFEFF${text}`, 'utf16le')
  const table = tableOf(name)
  return Buffer.from(Array.from(text, (character) => table.get(character) ?? 0x3f))
}
