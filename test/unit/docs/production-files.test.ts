import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { parse } from 'yaml'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'
import { parseConfig } from '../../../gateway/config/load-config.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const example = 'deploy/gateway.example.yaml'

test('the example configuration is accepted, with the settings of its connectors', async (t) => {
  const config = parseConfig(read(example), example)
  const { sources, accessPoints } = await findConnectors()
  for (const { connector, config: own } of config.sources) t.ok(sources.get(connector)?.config.safeParse(own).success)
  for (const { connector, config: own } of config.accessPoints)
    t.ok(accessPoints.get(connector)?.config.safeParse(own).success)
})

test('what the example configuration names belongs together', async (t) => {
  const config = parseConfig(read(example), example)
  for (const { mapper } of config.sources)
    t.ok(existsSync(join(root, `gateway/sandbox/samples/mappers/${mapper}.yaml`)), `there is a mapper ${mapper}`)
  const points = new Map(config.accessPoints.map((p) => [p.name, p.environment]))
  const { rules, accessPoints, environment } = config.routing
  for (const { accessPoint } of [...rules, ...accessPoints]) t.equal(points.get(accessPoint), environment, accessPoint)
})

interface Service {
  readonly user: string
  readonly read_only: boolean
  readonly cap_drop: readonly string[]
  readonly security_opt: readonly string[]
  readonly secrets: readonly string[]
  readonly volumes: readonly string[]
}
const compose = parse(read('compose.yaml')) as {
  services: { gateway: Service }
  secrets: Record<string, { file: string }>
  volumes: Record<string, unknown>
}

test('compose.yaml is locked down, and its secrets and folders are those of the example configuration', async (t) => {
  const { gateway } = compose.services
  t.match(gateway, { user: '1000:1000', read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
  t.strictSame([...gateway.secrets].sort(), Object.keys(compose.secrets).sort(), 'every secret has its file')
  const text = read(example).replace(/^\s*#.*$/gm, '')
  const secrets = [...text.matchAll(/\/run\/secrets\/(\S+)/g)].map((m) => m[1])
  t.strictSame([...new Set(secrets)].sort(), Object.keys(compose.secrets).sort(), 'secrets')
  const mounted = gateway.volumes.map((v) => v.split(':')[1])
  for (const { config } of parseConfig(read(example), example).sources) t.ok(mounted.includes(String(config['path'])))
  t.ok(mounted.includes('/data') && mounted.includes('/config'))
})

test('what the Dockerfile copies exists and is let through', async (t) => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((m) => (m[1] ?? '').split(' '))
  const allowed = read('.dockerignore')
  for (const path of copied.filter((p) => p !== '.')) {
    t.ok(existsSync(join(root, path)), path)
    t.match(allowed, new RegExp(`^!${path.split('/')[0] ?? ''}$`, 'm'), `${path} reaches the build`)
  }
})

test('all dependencies are pinned, and none may run an install script', async (t) => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
    for (const [name, version] of Object.entries(manifest[kind] ?? {}))
      t.match(version, /^(npm:[a-z0-9-]+@)?\d+\.\d+\.\d+$/, name)
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { hasInstallScript?: boolean }> }
  const scripted = Object.entries(lock.packages).filter(([, p]) => p.hasInstallScript)
  const { allowScripts } = manifest
  for (const [path] of scripted) t.equal(allowScripts?.[path.replace(/^.*node_modules\//, '')], false, path)
})
