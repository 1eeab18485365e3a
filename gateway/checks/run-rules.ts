import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { compileRule } from './compile-rule.ts'
import { kindOf } from './document-kind.ts'
import { loadRules } from './load-rules.ts'
import { locateRoot } from './located.ts'
import { orderFindings } from './order-findings.ts'
import type { Rule } from './rule.ts'
import { switchRules, type RuleSwitch } from './switch-rules.ts'

/** The content rules, compiled once. */
export interface RuleSet {
  /** All that there are, those that are off too. */
  readonly rules: readonly Rule[]
  /**
   * Checks a document's content, synchronously and without limits of its own: the tree comes from the strict reader or
   * from mapping. Findings come in the order of the certificate (order-findings.ts), layer `rules`, with paths, and with the values,
   * item number and label in `params`.
   */
  readonly check: (tree: IviTree) => Finding[]
}

/** Compiles the rules given, as the site has switched them. Throws GatewayError CHECKS-003 (bug) when one uses an undefined name. */
export const compileRules = (rules: readonly Rule[], switches: readonly RuleSwitch[] = []): RuleSet => {
  const compiled = switchRules(rules, switches).map(({ rule, switched }) => compileRule(rule, switched))
  return {
    rules,
    check: (tree) => {
      const root = locateRoot(tree)
      const kind = kindOf(root)
      const found: Finding[] = []
      for (const run of compiled) run(root, kind, found)
      return orderFindings(found, kind)
    },
  }
}

/**
 * Loads and compiles every rule of `rules/`, as the site has switched them.
 * Throws GatewayError CHECKS-001 to CHECKS-003 (bug) for a malformed rule.
 */
export const createRules = async (switches: readonly RuleSwitch[] = []): Promise<RuleSet> =>
  compileRules(await loadRules(), switches)
