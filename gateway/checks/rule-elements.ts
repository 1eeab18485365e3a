import type { Rule } from './rule.ts'

/** Strings anywhere in a rule's data; patterns and messages are no data about elements. */
const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (value instanceof RegExp || typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

/**
 * The elements a rule reads or points at, by name: the last step of each of its paths. For telling which rules a new
 * release of IVI touches. A rule over the whole document (`form`) names none: it follows the tables of the certificate.
 * @param isElement tells element names from codes, which stand in a rule too
 */
export const elementsOfRule = (rule: Rule, isElement: (name: string) => boolean): ReadonlySet<string> => {
  const {
    each,
    let: values,
    check,
    at,
    when,
  }: Partial<Record<'each' | 'let' | 'check' | 'at' | 'when', unknown>> = {
    ...rule,
  }
  const condition = typeof when === 'object' && when !== null && 'if' in when ? when.if : undefined
  const names = stringsIn([each, values, check, at, condition]).map((text) => text.slice(text.lastIndexOf('/') + 1))
  return new Set(names.filter(isElement))
}
