import type { Language, Texts } from '../ivi/coc/coc-item.ts'

/** What a message says for a value that is not there. */
const nothing: Texts = { en: 'nothing', de: 'nichts', fr: 'rien' }

/** The text in a language with its `{name}`s filled in. */
export const fillText = (
  texts: Texts,
  language: Language,
  valueOf: (name: string) => string | number | undefined,
): string => texts[language].replace(/\{(\w+)\}/g, (_whole, name: string) => String(valueOf(name) ?? nothing[language]))
