import type { Readable } from 'node:stream'
import { UnreadableFile } from '../../../gateway/contract/index.ts'
import { textDecoder } from './decode-text.ts'

/** A line longer than this is no row of vehicle data. */
export const maxLineLength = 1024 * 1024

export interface Line {
  /** 1-based. */
  readonly number: number
  readonly text: string
}

const tooLong = (number: number): UnreadableFile =>
  new UnreadableFile('INB-031', `Line ${number} is longer than ${maxLineLength} characters.`)

/**
 * The lines of a file as they stream, blank ones left out. They end with LF or CRLF; what follows the last end is a line too.
 * @throws UnreadableFile INB-001 nothing but blank lines, INB-003 another encoding, INB-031 a line without end
 */
export async function* readLines(bytes: Readable, encoding: string): AsyncGenerator<Line> {
  const decode = textDecoder(encoding)
  let rest = ''
  let number = 0
  let any = false as boolean
  const take = (text: string): Line | undefined => {
    number++
    if (text.length > maxLineLength) throw tooLong(number)
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    if (line.trim() === '') return undefined
    any = true
    return { number, text: line }
  }
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const lines = (rest + decode(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) {
      const line = take(text)
      if (line) yield line
    }
    if (rest.length > maxLineLength) throw tooLong(number + 1)
  }
  const last = take(rest + decode(undefined))
  if (last) yield last
  if (!any) throw new UnreadableFile('INB-001', 'The file is empty. Nothing was taken from it.')
}
