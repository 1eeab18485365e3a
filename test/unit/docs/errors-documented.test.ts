import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { loadRules } from '../../../gateway/checks/load-rules.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const code = String.raw`(?:[A-Z]{3,8}(?:-[A-Z]{2,8})?-\d{3}|(?:SCH|XML)-[A-Z]+)`
const quoted = new RegExp(`['"\`](${code})['"\`]`, 'g')
const inYaml = new RegExp(`^\\s*code: (${code})$`, 'gm')
/** Names of algorithms look like codes. */
const isCode = (text: string): boolean => !/^SHA-\d+$/.test(text)
const withoutComments = (source: string): string => source.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1] ?? '')

/** Every code of the product: as a literal in the sources, in a mapper, or in a rule (whose codes may be built). */
const inSources = async (): Promise<Set<string>> => {
  const typescript = globSync('{gateway,connectors}/**/*.ts', { cwd: root })
  const yaml = globSync('{gateway,connectors}/**/*.yaml', { cwd: root })
  const rules = (await loadRules()).map((rule) => rule.code)
  return new Set([
    ...typescript.flatMap((file) => all(withoutComments(read(file)), quoted)).filter(isCode),
    ...yaml.flatMap((file) => all(read(file), inYaml)),
    ...rules,
  ])
}

const page = read('docs/errors.md')
const rows = page.split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim())
  const [found] = all(cells[1] ?? '', new RegExp(`^\`(${code})\`$`, 'g'))
  return found === undefined ? [] : [{ code: found, cells: cells.slice(2, -1) }]
})

test('every code of the sources stands in docs/errors.md', async (t) => {
  const documented = new Set(rows.map((row) => row.code))
  const codes = await inSources()
  t.ok(codes.size > 200, 'codes are found at all')
  t.strictSame([...codes].filter((c) => !documented.has(c)).sort(), [], 'not documented')
})

test('every code of docs/errors.md stands in the sources, once and with all its cells filled', async (t) => {
  const codes = await inSources()
  t.strictSame(
    rows.filter((row) => !codes.has(row.code)).map((row) => row.code),
    [],
    'in no source',
  )
  const listed = rows.map((row) => row.code)
  t.strictSame(
    listed.filter((c, i) => listed.indexOf(c) !== i),
    [],
    'twice',
  )
  t.strictSame(
    rows.filter((row) => row.cells.includes('')).map((row) => row.code),
    [],
    'with an empty cell',
  )
})

test('the rules stand there with their own severity and title', async (t) => {
  const byCode = new Map(rows.map((row) => [row.code, row.cells]))
  for (const rule of await loadRules())
    t.strictSame(byCode.get(rule.code)?.slice(0, 2), [rule.severity, rule.title], rule.code)
})
