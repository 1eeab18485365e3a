import { readdir } from 'node:fs/promises'
import type { Change } from './rules-sample.ts'

/**
 * One case that breaks a rule and one that keeps it where it applies; the sample itself keeps a rule without `good`.
 *
 * How to add cases: write a file `cases/<topic>.ts` that exports `cases: Cases`, keyed by rule code. It is found by
 * itself. `bad` and `good` are changes to the sample of rules-sample.ts (paths below CocDataGroup, or from the root
 * with a leading slash; `undefined` takes an element away). The bad case must give the rule's own code and no other
 * error but those in `implies`. The good case must not give it. case-paths.ts has short forms of long paths. Every rule
 * has exactly one case.
 */
export interface RuleCase {
  readonly bad: Change
  readonly good?: Change
  /** Where the finding must point. */
  readonly path?: string
  /** Codes of other errors that the bad case cannot be without. Warnings need no mention. */
  readonly implies?: readonly string[]
}

export type Cases = Readonly<Record<string, RuleCase>>

/** The cases of every file in `cases/`. */
export const loadCases = async (): Promise<ReadonlyMap<string, RuleCase>> => {
  const folder = new URL('./cases/', import.meta.url)
  const all = new Map<string, RuleCase>()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()) {
    const { cases } = (await import(new URL(file, folder).href)) as { readonly cases: Cases }
    for (const [code, one] of Object.entries(cases)) {
      if (all.has(code)) throw new Error(`${code} has two cases, one of them in ${file}`)
      all.set(code, one)
    }
  }
  return all
}
