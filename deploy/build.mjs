// Builds dist/: the gateway's JavaScript, the files that stand beside its sources, and the UI.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
for (const file of globSync('{gateway,connectors}/**/*.{yaml,json,csv,xsd}', { cwd: root })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  cpSync(join(root, file), join(dist, file))
}
chmodSync(join(dist, 'gateway/ecoc.js'), 0o755)
execFileSync(process.execPath, [join(root, 'ui/build.mjs')], { cwd: root, stdio: 'inherit' })
