// Which sources a build was made from: a stamp in dist/, compared before npm start. Times of files would not tell
// after a checkout of an older commit. Runs before anything is installed: imports only what comes with Node.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = [
  'connectors',
  'deploy/build.mjs',
  'gateway',
  'package-lock.json',
  'tsconfig.build.json',
  'tsconfig.json',
  'ui',
]
const stamp = (root) => join(root, 'dist', '.built-from')

/** Files below a path, in a fixed order; the path itself when it is a file; nothing when it is not there. */
export const filesOf = (root, path) => {
  try {
    const entries = readdirSync(join(root, path), { withFileTypes: true })
    return entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((e) => (e.isDirectory() ? filesOf(root, `${path}/${e.name}`) : [`${path}/${e.name}`]))
  } catch (error) {
    return error.code === 'ENOTDIR' ? [path] : []
  }
}

/** One hash over names and contents of everything a build is made from. */
export const sourceHash = (root) => {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((path) => filesOf(root, path))) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** The hash that the build in dist/ was made from, if there is one. */
export const builtFrom = (root) => {
  try {
    return readFileSync(stamp(root), 'utf8')
  } catch {
    return undefined
  }
}

/** Written last: a build that broke off is no build. */
export const stampBuild = (root, hash) => writeFileSync(stamp(root), hash)
