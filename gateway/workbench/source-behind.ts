import type { DeclaredLine } from '../data-contract/declared-lines.ts'
import type { Origin, SourceText } from '../data-contract/describe-source.ts'
import { parsePath } from '../ivi/paths.ts'

const originsOf = (source: SourceText): readonly Origin[] => [source.origin, ...source.parts.flatMap(originsOf)]

const originMarks: readonly (readonly [mark: string, origins: readonly Origin[]])[] = [
  ['base', ['base']],
  ['approval', ['approval']],
  ['record:', ['record']],
  ['expr:', ['expression']],
  ['lookup:', ['lookup']],
  ['setting:', ['setting']],
]

/** Of a row of `rows` or a choice of `first`: the part that gave the value, where it can be told. */
const partBehind = (source: SourceText, provenance: string, row: number | undefined): SourceText => {
  if (source.origin === 'rows') return source.parts[(row ?? 0) - 1] ?? source
  if (source.origin !== 'first') return source
  const wanted = originMarks.find(([mark]) => provenance.startsWith(mark))?.[1] ?? []
  const able = source.parts.filter((part) => originsOf(part).some((origin) => wanted.includes(origin)))
  const exact = able.find((part) => part.text !== '' && provenance.includes(part.text))
  return exact ?? (able.length === 1 ? (able[0] ?? source) : source)
}

/** The source of a mapper that a value came from; undefined for what was taken over from base or master data. */
export const sourceBehind = (
  path: string,
  provenance: string,
  lines: readonly DeclaredLine[],
): SourceText | undefined => {
  if (provenance === 'engine') return undefined
  const steps = parsePath(path)
  const element = steps.at(-1)?.name
  const row = steps.findLast((step) => step.index !== undefined)?.index
  const fits = lines.filter((line) => line.element === element && (line.row === undefined || line.row === row))
  const taken = provenance === 'base' || provenance === 'approval'
  const able = taken ? fits.filter((line) => originsOf(line.source).includes(provenance)) : fits
  // The line that names the row says it more exactly than one for all rows.
  const line = able.findLast((one) => one.row !== undefined) ?? able.at(-1)
  return line && partBehind(line.source, provenance, row)
}
