import { readFileSync } from 'node:fs'
import type { Language } from '../ivi/coc/coc.ts'

const tables = JSON.parse(readFileSync(new URL('texts.json', import.meta.url), 'utf8')) as Readonly<
  Record<Language, Readonly<Record<string, string>>>
>

/** Finds a text by its key, `{name}` replaced by what is given. */
export type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** The words of a language; a key that it lacks stands as it is, and a test finds it. */
export const wordsIn = (language: Language): Words => {
  const table = tables[language]
  return (key, params = {}) =>
    (table[key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
