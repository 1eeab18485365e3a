import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml'

export type YamlPath = readonly (string | number)[]

export interface YamlText {
  /** Plain objects, lists and strings: every scalar stays the text that stands in the file (`NO`, `1.0`, `0612`). */
  readonly value: unknown
  /** 1-based line of the entry at a path, or of the deepest entry on the way there. */
  lineOf(path: YamlPath): number
}
export interface YamlProblem {
  readonly line: number
  readonly problem: string
}

const maxLength = 1_000_000
const maxDepth = 32

const depthOf = (node: unknown, depth = 0): number => {
  if (depth > maxDepth) return depth
  if (isMap(node)) return Math.max(depth, ...node.items.map((p) => depthOf(p.value, depth + 1)))
  if (isSeq(node)) return Math.max(depth, ...node.items.map((n) => depthOf(n, depth + 1)))
  return depth
}

/**
 * Reads one YAML or JSON document with its lines. Anchors and aliases are refused (they can blow up), as are tags,
 * doubled keys, nesting over 32 and text over 1 MB.
 */
export const readYaml = (text: string): YamlText | YamlProblem => {
  if (text.length > maxLength) return { line: 1, problem: `The file is longer than ${maxLength} characters.` }
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false })
  const lineAt = (node: Node | null | undefined): number => lines.linePos(node?.range?.[0] ?? 0).line || 1
  const [error] = [...document.errors, ...document.warnings]
  if (error) return { line: lines.linePos(error.pos[0]).line || 1, problem: error.message }
  if (depthOf(document.contents) > maxDepth) return { line: 1, problem: `It is nested deeper than ${maxDepth} levels.` }
  let refused: YamlProblem | undefined
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) || (node as { anchor?: unknown }).anchor !== undefined) {
        refused = { line: lineAt(node), problem: 'Anchors and aliases are not allowed.' }
        return visit.BREAK
      }
      return undefined
    },
  })
  if (refused) return refused

  const lineOf = (path: YamlPath): number => {
    let node: unknown = document.contents
    let line = lineAt(document.contents)
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((p) => isScalar(p.key) && p.key.value === String(step))
        if (!pair) break
        line = lineAt(pair.key as Node)
        node = pair.value
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)]
        if (item === undefined) break
        node = item
        line = lineAt(item as Node)
      } else break
    }
    return line
  }
  return { value: document.toJS({ maxAliasCount: 0 }) as unknown, lineOf }
}
