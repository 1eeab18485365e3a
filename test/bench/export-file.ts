import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { sampleExport } from '../../gateway/sandbox/samples/sample-export.ts'
import { benchVin } from './sample-vehicles.ts'

/** VINs are put into the same rows again and again: their 17 characters are all that tells vehicles apart. */
const template = 2_000

/**
 * Writes a Sage X3 export of at least `bytes` bytes: rows of the sample export, every VIN once.
 * @returns the number of rows
 */
export const writeExport = async (file: string, bytes: number): Promise<number> => {
  const [header = '', ...rows] = sampleExport(Array.from({ length: template }, (_, i) => benchVin(i)))
    .toString('latin1')
    .split('\r\n')
    .filter((line) => line !== '')
  const cells = rows.map((row, i) => row.split(benchVin(i)) as [string, string])
  const out = createWriteStream(file)
  out.write(`${header}\r\n`)
  let written = 0
  let count = 0
  while (written < bytes) {
    const lines = cells.map(([before, after], i) => `${before}${benchVin(count + i)}${after}`)
    const chunk = Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1')
    if (!out.write(chunk)) await once(out, 'drain')
    written += chunk.length
    count += cells.length
  }
  out.end()
  await once(out, 'finish')
  return count
}
