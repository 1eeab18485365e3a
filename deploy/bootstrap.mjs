// Makes a checkout ready to run: `node deploy/bootstrap.mjs [--build] [--tools openssl|all]`.
// Runs before npm start and npm test, on whatever Node is there (20 or later) and with nothing installed yet: it may
// import only what comes with Node.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtFrom, sourceHash } from './source-hash.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const say = (line) => process.stdout.write(`${line}\n`)
const stop = (line) => {
  process.stderr.write(`${line}\n`)
  process.exit(2)
}

/** Runs npm by the same npm that runs this script; from the bare command line the one on the PATH. */
const npm = (...argv) => {
  const self = process.env.npm_execpath
  const [command, first] = self?.endsWith('.js') ? [process.execPath, [self]] : ['npm', []]
  const result = spawnSync(command, [...first, ...argv], {
    cwd: root,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (result.status !== 0) stop(`npm ${argv.join(' ')} did not succeed; its reason stands above.`)
}

const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'))

/** What stands in node_modules against what the lock file asks for; npm's own list of what it installed tells. */
const missing = () => {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return 'nothing is installed yet'
  const wanted = readJson('package-lock.json').packages
  const there = readJson('node_modules/.package-lock.json').packages
  const fits = (value, own) => value === undefined || [value].flat().includes(own)
  for (const [path, { version, optional, os, cpu }] of Object.entries(wanted)) {
    // Optional packages may be for another machine; the Node for this one is not optional in truth.
    const needed =
      !optional ||
      (/\/node-(linux|darwin|win)-(x64|arm64)$/.test(path) && fits(os, process.platform) && fits(cpu, process.arch))
    if (path !== '' && needed && there[path]?.version !== version) return `${path} ${version} is not there`
  }
  return undefined
}

const install = () => {
  const why = missing()
  if (!why) return
  say(`Installing packages (${why}).`)
  // No package needs its install script: what is native comes built. Engine warnings speak of the Node that npm runs
  // on; the gateway runs on the Node that comes with this very install.
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error')
}

/**
 * npm scripts are to run on the Node that was installed. npm 10 sometimes takes its link away again together with those
 * for other platforms.
 */
const linkNode = () => {
  const link = join(root, 'node_modules/.bin/node')
  const own = `node-${process.platform}-${process.arch}`
  if (process.platform === 'win32' || existsSync(link) || !existsSync(join(root, 'node_modules', own))) return
  symlinkSync(`../${own}/bin/node`, link)
}

const build = () => {
  const now = sourceHash(root)
  if (builtFrom(root) === now) return
  say('Building.')
  npm('run', '--silent', 'build')
}

/** Programs from outside npm, and the Debian package each comes in. */
const tools = {
  openssl: ['openssl', ['version']],
  xmlsec1: ['xmlsec1', ['--version']],
  xmllint: ['libxml2-utils', ['--version']],
  chromium: ['chromium', ['--version']],
  'softhsm2-util': ['softhsm2', ['--version']],
  'pkcs11-tool': ['opensc', ['--version']],
  'g++': ['g++', ['--version']],
  gcc: ['gcc', ['--version']],
  sshd: ['openssh-server', ['-V']],
  vsftpd: ['vsftpd', ['-v']],
  // The server itself lies in a folder of its own version; these come with it.
  pg_lsclusters: ['postgresql', ['--help']],
  mariadbd: ['mariadb-server', ['--version']],
}

const needTools = (names) => {
  const absent = names.filter((name) => spawnSync(name, tools[name][1], { stdio: 'ignore' }).error)
  if (absent.length === 0) return
  const packages = absent.map((name) => tools[name][0])
  const isRoot = process.getuid?.() === 0
  if (!isRoot || !existsSync('/usr/bin/apt-get'))
    stop(
      `Missing: ${absent.join(', ')}. Install ${absent.length > 1 ? 'them' : 'it'}, then run this again. On Debian or Ubuntu:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    )
  say(`Installing Debian packages: ${packages.join(' ')}.`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    const options = { env, stdio: ['ignore', 'ignore', 'inherit'] }
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  } catch {
    stop('apt-get did not succeed; its reason stands above.')
  }
}

if (Number(process.versions.node.split('.')[0]) < 20)
  stop(`This needs Node 20 or later to begin with; this is ${process.version}.`)
const asked = args.includes('--tools') ? args[args.indexOf('--tools') + 1] : undefined
if (asked) needTools(asked === 'all' ? Object.keys(tools) : [asked])
install()
linkNode()
// Signing with a token is tried in the tests; who only starts the sandbox needs no compiler.
if (
  asked === 'all' &&
  spawnSync(process.execPath, [join(root, 'deploy/build-pkcs11.mjs')], { stdio: 'inherit' }).status !== 0
)
  process.exit(2)
if (args.includes('--build')) build()
