import type { Severity } from '../contract/finding.ts'
import type { Rule } from './rule.ts'

/** What a site decided about a rule: to hear it more softly, or not at all, and why. */
export interface RuleSwitch {
  readonly code: string
  readonly severity: Exclude<Severity, 'error'> | 'off'
  readonly reason: string
}

/** A rule as it is in force at this site. */
export interface SwitchedRule {
  readonly rule: Rule
  /** Why it is softer than it is written; stands in each of its findings as `params.switched`. */
  readonly switched?: string
}

/** The rules in force: those that are off are gone, the others speak with the severity that was chosen. */
export const switchRules = (rules: readonly Rule[], switches: readonly RuleSwitch[]): readonly SwitchedRule[] => {
  const byCode = new Map(switches.map((one) => [one.code, one]))
  return rules.flatMap((rule): SwitchedRule[] => {
    const chosen = byCode.get(rule.code)
    if (chosen === undefined) return [{ rule }]
    if (chosen.severity === 'off') return []
    return [{ rule: { ...rule, severity: chosen.severity }, switched: chosen.reason }]
  })
}
