import { test } from 'tap'
import { compileRules } from '../../../gateway/checks/run-rules.ts'
import type { Condition, ContentRule, When } from '../../../gateway/checks/rule.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'

/** Expects a rule of that form to pass the good data and to find the bad: data below CocDataGroup, elements invented. */
const form = (
  name: string,
  part: Partial<ContentRule> & { check: Condition },
  good: IviTree[],
  bad: IviTree[],
): void => {
  const text = { en: 'wrong', de: 'falsch', fr: 'faux' }
  const rule: ContentRule = {
    ...{ code: 'CHK-TEST-001', title: text, severity: 'error', clause: 'none', at: '/CocDataGroup', message: text },
    ...part,
  }
  const { check } = compileRules([rule])
  test(name, (t) => {
    for (const data of good) t.same(check({ CocDataGroup: data }), [], `passes ${JSON.stringify(data)}`)
    for (const data of bad) t.equal(check({ CocDataGroup: data }).length, 1, `finds ${JSON.stringify(data)}`)
    t.end()
  })
}
const at = (path: string): string => `/CocDataGroup/${path}`
const rows = (...texts: string[]): IviTree => ({ Row: texts.map((N) => ({ N })) })
const present = (name: string): Condition => ({ present: [at(name)] })

form('1 VALUE IS PRESENT', { check: present('A') }, [{ A: '1' }], [{}, { A: ' ' }])
form('1 VALUE IS ABSENT', { check: { absent: [at('A')] } }, [{}], [{ A: '1' }])
form(
  '2 VALUE IS PRESENT IF @f IS PRESENT',
  { when: { if: present('F') }, check: present('A') },
  [{}, { A: '1' }, { A: '1', F: '1' }],
  [{ F: '1' }],
)
const nested: When = {
  if: { all: [{ any: [present('F'), present('G')] }, { all: [present('H'), { absent: [at('I')] }] }] },
}
form(
  '3 … IF ANY <conds> IF ALL <conds>',
  { when: nested, check: present('A') },
  [{ F: '1' }, { F: '1', H: '1', I: '1' }, { H: '1' }],
  [
    { F: '1', H: '1' },
    { G: '1', H: '1' },
  ],
)
form('4 VALUE IN [a, b]', { check: { in: [at('A'), ['x', 'y']] } }, [{ A: 'y' }, {}], [{ A: 'z' }])
form('4 VALUE = /regex/', { check: { matches: [at('A'), /^e\d+$/] } }, [{ A: 'e4' }], [{ A: 'g11x' }])
for (const [operator, good, bad] of [
  ['>=', '5', '4.999'],
  ['<=', '5.0', '5.001'],
  ['>', '5.1', '5'],
  ['<', '4', '5'],
  ['=', '5.00', '6'],
  ['!=', '6', '5'],
] as const)
  form(`4 VALUE ${operator} literal`, { check: { compare: [at('A'), operator, 5] } }, [{ A: good }], [{ A: bad }])
