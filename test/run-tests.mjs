// Runs the tests with tap: `node test/run-tests.mjs [--fast] [FILE…]`. Ends with one plain line, "N passed, N failed".
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const named = args.filter((arg) => !arg.startsWith('--'))

/** Quick tests are those of test/unit/ that need no program from outside: no `// needs: …` in the first line. */
const isQuick = (file) => !/^\/\/ needs:/.test(readFileSync(join(root, file), 'utf8'))

const choose = () => {
  if (named.length > 0) return named
  if (args.includes('--fast')) return globSync('test/unit/**/*.test.ts', { cwd: root }).filter(isQuick)
  return globSync('test/**/*.test.ts', { cwd: root })
}
const files = choose().sort()

const tap = spawn(
  process.execPath,
  [join(root, 'node_modules/tap/dist/esm/run.mjs'), '--disable-coverage', '--reporter=terse', `--jobs=${availableParallelism()}`, ...files],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
)
let counts
for await (const line of createInterface({ input: tap.stdout })) {
  // tap's own last word, such as "# { total: 4, pass: 3, fail: 1 }".
  const found = /^# \{ total: \d+.*\}$/.exec(line)
  if (found) counts = found[0]
  process.stdout.write(`${line}\n`)
}
const code = await new Promise((resolve) => (tap.exitCode === null ? tap.once('exit', resolve) : resolve(tap.exitCode)))
const count = (what) => Number(new RegExp(`\\b${what}: (\\d+)`).exec(counts ?? '')?.[1] ?? 0)
const [passed, failed] = [count('pass'), count('fail')]
if (passed + failed === 0) process.stdout.write('No test ran.\n')
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1
