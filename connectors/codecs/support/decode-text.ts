import { UnreadableFile } from '../../../gateway/contract/index.ts'

/**
 * Text of a declared encoding (WHATWG label), chunk by chunk; `undefined` ends it. A byte order mark is left out.
 * @throws UnreadableFile INB-003 a byte sequence that the encoding does not know
 */
export const textDecoder = (encoding: string): ((chunk: Buffer | undefined) => string) => {
  const text = new TextDecoder(encoding, { fatal: true })
  return (chunk) => {
    try {
      return chunk ? text.decode(chunk, { stream: true }) : text.decode()
    } catch {
      // Excel's plain "CSV" is windows-1252 in western Europe: the usual reason.
      const other = encoding === 'utf-8' ? ', or name its own in the mapper (often windows-1252)' : ''
      throw new UnreadableFile(
        'INB-003',
        `The file is not valid ${encoding}. Export it again in that encoding${other}.`,
      )
    }
  }
}
