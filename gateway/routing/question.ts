import { type ApprovalRule, approvalRules, holdsOn, isAmong, type Profile } from './dated-rules.ts'
import type { State } from './states.ts'

/** One document of a vehicle, and what decides where it goes. */
export interface Question {
  readonly profile: Profile
  readonly approvalCode: string | undefined
  readonly approving: State | undefined
  readonly destination: State | undefined
  readonly category: string | undefined
  readonly maker: string | undefined
  /** YYYY-MM-DD. */
  readonly on: string
}

/** First part of an approval number: `e4` of `e4*2018/858*00001*00`. */
export const codeOf = (number: string): string | undefined => /^([egn]\d{1,2})\*[^*]{1,20}\*/.exec(number.trim())?.[1]

/** Far enough in the future for every rule that is known: as the rules stand last. */
export const lastDay = '9999-12-31'

/** What the law says of an approval code on a day: the rule, or why there is none. */
export const ruleOfCode = (
  code: string,
  on: string,
  category: string | undefined,
): { readonly rule: ApprovalRule } | { readonly why: string; readonly isCategory: boolean } => {
  const ofCode = approvalRules.filter((rule) => rule.code === code)
  if (ofCode.length === 0) return { why: 'no state has it', isCategory: false }
  const now = ofCode.filter((rule) => holdsOn(rule, on))
  if (now.length === 0) {
    const ended = ofCode.find((rule) => rule.to !== undefined && rule.to < on)
    const began = ofCode.find((rule) => rule.from !== undefined)
    if (code === 'e11')
      return { why: 'e11 ended with the exit of the United Kingdom; g11 and n11 took its place', isCategory: false }
    return {
      why: ended ? `it ended on ${ended.to ?? ''}` : `it begins on ${began?.from ?? ''}`,
      isCategory: false,
    }
  }
  const rule = now.find((r) => isAmong(r.categories, category))
  if (rule) return { rule }
  const taken = now.flatMap((r) => r.categories ?? []).join(', ')
  return { why: `on it, eCoCs are taken for categories ${taken} only, not for ${category ?? ''}`, isCategory: true }
}
