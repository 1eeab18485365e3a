import de from '../translations/de.json' with { type: 'json' }
import en from '../translations/en.json' with { type: 'json' }

export type Key = keyof typeof en
type Table = Readonly<Record<Key, string>>

const tables: Readonly<Record<string, Table>> = { en, de }
/** The languages there are, each in its own words. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
] as const

let current = 'en'
const listeners = new Set<() => void>()

export const language = (): string => current

/** How dates are written in the current language: day before month, as everywhere where CoCs are issued. */
export const locale = (): string => (current === 'en' ? 'en-GB' : current)

/** The first of the wanted languages that there is; English where there is none. */
export const pickLanguage = (wanted: readonly string[]): string =>
  wanted.map((w) => w.slice(0, 2).toLowerCase()).find((w) => w in tables) ?? 'en'

export const setLanguage = (code: string): void => {
  current = pickLanguage([code])
  for (const listener of listeners) listener()
}

/** Calls back whenever the language changes; returns how to stop that. */
export const onLanguage = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The text of a key in the current language, `{name}` replaced by what is given. */
export const t = (key: Key, params: Readonly<Record<string, string | number>> = {}): string =>
  (tables[current] ?? en)[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : String(value)
  })
