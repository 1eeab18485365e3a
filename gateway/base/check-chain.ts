import type { Finding } from '../contract/finding.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { checkPairing, stageOf } from './check-pairing.ts'

/** More stages than a plant ever sees: a longer chain is a fault of the data. */
export const mostStages = 4

const broken = (message: string, params: Readonly<Record<string, number>>): Finding => ({
  code: 'BAS-PAIR-008',
  layer: 'base',
  severity: 'error',
  path: elementOf('ManufacturerGroup').path,
  message,
  params,
})

/**
 * All documents of a vehicle, from stage 1 to the newest: the chain begins with stage 1, lacks none, has four stages at
 * most, and each document is built on the one before (`checkPairing`). `stage` in the params says which is meant.
 */
export const checkChain = (trees: readonly IviTree[]): Finding[] => {
  const [first] = trees
  if (first === undefined) return []
  const stages = trees.map(stageOf)
  const findings: Finding[] = []
  if (stages[0] !== 1)
    findings.push(
      broken(`The chain begins with stage ${stages[0] ?? 0}; the documents before it are missing.`, {
        stage: stages[0] ?? 0,
      }),
    )
  if (trees.length > mostStages)
    findings.push(broken(`The chain has ${trees.length} stages, more than ${mostStages}.`, { stage: trees.length }))
  for (const [i, tree] of trees.entries()) {
    const base = i === 0 ? undefined : trees[i - 1]
    if (base === undefined) continue
    const params = { stage: stages[i] ?? 0 }
    findings.push(...checkPairing(tree, base).map((f) => ({ ...f, params: { ...params, ...f.params } })))
  }
  return findings
}
