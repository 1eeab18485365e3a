import { defineCodec, UnreadableFile } from '../../../gateway/contract/index.ts'
import { strictXml } from '../support/strict-xml.ts'
import { RecordBuilder } from './record-builder.ts'

/**
 * XML 1.0, streaming: one record per element that the layout names (`/VEHICLES/VEHICLE`), whatever the size of the file.
 * Names are taken without their namespace. Child elements become fields, attributes `@name`, text beside them `#text`;
 * repeated children, and those that the layout calls lists, become lists. A row's `line` is the number of its record.
 * @throws UnreadableFile INB-001, INB-003, INB-016 not well-formed, INB-017 DTD or entity, INB-018 beyond a limit,
 *   INB-019 nothing lies where the records should
 */
export default defineCodec({
  format: 'xml',
  async *decode(bytes, layout) {
    const encoding = layout.xml?.encoding ?? 'utf-8'
    const builder = new RecordBuilder(layout, encoding)
    const xml = strictXml(builder, encoding)
    const step = (run: () => void): Error | undefined => {
      try {
        run()
        return undefined
      } catch (error) {
        return error as Error
      }
    }
    // Small pieces: the rows of one are handed on before the next is read.
    const pieceSize = 64 * 1024
    for await (const chunk of bytes as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += pieceSize) {
        const fault = step(() => xml.write(chunk.subarray(at, at + pieceSize)))
        yield* builder.rows.splice(0)
        if (fault) throw fault
      }
    const fault = step(() => xml.end())
    yield* builder.rows.splice(0)
    if (fault) throw fault
    if (builder.foundHome) return
    const wanted = layout.xml?.record ?? ''
    throw new UnreadableFile('INB-019', `The file holds nothing at ${wanted}. Correct "record" in the mapper.`)
  },
})
