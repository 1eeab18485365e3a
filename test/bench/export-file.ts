import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { sampleExport } from '../../gateway/sandbox/samples/sample-export.ts'
import { benchVin } from './sample-vehicles.ts'

/** VINs are put into the same rows again and again: their 17 characters are all that tells vehicles apart. */
const template = 2_000

/** Writes the chunks that `make` gives for the serial they begin with, until there are enough bytes. @returns the rows */
const writeRows = async (
  file: string,
  bytes: number,
  [head, foot]: readonly [string, string],
  make: (serial: number) => Buffer,
): Promise<number> => {
  const out = createWriteStream(file)
  out.write(head)
  let count = 0
  for (let written = 0; written < bytes; count += template) {
    const chunk = make(count)
    if (!out.write(chunk)) await once(out, 'drain')
    written += chunk.length
  }
  out.end(foot)
  await once(out, 'finish')
  return count
}

const sampleRows = (): { header: string; rows: string[] } => {
  const [header = '', ...rows] = sampleExport(Array.from({ length: template }, (_, i) => benchVin(i)))
    .toString('latin1')
    .split('\r\n')
    .filter((line) => line !== '')
  return { header, rows }
}

/** The same vehicles as XML: `/VEHICLES/VEHICLE`, an element per column, numbers with a point. @returns the number of records */
export const writeXmlExport = (file: string, bytes: number): Promise<number> => {
  const { header, rows } = sampleRows()
  const names = header.split(';')
  const records = rows.map((row, i) => {
    const cells = row.split(';').map((cell) => (/^\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell))
    const xml = `<VEHICLE>${names.map((name, n) => `<${name}>${cells[n] ?? ''}</${name}>`).join('')}</VEHICLE>\n`
    return xml.split(benchVin(i)) as [string, string]
  })
  return writeRows(file, bytes, ['<?xml version="1.0" encoding="UTF-8"?>\n<VEHICLES>\n', '</VEHICLES>\n'], (serial) =>
    Buffer.from(records.map(([before, after], i) => `${before}${benchVin(serial + i)}${after}`).join('')),
  )
}

/**
 * Writes a Sage X3 export of at least `bytes` bytes: rows of the sample export, every VIN once.
 * @returns the number of rows
 */
export const writeExport = (file: string, bytes: number): Promise<number> => {
  const { header, rows } = sampleRows()
  const cells = rows.map((row, i) => row.split(benchVin(i)) as [string, string])
  return writeRows(file, bytes, [`${header}\r\n`, ''], (serial) => {
    const lines = cells.map(([before, after], i) => `${before}${benchVin(serial + i)}${after}`)
    return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1')
  })
}
