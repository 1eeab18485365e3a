import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'tap'
import { commandNames, findCommand } from '../../../gateway/commands/find-command.ts'
import { states } from '../../../gateway/contract/states.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const readme = read('README.md')
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1] ?? '')
/** The part of the README under a heading. */
const section = (heading: string): string => readme.split(/^## /m).find((s) => s.startsWith(`${heading}\n`)) ?? ''

test('the README lists every command there is, with options that it has', async (t) => {
  const listed = all(section('Commands'), /^\| `ecoc (.*?)` \|/gm)
  t.strictSame([...new Set(listed.map((line) => line.split(' ')[0]))].sort(), commandNames(), 'the same commands')
  for (const line of listed) {
    const usage = (await findCommand(line.split(' ')[0] ?? ''))?.usage ?? ''
    for (const option of line.match(/--[a-z-]+/g) ?? []) t.ok(usage.includes(option), `${line}: ${option}`)
  }
})

test('the README explains every state', async (t) => {
  const explained = all(section('What an eCoC is, and its states'), /`([a-z_]+)`/g)
  t.strictSame([...new Set(explained)].sort(), [...states].sort())
})

test('every folder of the README’s map exists, and no top folder is left out', async (t) => {
  const folders = all(section('Where everything is'), /^\| `(.+?)` \|/gm)
  t.ok(folders.length > 8, 'there is a map')
  for (const folder of folders) t.ok(existsSync(join(root, folder)), folder)
  for (const folder of ['gateway/', 'connectors/', 'ui/', 'deploy/', 'certs.example/', 'docs/', 'test/'])
    t.ok(folders.includes(folder), `${folder} is on the map`)
})

test('every npm script that the documents name exists', async (t) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/operate.md']) {
    const named = [...all(read(file), /npm run (?:--silent )?([a-z:-]+)/g), ...all(read(file), /npm (start|test)\b/g)]
    for (const name of new Set(named)) t.ok(scripts[name], `${file}: ${name}`)
  }
})

test('links between the documents lead somewhere', async (t) => {
  for (const file of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: root })]) {
    const targets = all(read(file), /\]\((?!https?:)([^)#]+)/g)
    for (const target of targets) t.ok(existsSync(join(root, dirname(file), target)), `${file}: ${target}`)
  }
})
