import { test, type Test } from 'tap'
import { checkChain } from '../../../gateway/base/check-chain.ts'
import { mergeStages } from '../../../gateway/base/merge-stages.ts'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import type { Finding } from '../../../gateway/contract/finding.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { seededRandom } from '../../support/ivi-mutations.ts'
import { validDocument } from '../../support/valid-documents/valid-document.ts'

const rules = await createRules()
const schema = await createSchemaCheck()
const check = (tree: IviTree): string[] =>
  [...schema.check(writeDocument(tree), { unsigned: true }), ...rules.check(tree)]
    .filter(({ severity }: Finding) => severity === 'error')
    .map(({ code, path, message }) => `${code} ${path} ${message}`)

const named = ['TypeApprovalNumber', 'Type', 'Variant', 'Version'] as const
const drive = (category: string) => (category.startsWith('O') ? {} : { drive: 'diesel' as const })

/** A document of the first stage. */
const firstStage = (category: string, stage: 'I' | 'C', seed: number): IviTree => {
  const tree = validDocument(category, stage, { optional: 1, ...drive(category) }, seededRandom(seed))
  const [row] = rowsOf(tree, 'ManufacturerGroup')
  const first = Object.entries(row!).filter(([name]) => !name.startsWith('PreviousStage'))
  const table = (tree['CocDataGroup'] as IviTree)['ManufacturerTable'] as IviTree
  table['ManufacturerGroup'] = [{ ...Object.fromEntries(first), ManufacturerStageNumber: '1' }]
  return tree
}

/** The same vehicle one stage later: what a manufacturer states who completes it, or builds on it and leaves it incomplete. */
const nextStage = (base: IviTree, category: string, stage: 'I' | 'V', seed: number): IviTree => {
  const tree = validDocument(category, stage, { optional: 1, ...drive(category) }, seededRandom(seed))
  const coc = tree['CocDataGroup'] as IviTree
  const before = rowsOf(base, 'ManufacturerGroup')
  coc['VehicleIdentificationNumber'] = valueAt(base, 'VehicleIdentificationNumber')!
  const own = {
    ...rowsOf(tree, 'ManufacturerGroup').at(-1)!,
    ManufacturerStageNumber: String(before.length + 1),
    ...Object.fromEntries(named.map((name) => [`PreviousStage${name}`, valueAt(base, name)!])),
  }
  ;(coc['ManufacturerTable'] as IviTree)['ManufacturerGroup'] = [...structuredClone(before), own]
  return tree
}

/** Every document is valid, they fit together, and what is wrong with the merged vehicle is warned of. */
const holds = (t: Test, chain: readonly IviTree[]): void => {
  for (const [i, tree] of chain.entries()) t.strictSame(check(tree), [], `stage ${i + 1} by itself`)
  t.strictSame(checkChain(chain), [], 'together')
  const { tree, warnings } = mergeStages(chain, ivi20, rules.check)
  const schemaErrors = schema.check(writeDocument(tree), { unsigned: true }).map(({ message }) => message)
  t.strictSame(schemaErrors, [], 'merged, by the schema')
  const warned = new Set(warnings.map(({ path }) => path))
  const silent = rules.check(tree).filter(({ severity, path }) => severity === 'error' && !warned.has(path))
  t.strictSame(silent, [], 'what is wrong with the merged vehicle is warned of')
  if (valueAt(chain[0]!, 'StageOfCompletion') === 'I')
    t.ok(warnings.length > 0, 'of an incomplete vehicle something always survives')
}

const pairs = [
  ...['M1', 'M2', 'M3', 'N1', 'N2', 'N3', 'O1', 'O2', 'O3', 'O4'].map((one) => [one, one] as const),
  ['N2', 'N1'],
  ['N1', 'N2'],
  ['N2', 'N3'],
  ['N3', 'N2'],
  ['N1', 'M1'],
  ['N2', 'M1'],
  ['N2', 'M2'],
  ['N2', 'M3'],
  ['N3', 'M3'],
  ['O2', 'O3'],
] as const

for (const [i, [from, to]] of pairs.entries())
  test(`${from} completed as ${to}: I to V, C to V, and I to I to V are valid with their base`, async (t) => {
    const seed = i * 10 + 1
    const base = firstStage(from, 'I', seed)
    holds(t, [base, nextStage(base, to, 'V', seed + 1)])
    const complete = firstStage(from, 'C', seed + 2)
    holds(t, [complete, nextStage(complete, to, 'V', seed + 3)])
    const second = nextStage(base, to, 'I', seed + 4)
    holds(t, [base, second, nextStage(second, to, 'V', seed + 5)])
  })
