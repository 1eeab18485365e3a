import type { RecordFields } from '../contract/flow.ts'

/** The steps of a field name; a dot goes into an object (`chassis.wheelbase`). */
export const fieldPath = (name: string): readonly string[] => name.split('.')

/** What stands at a field path; undefined when it is not there. Only own properties count: names come from outside. */
export const fieldAt = (
  fields: RecordFields,
  path: readonly string[],
): string | RecordFields | RecordFields[] | undefined => {
  let at: string | RecordFields | RecordFields[] | undefined = fields
  for (const step of path) {
    if (typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, step)) return undefined
    at = at[step]
  }
  return at
}

/** The trimmed text of a field; empty when it is absent or no text. */
export const textAt = (fields: RecordFields, path: readonly string[]): string => {
  const found = fieldAt(fields, path)
  return typeof found === 'string' ? found.trim() : ''
}
