import { readdir } from 'node:fs/promises'
import { extname } from 'node:path'
import { GatewayError } from '../contract/errors.ts'
import { languages, type Texts } from '../ivi/coc/coc-item.ts'
import type { ContentRule, Rule } from './rule.ts'

const codeForm = /^CHK-[A-Z]{2,6}-\d{3}$/
const severities: ReadonlySet<unknown> = new Set(['error', 'warning', 'info'])

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isTexts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && languages.every((one) => isText((value as Partial<Texts>)[one]))

const isRule = (value: unknown): value is Rule => {
  if (typeof value !== 'object' || value === null) return false
  const rule = value as Partial<Record<'form' | keyof ContentRule, unknown>>
  const { code, severity, title, clause, check, at, message, form } = rule
  return (
    typeof code === 'string' &&
    codeForm.test(code) &&
    severities.has(severity) &&
    isTexts(title) &&
    isTexts(message) &&
    isText(clause) &&
    (form === undefined
      ? isText(at) && typeof check === 'object' && check !== null
      : form === 'absent' || form === 'required')
  )
}

/** Throws when a topic file holds no rules or a code is used twice: a rule that is not run must not look like one that passes. */
export const verifyRules = (file: string, rules: unknown, seen: Set<string>): readonly Rule[] => {
  if (!Array.isArray(rules) || rules.length === 0 || !rules.every(isRule)) {
    throw new GatewayError({
      kind: 'bug',
      code: 'CHECKS-001',
      message: `${file} exports no well-formed "rules".`,
      hint: 'Export a list named "rules"; codes look like CHK-AXLE-001, title and message stand in en, de and fr.',
    })
  }
  for (const { code } of rules) {
    if (seen.has(code)) {
      throw new GatewayError({ kind: 'bug', code: 'CHECKS-002', message: `Rule code ${code} is used twice (${file}).` })
    }
    seen.add(code)
  }
  return rules
}

/**
 * Loads every topic file of `rules/`, in the order of their names. A new file there needs no edit elsewhere; in the
 * built appliance the same folder holds `.js`.
 * Throws GatewayError CHECKS-001 or CHECKS-002 (bug) for a malformed topic file or a code used twice.
 */
export const loadRules = async (): Promise<readonly Rule[]> => {
  const folder = new URL('./rules/', import.meta.url)
  const extension = extname(new URL(import.meta.url).pathname)
  const files = (await readdir(folder)).filter((name) => name.endsWith(extension) && !name.endsWith('.d.ts')).sort()
  const seen = new Set<string>()
  const topics: Rule[] = []
  for (const file of files) {
    const topic = (await import(new URL(file, folder).href)) as { readonly rules?: unknown }
    topics.push(...verifyRules(file, topic.rules, seen))
  }
  return topics
}
