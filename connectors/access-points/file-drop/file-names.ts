const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Values come from records: nothing but letters, digits, `_ -` of them reaches a file name, so none begins with a dot. */
const safe = (text: string): string => text.replace(/[^\w-]/g, '_').slice(0, 100)

/** The name of a document's file. */
export const fillName = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, key: string) => safe(values[key] ?? ''))

/** Finds names made by a template when only the reference is known: every other part may be anything. */
export const nameMatcher = (template: string, iviReferenceId: string): ((name: string) => boolean) => {
  const parts = template.split(/(\{\w+\}|\*)/).map((part) => {
    if (part === '{iviReferenceId}') return escape(iviReferenceId)
    return part === '*' || /^\{\w+\}$/.test(part) ? '[^/]*' : escape(part)
  })
  const pattern = new RegExp(`^${parts.join('')}$`, 'i')
  return (name) => !name.startsWith('.') && pattern.test(name)
}
