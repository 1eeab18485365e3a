import type { InputField } from '../contract/index.ts'

/**
 * A value of a source's own dialect as plain text: what its declaration calls empty (`00000000`, `9999-12-31`) is nothing,
 * and a minus behind the number (as SAP writes it) goes before it. What is not declared is never guessed: it stays as it is.
 */
export const plainValue = (value: string, { empty, sign }: Pick<InputField, 'empty' | 'sign'>): string => {
  const text = value.trim()
  if (empty?.includes(text)) return ''
  if (sign !== 'trailing' || !/^\d[\d.,]*-$/.test(text)) return value
  return `-${text.slice(0, -1)}`
}
