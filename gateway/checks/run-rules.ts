import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { compileRule, type DocumentKind } from './compile-rule.ts'
import { loadRules } from './load-rules.ts'
import { compilePath, locateRoot, textOf, type Located } from './located.ts'
import type { Rule } from './rule.ts'

/** The content rules, compiled once. */
export interface RuleSet {
  readonly rules: readonly Rule[]
  /**
   * Checks a document's content, synchronously and without limits of its own: the tree comes from the strict reader or
   * from mapping. Findings come in the order of the rules, layer `rules`, with paths and the values in `params`.
   */
  check(tree: IviTree): Finding[]
}

const category = compilePath('/CocDataGroup/VehicleCategory')
const stage = compilePath('/CocDataGroup/StageOfCompletion')

const kindOf = (root: Located): DocumentKind => {
  const text = (found: readonly Located[]): string => (found[0] === undefined ? '' : (textOf(found[0]) ?? ''))
  return { category: text(category(root)), stage: text(stage(root)) }
}

/** Compiles the rules given. Throws GatewayError CHECKS-003 (bug) when one uses an undefined name. */
export const compileRules = (rules: readonly Rule[]): RuleSet => {
  const compiled = rules.map(compileRule)
  return {
    rules,
    check: (tree) => {
      const root = locateRoot(tree)
      const kind = kindOf(root)
      const found: Finding[] = []
      for (const run of compiled) run(root, kind, found)
      return found
    },
  }
}

/** Loads and compiles every rule of `rules/`. Throws GatewayError CHECKS-001 to CHECKS-003 (bug) for a malformed rule. */
export const createRules = async (): Promise<RuleSet> => compileRules(await loadRules())
