import { isVin } from './vin-series.ts'
import type { Vin } from '../contract/ids.ts'

export interface AnnouncedVehicle {
  readonly vin: Vin
  readonly type?: string
  readonly variant?: string
  readonly version?: string
  readonly note?: string
}

const mostRows = 5000
const columns = ['vin', 'type', 'variant', 'version', 'note'] as const

const cellsOf = (line: string, delimiter: string): string[] =>
  line.split(delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .slice(0, 200),
  )

/**
 * A list of announced vehicles: one VIN a line, or columns VIN, type, variant, version (of the completing approval) and note,
 * divided by `;`, `,` or tab, with or without a header line that names them.
 * @returns the vehicles and, line by line, what cannot be read
 */
export const readAnnouncements = (text: string): { vehicles: AnnouncedVehicle[]; faults: string[] } => {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const delimiter = [';', '\t', ','].find((d) => lines[0]?.includes(d)) ?? ';'
  const first = cellsOf(lines[0] ?? '', delimiter).map((cell) => cell.toLowerCase())
  const isHeader = first.includes('vin')
  const order = isHeader ? first : columns
  const vehicles = new Map<string, AnnouncedVehicle>()
  const faults: string[] = []
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || (isHeader && i === 0)) continue
    if (vehicles.size >= mostRows) return { vehicles: [], faults: [`There are more than ${mostRows} vehicles.`] }
    const cells = cellsOf(line, delimiter)
    const of = (name: string): string => cells[(order as readonly string[]).indexOf(name)] ?? ''
    const vin = of('vin').toUpperCase()
    if (!isVin(vin)) {
      faults.push(`Line ${i + 1}: “${vin.slice(0, 40)}” is no VIN.`)
      continue
    }
    const said = columns.slice(1).flatMap((name) => (of(name) === '' ? [] : [[name, of(name)] as const]))
    vehicles.set(vin, { vin, ...Object.fromEntries(said) })
  }
  if (vehicles.size === 0 && faults.length === 0) faults.push('The list names no vehicle.')
  return { vehicles: [...vehicles.values()], faults }
}
