import type { Language, Texts } from './coc-item.ts'
import { readTable } from './read-table.ts'

let labels: ReadonlyMap<string, Texts> | undefined

/** Read on first use: most commands never show a label. */
const load = (): ReadonlyMap<string, Texts> =>
  new Map(
    readTable('labels.tsv').map((row) => [
      row['name'] ?? '',
      { en: row['en'] ?? '', de: row['de'] ?? '', fr: row['fr'] ?? '' },
    ]),
  )

/**
 * A plain label of an element or group, as homologation staff say it: `Wheelbase, adjustable, minimum`. At most 70 characters.
 * A name that IVI 2.0 does not have (a later release) is spelt out from its words, in English.
 */
export const labelOf = (element: string, language: Language): string => {
  labels ??= load()
  return labels.get(element)?.[language] ?? element.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
}
