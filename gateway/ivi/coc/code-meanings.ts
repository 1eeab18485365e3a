import { ivi20 } from '../catalogue.ts'
import type { Language, Texts } from './coc-item.ts'
import { readTable } from './read-table.ts'

/** A code of a code list: the type is the catalogue's, such as `GearboxTypeCode`. */
export interface ListedCode {
  readonly type: string
  readonly code: string
}

const keyOf = (type: string, code: string): string => `${type}\t${code}`

/** Both tables are read on first use; rows whose meaning is open have no texts and are left out. */
const load = (): { texts: ReadonlyMap<string, Texts>; regions: ReadonlyMap<string, string> } => ({
  texts: new Map(
    readTable('code-meanings.tsv')
      .filter((row) => row['confidence'] !== 'open')
      .map((row) => [
        keyOf(row['type'] ?? '', row['code'] ?? ''),
        { en: row['en'] ?? '', de: row['de'] ?? '', fr: row['fr'] ?? '' },
      ]),
  ),
  regions: new Map(
    readTable('code-meanings-countries.tsv').map((row) => [
      keyOf(row['type'] ?? '', row['code'] ?? ''),
      row['region'] ?? '',
    ]),
  ),
})

let tables: ReturnType<typeof load> | undefined
const displayNames = new Map<string, Intl.DisplayNames>()

/** Names of countries and languages come from ICU, so that no table repeats them. */
const nameOf = (type: 'region' | 'language', code: string, language: Language): string | undefined => {
  const key = `${type} ${language}`
  const names = displayNames.get(key) ?? new Intl.DisplayNames([language], { type, fallback: 'none' })
  displayNames.set(key, names)
  return names.of(code)
}

const isListed = (type: string, code: string): boolean => ivi20.types.get(type)?.codes?.includes(code) === true

/**
 * What a code of a code list means, in words: `GearboxTypeCode`, `C` is `Stufenloses Getriebe (CVT)`.
 * @param type name of the catalogue's type, e.g. `ViennaCountryCode`
 * @returns undefined where no source says, or where the list has no such code: a meaning is never guessed
 */
export const meaningOf = (type: string, code: string, language: Language): string | undefined => {
  if (!isListed(type, code)) return undefined
  if (type === 'EuCountryCode') return nameOf('region', code, language)
  if (type === 'EuLanguageCode') return nameOf('language', code, language)
  tables ??= load()
  const region = tables.regions.get(keyOf(type, code))
  return region === undefined ? tables.texts.get(keyOf(type, code))?.[language] : nameOf('region', region, language)
}

/** Codes of IVI 2.0 whose meaning no source says yet, in the catalogue's order. */
export const codesWithoutMeaning = (): readonly ListedCode[] =>
  [...ivi20.types.values()].flatMap(({ name, codes = [] }) =>
    codes.filter((code) => meaningOf(name, code, 'en') === undefined).map((code) => ({ type: name, code })),
  )
