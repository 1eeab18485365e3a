import { withoutIndexes } from '../ivi/paths.ts'
import type { MapperDifference } from '../workbench/compare-mappers.ts'
import type { Preview } from '../workbench/preview.ts'
import type { TestResult } from '../workbench/run-tests.ts'
import type { Suggestion } from '../workbench/suggest.ts'
import type { Io } from './command.ts'

const shortPath = (path: string): string => path.split('/').slice(-2).join('/')

const hints = (suggestions: readonly Suggestion[], io: Io): void => {
  for (const { line, score } of suggestions) io.out(`            perhaps  ${line}   (${score} %)`)
}

/** A preview for people: what the mapper made by itself, what is missing, what nobody reads, what is wrong. */
export const printPreview = (preview: Preview, io: Io): void => {
  const { vehicle, fields, unmapped, unused, findings, mapped } = preview
  const form = [vehicle.category, vehicle.stage].filter((part) => part !== null).join(' ')
  io.out(`${vehicle.vin || 'a record without a VIN'} ${form}: ${mapped ? 'mapped' : 'NOT mapped'}`)
  for (const field of fields.filter((f) => f.expression !== '')) {
    const read = field.read.map(({ field: name, value }) => `${name} "${value}"`).join(', ')
    const value = `${field.value}${field.unit === '' ? '' : ` ${field.unit}`}`
    io.out(`  ${field.item.padEnd(7)} ${shortPath(field.path)} = ${value}`)
    io.out(`            ${read === '' ? '' : `${read} → `}${field.expression}`)
  }
  const rest = fields.length - fields.filter((f) => f.expression !== '').length
  io.out(`  ${rest} more from base eCoC and master data`)
  if (unmapped.length > 0) io.out(`  Required and not there: ${unmapped.length}`)
  for (const { item, path, label, suggestions } of unmapped) {
    io.out(`  ${item.padEnd(7)} ${shortPath(path)}  ${label}`)
    hints(suggestions, io)
  }
  if (unused.length > 0) io.out(`  Fields that nothing reads: ${unused.length}`)
  for (const { field, value, suggestions } of unused) {
    io.out(`          ${field} "${value}"`)
    hints(suggestions, io)
  }
  for (const f of findings)
    io.out(`  ${f.severity.padEnd(7)} ${f.code.padEnd(14)} ${withoutIndexes(f.path)}\n          ${f.message}`)
}

export const printTests = (mapper: string, results: readonly TestResult[], io: Io): void => {
  if (results.length === 0) io.out(`${mapper} has no test cases (docs/workbench.md).`)
  for (const { name, ok, problems } of results) {
    io.out(`  ${ok ? 'ok' : 'NOT ok'}  ${name}`)
    for (const problem of problems) io.out(`          ${problem}`)
  }
}

export const printDifference = (difference: MapperDifference, io: Io): void => {
  const { records, changed, nowRefused, nowMapped, refusedByBoth, elements } = difference
  io.out(`  ${changed} of ${records} record(s) change`)
  if (nowRefused.records > 0)
    io.out(`  ${nowRefused.records} can no longer be mapped, such as ${nowRefused.example ?? ''}`)
  if (nowMapped.records > 0) io.out(`  ${nowMapped.records} can be mapped now, such as ${nowMapped.example ?? ''}`)
  if (refusedByBoth > 0) io.out(`  ${refusedByBoth} can be mapped by neither`)
  for (const { element, records: n, example } of elements)
    io.out(`  ${String(n).padStart(5)}  ${element}: ${example.from ?? '–'} → ${example.to ?? '–'} (${example.vin})`)
}
