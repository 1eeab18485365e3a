import { readFileSync } from 'node:fs'
import { unitNames } from '../mapping/units.ts'

const letters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', œ: 'oe' }

/** Lower case, without accents; umlauts as they are written where there are none (`LAENGE`). */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[äöüßæœ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')

const stopWords = new Set(
  'a an and as at by de der des die das den dem du du en et for from im in is la le les of on or ou par pour the to und von with zu zur zum mit aux au sur'.split(
    ' ',
  ),
)

/** The words of a name or label, folded: `MassInRunningOrder`, `MASS_RO`, `Masse in fahrbereitem Zustand`. */
export const wordsOf = (text: string): readonly string[] =>
  fold(text.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' '))
    .replaceAll(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !stopWords.has(word))

const [, ...rows] = readFileSync(new URL('abbreviations.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const abbreviations = new Map(rows.map((row) => [row.split('\t')[0] ?? '', row.split('\t')[1]?.split(' ') ?? []]))
const units = new Map(unitNames.map((unit) => [unit.toLowerCase(), unit]))

export interface FieldWords {
  readonly words: readonly string[]
  /** Said by the name itself: `L_M`, `MASS_KG`. */
  readonly unit: string | undefined
}

/** What a longer name says beyond this decides nothing; names come from outside. */
const maxName = 100
const remembered = new Map<string, FieldWords>()

/** The words of a field's name with abbreviations spelt out, and the unit at its end. Asked again for every element. */
export const fieldWords = (name: string): FieldWords => {
  const asked = name.slice(0, maxName)
  const known = remembered.get(asked) ?? readName(asked)
  if (remembered.size >= 2000) remembered.clear()
  remembered.set(asked, known)
  return known
}

const readName = (name: string): FieldWords => {
  const all = wordsOf(name.replace(/^config\./, '').replaceAll('[].', ' '))
  const last = all.at(-1) ?? ''
  const unit = all.length > 1 ? units.get(last) : undefined
  const words = unit === undefined ? all : all.slice(0, -1)
  return { words: words.flatMap((word) => abbreviations.get(word) ?? [word]), unit }
}
