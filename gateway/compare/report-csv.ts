import { csvLines } from '../support/csv-lines.ts'
import type { Comparison } from './compare-sets.ts'

/** One line per difference, for a spreadsheet. */
export const reportCsv = ({ vehicles }: Comparison): string =>
  csvLines(
    [
      ['VIN', 'stage', 'path', 'element', 'ours', 'theirs'],
      ...vehicles.flatMap(({ vin, stage, differences, missing }): (string | number)[][] =>
        missing
          ? [[vin, stage, '/', '', missing === 'ours' ? 'no document' : '', missing === 'theirs' ? 'no document' : '']]
          : differences.map((d) => [vin, stage, d.path, d.element, d.ours ?? '', d.theirs ?? '']),
      ),
    ],
    ';',
  )
