import { defineCodec } from '../../../gateway/contract/index.ts'
import { parseLine, toRow } from '../support/json-row.ts'
import { readLines } from '../support/read-lines.ts'

/** One JSON object a line, in UTF-8, of any length: for sources that write more than fits into one body. */
export default defineCodec({
  format: 'ndjson',
  async *decode(bytes) {
    for await (const { number, text } of readLines(bytes, 'utf-8')) yield toRow(parseLine(text.trim(), number))
  },
})
