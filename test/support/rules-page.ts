import { elementAt } from '../../gateway/checks/make-finding.ts'
import type { Rule } from '../../gateway/checks/rule.ts'
import { findElement, type IviElement } from '../../gateway/ivi/catalogue.ts'
import { cocItems, type Regulation } from '../../gateway/ivi/coc/coc.ts'

const acts: readonly (readonly [Regulation, readonly string[]])[] = [
  ['2018/858', ['M', 'N', 'O']],
  ['168/2013', ['L']],
  ['167/2013', ['T', 'C', 'R', 'S']],
]

const categoriesOf = ({ when }: Rule): readonly string[] => [
  ...(when?.categories ?? []),
  ...(when?.exactCategories ?? []).map((category) => `only ${category}`),
]

const namesWithin = (element: IviElement | undefined): ReadonlySet<string> =>
  new Set(element && [element.name, ...element.children.flatMap((child) => [...namesWithin(child)])])

/** The number on each form that the rule can concern: `13.2; L 2.1.1`. */
const itemsOf = (rule: Rule): string => {
  if (rule.form !== undefined) return 'all'
  const names = namesWithin(findElement(elementAt(rule.at)))
  const letters = categoriesOf(rule).map((category) => category.replace('only ', '').charAt(0))
  const numbers = acts.flatMap(([act, of]) => {
    if (letters.length > 0 && !letters.some((letter) => of.includes(letter))) return []
    const item = cocItems[act].find((one) => one.number !== '' && one.elements.some(({ name }) => names.has(name)))
    return item === undefined ? [] : [act === '2018/858' ? item.number : `${of.join(', ')} ${item.number}`]
  })
  return numbers.join('; ') || '–'
}

const whenOf = (rule: Rule): string => {
  const { stages, types } = rule.when ?? {}
  const parts = [categoriesOf(rule).join(', ') || 'all', stages && `stage ${stages.join(', ')}`, types?.join(', ')]
  return parts.filter(Boolean).join('; ')
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const topicOf = (rule: Rule): string => rule.code.split('-')[1] ?? ''

/** docs/rules.md: every content rule, from the rules themselves. */
export const rulesPage = (rules: readonly Rule[]): string => {
  const topics = [...new Set(rules.map(topicOf))].sort()
  const errors = rules.filter((rule) => rule.severity === 'error').length
  const head = `# Content rules

What the gateway checks beyond the schema, before it signs, and in \`ecoc check\`: ${rules.length} rules, ${errors} of them errors.
This page is made from the rules (\`UPDATE_GOLDEN=1 npx tap test/unit/docs/rules-documented.test.ts\`); a test holds it against them.

- **item** is the number of the element on the certificate of 2018/858; behind a category letter that of the other acts.
- **for** lists the beginnings of the vehicle categories that the rule is for (\`M1\` is M1, M1G and M1S).
- An **error** stops the eCoC, a **warning** and an **info** go along with it. Values that are absent pass, unless the rule asks for them.
- Words in braces stand for the values; every finding carries them as \`params\`. \`ecoc check --language de\` (or \`fr\`) says it in that language.

A site can hear a rule more softly, or not at all, with a reason that stands in the findings and in the audit (\`rule.switched\`).
Schema findings cannot be switched. In \`gateway.yaml\`:

\`\`\`yaml
checks:
  rules:
    - code: CHK-TOW-004
      severity: info # warning, info or off
      reason: Trailer bodies are not in the ERP before 2027.
\`\`\`
`
  const sections = topics.map((topic) => {
    const rows = rules
      .filter((rule) => topicOf(rule) === topic)
      .toSorted((a, b) => a.code.localeCompare(b.code))
      .map((rule) =>
        [`\`${rule.code}\``, itemsOf(rule), whenOf(rule), rule.severity, rule.clause, rule.message.en].map(cell),
      )
    const lines = [['code', 'item', 'for', 'severity', 'source', 'message'], Array<string>(6).fill('---'), ...rows]
    return `## CHK-${topic}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
  })
  return [head, ...sections].join('\n')
}