form(
  '5 VALUE < Field?',
  { check: { compare: [at('A'), '<', at('B')] } },
  [{ A: '1', B: '2' }, { A: '1' }, { B: '1' }],
  [{ A: '2', B: '2' }],
)
form(
  '6 VALUE = /regex/ IF ALL <conds>',
  { when: { if: { all: [present('F'), { in: [at('G'), ['OBD']] }] } }, check: { matches: [at('A'), /^\d+$/] } },
  [
    { A: 'x', F: '1', G: 'ISC' },
    { A: '12', F: '1', G: 'OBD' },
  ],
  [{ A: 'x', F: '1', G: 'OBD' }],
)
const many: Condition = { compare: ['N', '>', 10] }
form(
  '7 COUNT(@list, cond) op N',
  { check: { compare: [{ count: at('Row'), where: many }, '<=', 1] } },
  [rows('1', '11'), {}],
  [rows('11', '12')],
)
form(
  '7 COUNT(@list, @x) op @field',
  { check: { compare: [{ count: at('Row/N') }, '=', at('A')] } },
  [{ A: '2', Row: [{ N: '1' }, {}, { N: '2' }] }],
  [{ A: '3', Row: [{ N: '1' }, {}, { N: '2' }] }],
)
form(
  '8 SUM(@list, @x) op VALUE',
  { check: { compare: [{ sum: [at('Row/N')] }, '>=', at('A')] } },
  [{ A: '3', ...rows('1', '2') }, { A: '9' }],
  [{ A: '4', ...rows('1', '2') }],
)
form(
  '8 VALUE = SUM(@a, @b, @c, @d), absent = 0',
  { check: { compare: [at('V'), '=', { sum: ['A', 'B', 'C', 'D'].map(at), missing: 'zero' }] } },
  [{ V: '3', A: '1', D: '2' }],
  [{ V: '3', A: '1', D: '1' }],
)
form(
  '9 VALUE = COUNT(@list)',
  { check: { compare: [at('A'), '=', { count: at('Row') }] } },
  [{ A: '2', ...rows('x', 'y') }],
  [{ A: '1', ...rows('x', 'y') }, { A: '1' }],
)
form(
  '9 COUNT(@list, @x IN [..]) = VALUE',
  { check: { compare: [{ count: at('Row/N'), in: ['Y'] }, '=', at('A')] } },
  [{ A: '1', ...rows('Y', 'N') }],
  [{ A: '2', ...rows('Y', 'N') }],
)
form(
  '10 @Table=>VALUE IS NUMBERED',
  { each: at('Row'), check: { compare: ['N', '=', { position: true }] } },
  [rows('1', '2', '3'), {}],
  [rows('1', '3'), rows('2')],
)
form(
  '11 @Table=>VALUE IS UNIQUE, in the document',
  { each: at('Row'), rows: 'last', check: { unique: ['N', at('Row/N')] } },
  [rows('1', '2')],
  [rows('2', '2')],
)
const tables = (...all: string[][]): IviTree => ({ Group: all.map((texts) => ({ Table: rows(...texts) })) })
form(
  '11 @Table=>VALUE IS UNIQUE, in its own table',
  { each: at('Group/Table/Row'), rows: 'last', check: { unique: ['N', '../Row/N'] } },
  [tables(['1', '2'], ['1', '2'])],
  [tables(['1', '1'], ['1', '2']), tables(['1', '2'], ['1', '1'])],
)
form(
  '11 @Table=>VALUE IS ABSENT IF LAST, in each table',
  { each: at('Group/Table/Row'), rows: 'last', check: { absent: ['N'] } },
  [tables(['1', ''], ['1', ''])],
  [tables(['1', '2'], ['1', '']), tables(['1', ''], ['1', '2'])],
)
form(
  '11 @Table=>VALUE IS PRESENT unless last',
  { each: at('Group/Table/Row'), rows: 'butLast', check: { present: ['N'] } },
  [tables(['1', ''], [''])],
  [tables(['', '1'], ['1', '2'])],
)
form(
  "12 @Parent.Child=>COUNT(VALUE IN ['Y']) = 1",
  { each: at('Group'), check: { compare: [{ count: 'Table/Row/N', in: ['Y'] }, '=', 1] } },
  [tables(['Y', 'N'], ['Y'])],
  [tables(['Y', 'N'], ['N']), tables(['Y', 'Y'], ['Y'])],
)
form(
  '13 VALUE = ANY @list.field',
  { check: { anyOf: [at('A'), at('Row/N')] } },
  [{ A: '2', ...rows('1', '2') }, rows('1')],
  [{ A: '3', ...rows('1', '2') }, { A: '3' }],
)
form(
  "14 VALUE IS PRESENT IF @f IS ABSENT AND COUNT(f WITHIN ['95']) op N",
  {
    when: { if: { all: [{ absent: [at('F')] }, { compare: [{ count: at('Row/N'), in: ['95'] }, '>', 1] }] } },
    check: present('A'),
  },
  [rows('95'), { F: '1', ...rows('95', '95') }, { A: '1', ...rows('95', '95') }],
  [rows('95', '95')],
)
form(
  'a rule for one kind of approval and one whole category',
  { when: { types: ['ESS'], exactCategories: ['M1'] }, check: present('A') },
  [
    { TypeApprovalType: 'EU', VehicleCategory: 'M1' },
    { TypeApprovalType: 'ESS', VehicleCategory: 'M1G' },
  ],
  [{ TypeApprovalType: 'ESS', VehicleCategory: 'M1' }],
)
