// Builds dist/: the gateway's JavaScript, the files that stand beside its sources, and the UI. Works on Node 20 too.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesOf, sourceHash, stampBuild } from './source-hash.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
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
const beside = ['gateway', 'connectors'].flatMap((folder) => filesOf(root, folder))
for (const file of beside.filter((name) => /\.(yaml|json|csv|tsv|xsd|xml)$/.test(name))) {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  cpSync(join(root, file), join(dist, file))
}
chmodSync(join(dist, 'gateway/ecoc.js'), 0o755)
node(join(root, 'ui/build.mjs'))
stampBuild(root, hash)
