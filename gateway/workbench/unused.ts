import { declaredLines, usedFields } from '../data-contract/declared-lines.ts'
import { findElement, ivi20 } from '../ivi/catalogue.ts'
import { requirementOf } from '../ivi/coc/coc.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { ownElements } from '../mapping/take.ts'
import { bestSuggestions, guessedFields, type Suggestion } from './suggest.ts'
import type { FormView, UnmappedElement } from './unmapped.ts'

/** A field of the record that the mapper does not read. */
export interface UnusedField {
  readonly field: string
  readonly value: string
  /** Whether the mapper declares it. */
  readonly declared: boolean
  readonly suggestions: readonly Suggestion[]
}

/** A field counts as used with all below it, but the entries of a list are asked one by one where a line reads them so. */
const isUsed = (field: string, used: ReadonlySet<string>): boolean => {
  if (used.has(field)) return true
  const [list] = field.split('[].')
  const inList = list !== undefined && list !== field
  if (inList && [...used].some((name) => name.startsWith(`${list}[].`))) return false
  const parts = field.replaceAll('[]', '').split('.')
  return parts.some((_, i) => i > 0 && used.has(parts.slice(0, i).join('.')))
}

/** Elements a field may still be for: on the form, and not written from the record yet; those that are missing come first. */
const openElements = (
  mapper: Mapper,
  { category, stage }: FormView,
  unmapped: readonly UnmappedElement[],
): string[] => {
  const written = new Set(
    declaredLines(mapper.declared)
      .filter(({ source }) => source.fields.length > 0)
      .map((line) => line.element),
  )
  const missing = new Set(unmapped.map(({ element }) => element))
  return [...ivi20.elements.keys()].filter((name) => {
    if (!findElement(name)?.leaf || ownElements.has(name) || written.has(name)) return false
    if (missing.has(name) || category === undefined || stage === undefined) return true
    return requirementOf(name, category, stage) !== 'absent'
  })
}

/** The fields that nothing reads, in the order of the record, each with the elements it may be for. */
export const unusedFields = (
  mapper: Mapper,
  fields: ReadonlyMap<string, string>,
  view: FormView & { readonly unmapped: readonly UnmappedElement[] },
): readonly UnusedField[] => {
  const used = usedFields(mapper)
  const declared = new Set([
    ...mapper.input.fields.map((field) => field.name),
    ...Object.keys(mapper.declared.configurator?.characteristics ?? {}).map((name) => `config.${name}`),
  ])
  const unused = [...new Set([...declared, ...fields.keys()])].filter((name) => {
    const structure = mapper.input.fields.find((f) => f.name === name)?.type
    return structure !== 'list' && structure !== 'object' && !isUsed(name, used)
  })
  if (unused.length === 0) return []
  const open = openElements(mapper, view, view.unmapped)
  return unused.map((field, i) => {
    const value = fields.get(field) ?? ''
    const isDeclared = declared.has(field) || declared.has(field.split(/[.[]/)[0] ?? '')
    const suggestions = i < guessedFields ? bestSuggestions([[field, value]], open, view.category) : []
    return { field, value, declared: isDeclared, suggestions }
  })
}
