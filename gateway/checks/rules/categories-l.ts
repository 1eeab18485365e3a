import { cocPath } from '../coc-path.ts'
import { lCategoryLimits } from '../legal-limits.ts'
import { limitRule } from '../limit-rule.ts'
import type { Condition, Rule } from '../rule.ts'

const ignition = (pattern: RegExp): Condition => ({ matches: [cocPath('WorkingPrinciple'), pattern] })

/** Up to 50 cm³ with positive ignition, up to 500 cm³ with compression ignition. */
const kinds: Readonly<Record<string, Condition>> = {
  'CHK-LCAT-033': ignition(/^INTPI$/),
  'CHK-LCAT-034': ignition(/^INTCI$/),
}

/** Classification of two- and three-wheelers and quadricycles; a new criterion is one line in legal-limits.ts. */
export const rules: readonly Rule[] = lCategoryLimits.map((limit) => {
  const only = kinds[limit.code]
  return limitRule(limit, only === undefined ? {} : { only })
})
