// Builds the native part of pkcs11js, where it is not built yet: `node deploy/build-pkcs11.mjs [--if-possible]`.
// The package comes as C++ only, and packages are installed without their scripts. Only signing with a token (PKCS#11) needs
// it. On Linux one call of g++ is enough: no python and no make, and the headers are those of the Node that is there. It speaks
// Node-API, so the same build serves every later Node.
// --if-possible: without a compiler it says what is missing, and succeeds.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const pack = join(root, 'node_modules/pkcs11js')
const target = join(pack, 'build/Release/pkcs11.node')
const stop = (line) => {
  process.stderr.write(`${line}\n`)
  process.exit(process.argv.includes('--if-possible') ? 0 : 2)
}

/** Where `node_api.h` lies: beside the Node that came by npm, or beside the one that runs this. */
const headers = () =>
  [join(root, 'node_modules', `node-${process.platform}-${process.arch}`), dirname(dirname(process.execPath))]
    .map((prefix) => join(prefix, 'include/node'))
    .find((folder) => existsSync(join(folder, 'node_api.h')))

const run = (command, args) => {
  const { error, status } = spawnSync(command, args, { cwd: pack, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error)
    stop(`Signing with a token (PKCS#11) is not built: ${command} is not there. Install it, then run this again.`)
  if (status !== 0) stop('Signing with a token (PKCS#11) is not built: the compiler did not succeed, see above.')
}

if (!existsSync(pack)) stop('pkcs11js is not installed: npm ci --ignore-scripts')
if (!existsSync(target)) {
  if (process.platform === 'linux') {
    const include = headers()
    if (!include) stop('Signing with a token (PKCS#11) is not built: the headers of Node (include/node) are not there.')
    mkdirSync(dirname(target), { recursive: true })
    const flags = [
      '-shared',
      '-fPIC',
      '-O2',
      '-std=c++17',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DBUILDING_NODE_EXTENSION',
    ]
    const sources = ['src/dl.cpp', 'src/common.cpp', 'src/main.cpp']
    const made = `${target}.${process.pid}`
    run('g++', [
      ...flags,
      '-DNODE_GYP_MODULE_NAME=pkcs11',
      `-I${include}`,
      '-Iincludes',
      ...sources,
      '-o',
      made,
      '-ldl',
    ])
    renameSync(made, target)
  } else run(process.platform === 'win32' ? 'npx.cmd' : 'npx', ['--yes', 'node-gyp', 'rebuild'])
  process.stdout.write('Built pkcs11js.\n')
}
