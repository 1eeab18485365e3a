import { readFileSync } from 'node:fs'
import { GatewayError } from '../contract/errors.ts'
import type { Language, Texts } from '../ivi/coc/coc.ts'

const texts = JSON.parse(readFileSync(new URL('texts.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Texts>
>

export type TextOf = (key: string, values?: Readonly<Record<string, string>>) => string

/** Whether the print form has a wording of that key, for keys that are made from codes of the document. */
export const hasText = (key: string): boolean => Object.hasOwn(texts, key)

/**
 * The wordings of the print form in a language; `{name}` in one stands for the value of that name.
 * @throws GatewayError PRN-001 (bug) for a key that texts.json does not have
 */
export const textsIn =
  (language: Language): TextOf =>
  (key, values = {}) => {
    const text = texts[key]?.[language]
    if (text === undefined)
      throw new GatewayError({
        kind: 'bug',
        code: 'PRN-001',
        message: `The print form has no wording "${key.slice(0, 80)}" in ${language}.`,
        hint: 'Add it to gateway/print/texts.json.',
      })
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  }
