import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml'

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

const tooDeep = `It is nested deeper than ${maxDepth} levels.`

const isDeep = (node: unknown, depth = 0): boolean => {
  if (depth > maxDepth) return true
  if (isMap(node)) return node.items.some((p) => isDeep(p.value, depth + 1))
  return isSeq(node) && node.items.some((n) => isDeep(n, depth + 1))
}

/** What a parser says means little to who wrote `field: Length [m]`; the commonest reason is told with it. */
const unquoted: ReadonlySet<string> = new Set([
  'UNEXPECTED_TOKEN',
  'MISSING_CHAR',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
])
const syntaxProblem = ({ code, message }: YAMLError): string => {
  if (message.includes('call stack')) return tooDeep
  return unquoted.has(code) ? `${message}. A text with [ ] { } , : or # in it needs quotes, as 'Length [m]'.` : message
}

/** The key that stands in a map twice, or that no object can have; the parser's own search takes the square of its keys. */
const badKey = (map: YAMLMap): { readonly node: Node; readonly problem: string } | undefined => {
  const seen = new Set<string>()
  for (const { key } of map.items) {
    if (!isScalar(key)) return { node: (key as Node | null) ?? map, problem: 'A key is one text.' }
    const name = String(key.value)
    if (seen.has(name)) return { node: key, problem: `The key "${name.slice(0, 100)}" stands here twice.` }
    if (name === '__proto__') return { node: key, problem: 'A key cannot be called __proto__.' }
    seen.add(name)
  }
  return undefined
}

/**
 * Reads one YAML or JSON document with its lines. Anchors and aliases are refused (they can blow up), as are tags,
 * doubled keys, nesting over 32 and text over 1 MB.
 */
export const readYaml = (text: string): YamlText | YamlProblem => {
  if (text.length > maxLength) return { line: 1, problem: `The file is longer than ${maxLength} characters.` }
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  })
  const lineAt = (node: Node | null | undefined): number => lines.linePos(node?.range?.[0] ?? 0).line || 1
  const [error] = [...document.errors, ...document.warnings]
  if (error) return { line: lines.linePos(error.pos[0]).line || 1, problem: syntaxProblem(error) }
  if (isDeep(document.contents)) return { line: 1, problem: tooDeep }
  let refused: YamlProblem | undefined
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) || (node as { anchor?: unknown }).anchor !== undefined)
        refused = { line: lineAt(node), problem: 'Anchors and aliases are not allowed.' }
      const bad = isMap(node) ? badKey(node) : undefined
      if (bad) refused ??= { line: lineAt(bad.node), problem: bad.problem }
      return refused ? visit.BREAK : undefined
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
