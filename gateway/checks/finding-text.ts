import type { Finding } from '../contract/finding.ts'
import { labelOf, type Language } from '../ivi/coc/coc.ts'
import { fillText } from './fill-text.ts'
import { loadRules } from './load-rules.ts'
import { elementAt } from './make-finding.ts'
import type { Rule } from './rule.ts'

/** Gives the text of a finding in a language. */
export type FindingText = (finding: Pick<Finding, 'code' | 'message' | 'params' | 'path'>, language: Language) => string

/**
 * Texts of findings from code and params: for the UI, answers and print. What is no finding of these rules, or has no
 * params any more, keeps its English message.
 */
export const findingTexts = (rules: readonly Rule[]): FindingText => {
  const messages = new Map(rules.map((rule) => [rule.code, rule.message]))
  return ({ code, message, params, path }, language) => {
    const texts = messages.get(code)
    if (texts === undefined || params === undefined) return message
    return fillText(texts, language, (name) => (name === 'label' ? labelOf(elementAt(path), language) : params[name]))
  }
}

/** The texts of every rule there is. Throws GatewayError CHECKS-001 or CHECKS-002 (bug) for a malformed rule. */
export const loadFindingTexts = async (): Promise<FindingText> => findingTexts(await loadRules())
