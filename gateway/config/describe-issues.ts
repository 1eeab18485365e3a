import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { didYouMean } from '../mapping/did-you-mean.ts'
import { knownKeys } from './known-keys.ts'

/** 1-based line of the entry at a path of a YAML text, or of the deepest entry on the way there. */
export const lineFinder = (text: string): ((path: readonly PropertyKey[]) => number) => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 50 } as object)
  return (path) => {
    let node: unknown = document.contents
    let offset = 0
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step))
        if (!pair) break
        offset = (pair.key as { range?: [number, number, number] }).range?.[0] ?? offset
        node = pair.value
      } else if (isSeq(node)) {
        node = node.items[Number(step)]
        offset = (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? offset
      } else break
    }
    return lines.linePos(offset).line || 1
  }
}

interface Described {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** The parser speaks of "undefined", which nobody wrote. */
const isMissing = (issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined')

/** What is wrong, place by place; an unknown key by itself, with the one that was probably meant. */
export const describeIssues = (
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  prefix: readonly PropertyKey[] = [],
): Described[] =>
  issues.flatMap((issue): Described[] => {
    const path = [...prefix, ...issue.path]
    if (isMissing(issue)) return [{ path, message: `is needed (${issue.expected}).` }]
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
    const known = knownKeys(schema, issue.path)
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `there is no setting "${key}".${didYouMean(key, known)}`,
    }))
  })
