import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'

const root = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const code = String.raw`(?:[A-Z]{3,8}(?:-[A-Z]{2,8})?-\d{3}|(?:SCH|XML)-[A-Z]+)`
const quoted = new RegExp(`['"\`](${code})['"\`]`, 'g')
const inYaml = new RegExp(`^\\s*code: (${code})$`, 'gm')
/** Names of algorithms look like codes, and so do those of a database's driver. */
const isCode = (text: string): boolean => !/^(SHA|NJS)-\d+$/.test(text)
const withoutComments = (source: string): string => source.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1] ?? '')

/** The rules have a page of their own, made from them (docs/rules.md). */
const ruleSources = ['gateway/checks/rules/**', 'gateway/checks/legal-limits.ts']

/** Every code of the product but those of the rules: as a literal in the sources, or in a mapper. */
const inSources = (): Set<string> => {
  const typescript = globSync('{gateway,connectors}/**/*.ts', { cwd: root, exclude: ruleSources })
  const yaml = globSync('{gateway,connectors}/**/*.yaml', { cwd: root })
  return new Set([
    ...typescript.flatMap((file) => all(withoutComments(read(file)), quoted)).filter(isCode),
    ...yaml.flatMap((file) => all(read(file), inYaml)),
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
  const codes = inSources()
  t.ok(codes.size > 200, 'codes are found at all')
  t.strictSame([...codes].filter((c) => !documented.has(c)).sort(), [], 'not documented')
})

test('every code of docs/errors.md stands in the sources, once and with all its cells filled', async (t) => {
  const codes = inSources()
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
