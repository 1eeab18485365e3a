// Runs the tests with tap: `node test/run-tests.mjs [--fast] [FILE…]`. A line per file, the whole output of a file that
// fails, and as the last line "N passed, N failed".
import { execFileSync, spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

/** Quick tests are those of test/unit/ whose first line says neither `// needs: PROGRAM` nor `// slow: WHY`. */
const isQuick = (file) => !/^\/\/ (needs|slow): /.test(readFileSync(join(root, file), 'utf8'))

const chooseFiles = () => {
  const named = args.filter((arg) => !arg.startsWith('--'))
  if (named.length > 0) return named
  if (args.includes('--fast')) return globSync('test/unit/**/*.test.ts', { cwd: root }).filter(isQuick).sort()
  return globSync('test/**/*.test.ts', { cwd: root }).sort()
}

const runner = join(root, 'node_modules/tap/dist/esm/run.mjs')
/** tap takes its plugins in by a build of its own; after a fresh install that still holds the one we do without. */
const taken = join(root, 'node_modules/@tapjs/test/test-built/dist/esm/index.js')
if (readFileSync(taken, 'utf8').includes('@tapjs/typescript'))
  execFileSync(process.execPath, [runner, 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

const tap = spawn(
  process.execPath,
  [runner, '--disable-coverage', '--reporter=tap', `--jobs=${availableParallelism()}`, ...chooseFiles()],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
)
const ended = new Promise((resolve) => tap.once('exit', resolve))

/** Output of the file under way: tap gives that of one file after the other, closed by its result. */
let held = []
let skipped = []
/** tap's last word, such as `# { total: 4, pass: 3, fail: 1 }`. */
let summary = ''
const print = (line) => process.stdout.write(`${line}\n`)
for await (const line of createInterface({ input: tap.stdout })) {
  held.push(line)
  const skip = /^\s+ok \d+ - (.*) # SKIP ?(.*)$/.exec(line)
  if (skip) skipped.push(`  skipped: ${skip[1]}${skip[2] ? ` (${skip[2]})` : ''}`)
  if (/^# \{ total: \d+/.test(line)) summary = line
  if (!/^(not )?ok /.test(line)) continue
  for (const shown of line.startsWith('ok') ? [...skipped, line] : held) print(shown)
  held = []
  skipped = []
}
const code = await ended
// What is left after the last file: the summary, or why tap itself gave up.
if (code !== 0) held.forEach(print)
const count = (what) => Number(new RegExp(`\\b${what}: (\\d+)`).exec(summary)?.[1] ?? 0)
const [passed, failed] = [count('pass'), count('fail')]
if (passed + failed === 0) print('No test ran.')
print(`${passed} passed, ${failed} failed`)
process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1
