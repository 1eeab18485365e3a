import type { ContentRule, When } from './rule.ts'
import { say } from './coc-path.ts'

type InThree = readonly [en: string, de: string, fr: string]

/** A content rule written flat: `only` is the condition under which it applies, texts stand in the order en, de, fr. */
export interface RuleSpec extends Omit<ContentRule, 'when' | 'title' | 'message' | 'form'>, Omit<When, 'if'> {
  readonly only?: When['if']
  readonly title: InThree
  readonly message: InThree
}

/** Builds the rule of a flat spec. */
export const makeRule = (spec: RuleSpec): ContentRule => {
  const { only, categories, exactCategories, stages, types, title, message, ...rest } = spec
  return {
    ...rest,
    title: say(...title),
    message: say(...message),
    when: {
      ...(categories === undefined ? {} : { categories }),
      ...(exactCategories === undefined ? {} : { exactCategories }),
      ...(stages === undefined ? {} : { stages }),
      ...(types === undefined ? {} : { types }),
      ...(only === undefined ? {} : { if: only }),
    },
  }
}
