// Builds dist/: the gateway's JavaScript, the files that stand beside its sources, and the UI.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sourceHash, stampBuild } from './source-hash.mjs'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
/** Runs a part of the build; one that fails has said why, and ends it all. */
const node = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
// Taken first: a source that is changed while this runs makes the next start build again.
const hash = sourceHash(root)
rmSync(dist, { recursive: true, force: true })
node(join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json')
for (const file of globSync('{gateway,connectors}/**/*.{yaml,json,csv,xsd}', { cwd: root })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  cpSync(join(root, file), join(dist, file))
}
chmodSync(join(dist, 'gateway/ecoc.js'), 0o755)
node(join(root, 'ui/build.mjs'))
stampBuild(root, hash)
