import { readFileSync } from 'node:fs'

/** A lawful tolerance, as a row of tolerances.tsv says it. */
export interface LawfulTolerance {
  /** IVI element. */
  readonly field: string
  /** Beginnings of vehicle categories. */
  readonly categories: readonly string[]
  readonly vehicles: 'all' | 'special-purpose'
  /** Decimal string. */
  readonly percent: string
  readonly article: string
}

const [, ...lines] = readFileSync(new URL('tolerances.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')

/** Every tolerance of the law with its article; docs/drift.md prints it, and a test holds the two together. */
export const lawfulTolerances: readonly LawfulTolerance[] = lines.map((line) => {
  const [field = '', categories = '', vehicles = '', percent = '', article = ''] = line.split('\t')
  return {
    field,
    categories: categories.split(' '),
    vehicles: vehicles === 'special-purpose' ? vehicles : 'all',
    percent,
    article,
  }
})
