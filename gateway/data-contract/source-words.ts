import type { SourceText } from './describe-source.ts'
import type { Words } from './words.ts'

/** A source in one line: `MASS_RO`, `always V`, `LENGTH, else base eCoC Length`, `row 1: …; row 2: …`. */
export const sourceWords = (source: SourceText, words: Words): string => {
  const { origin, parts } = source
  if (origin === 'rows')
    return parts.map((p, i) => words('row', { n: i + 1, text: sourceWithCondition(p, words) })).join('; ')
  if (origin === 'first') return parts.map((p) => sourceWithCondition(p, words)).join(`, ${words('else')} `)
  return words(`origin.${origin}`, { text: source.text })
}

const sourceWithCondition = (source: SourceText, words: Words): string => {
  const text = sourceWords(source, words)
  return source.when === undefined ? text : `${text} (${words('when', { text: source.when })})`
}

/** Rounding, dates, codes, defaults and the condition, in one line; empty where there are none. */
export const ruleWords = ({ notes, when, optional }: SourceText, words: Words): string =>
  [
    ...notes.map(({ kind, text }) => words(`note.${kind}`, { text })),
    ...(when === undefined ? (optional ? [words('optional')] : []) : [words('when', { text: when })]),
  ].join('; ')

/** `t → kg`; the element's own unit where nothing is converted. */
export const unitWords = ({ unit }: SourceText, own: string | undefined): string => {
  if (unit && unit.from !== unit.to) return `${unit.from} → ${unit.to}`
  return own ?? ''
}
