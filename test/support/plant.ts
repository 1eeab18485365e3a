import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { GatewayConfigInput } from '../../gateway/config/schema.ts'
import { readSample, sampleFiles } from '../../gateway/sandbox/samples/sample-files.ts'
import { adoptOrStartSimulator, stopSimulator } from '../../gateway/sandbox/simulated-access-point/adopt-simulator.ts'
import { type Ran, runEcoc, temporaryFolder } from './run-ecoc.ts'
import { type Accepted, until } from './sandbox-gateway.ts'

const root = new URL('../../', import.meta.url).pathname

/** A PKI like the example one under other names: a production gateway refuses the example's. Made once per machine and month. */
const plantPki = async (): Promise<string> => {
  const script = await readFile(join(root, 'certs.example/make-pki.sh'), 'utf8')
  const other = script.replaceAll('Example PKI', 'Plant PKI').replaceAll('Other PKI', 'Stranger PKI')
  const hash = createHash('sha256').update(other).update(new Date().toISOString().slice(0, 7)).digest('hex')
  const folder = join(tmpdir(), `ecoc-plant-pki-${process.getuid?.() ?? 0}-${hash.slice(0, 16)}`)
  const own = `${folder}.${process.pid}.sh`
  await writeFile(own, other)
  await promisify(execFile)('bash', [own, folder]).finally(() => rm(own))
  return folder
}

export interface Plant {
  /** Address of its API. */
  readonly url: string
  readonly folder: string
  cli(...args: string[]): Promise<Ran>
  baseEcoc(vin: string): Promise<void>
  /** What the simulated access point does with submissions. */
  behave(behaviour: string): Promise<void>
  accepted(): Promise<Accepted[]>
  /** All that it printed. */
  output(): string
}

type Test = Parameters<typeof temporaryFolder>[0]

/** The configuration of a body builder with this one source and a simulated access point. */
const configOf = (pki: string, endpoint: string, source: object): object => {
  const input: Omit<GatewayConfigInput, 'sources'> = {
    site: {
      name: 'Plant',
      timeZone: 'Europe/Amsterdam',
      settings: { signerName: 'Alex Example', signerPosition: 'Head of Homologation', signerPlace: 'Example Town' },
    },
    signer: {
      name: 'Example Bodies',
      key: { kind: 'pkcs12', file: join(pki, 'signer.p12'), passwordFile: join(pki, 'signer.p12.password') },
    },
    trustAnchors: [join(pki, 'root.crt')],
    accessPoints: [
      {
        name: 'national',
        connector: 'eu-soap',
        environment: 'acceptance',
        tls: {
          certificate: join(pki, 'client.chain.pem'),
          key: join(pki, 'client.key'),
          trustAnchors: [join(pki, 'root.crt')],
        },
        config: { endpoint, idempotentByReference: true, timeout: '5s', maxProcessing: '2s' },
      },
    ],
    routing: { environment: 'acceptance', otherwise: 'national' },
    delivery: { firstRetry: '500ms', longestRetry: '2s' },
    base: { retry: '1s' },
    writeBack: { gather: '200ms' },
  }
  return { ...input, sources: [source] }
}

/**
 * A production gateway as a process of its own, with one source, the sample mappers and approvals, and a simulated access point
 * in another process: nothing in it knows of a sandbox.
 * @param source an entry of `sources` in gateway.yaml
 * @param mappers more mappers, by file name
 */
export const startPlant = async (
  t: Test,
  source: object,
  mappers: Readonly<Record<string, string>> = {},
): Promise<Plant> => {
  const folder = await temporaryFolder(t)
  const pki = await plantPki()
  const simulator = join(folder, 'access-point')
  const { endpoint, control } = await adoptOrStartSimulator({ dir: simulator, pki })
  t.teardown(() => stopSimulator(simulator))
  await mkdir(join(folder, 'config', 'mappers'), { recursive: true })
  for (const name of sampleFiles.mappers) await writeFile(join(folder, 'config', name), readSample(name))
  for (const [name, text] of Object.entries(mappers)) await writeFile(join(folder, 'config', 'mappers', name), text)
  // YAML takes JSON as it is.
  await writeFile(join(folder, 'config', 'gateway.yaml'), JSON.stringify(configOf(pki, endpoint, source), undefined, 2))
  const cli = (...args: string[]): Promise<Ran> => runEcoc(folder, args)
  const approvals = sampleFiles.approvals.map((name) => join(root, 'gateway/sandbox/samples', name))
  const imported = await cli('approval', 'import', ...approvals)
  if (imported.code !== 0) throw new Error(`the approvals: ${imported.out} ${imported.err}`)
  const env = { ECOC_DATA: join(folder, 'data'), ECOC_CONFIG: join(folder, 'config'), ECOC_PORT: '0', ECOC_LOG: 'warn' }
  const child = spawn(process.execPath, [join(root, 'gateway/ecoc.ts'), 'start'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (output += chunk.toString()))
  const url = await until('the address of the gateway', 60_000, () =>
    Promise.resolve(child.exitCode === null ? /UI\s+(http:\S+)\//.exec(output)?.[1] : 'none'),
  )
  if (url === 'none') throw new Error(`it ended with ${child.exitCode}: ${output}`)
  const tell = async (path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch(`${control}/_control/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`)
  }
  return {
    url,
    folder,
    cli,
    baseEcoc: (vin) => tell('base-ecoc', { vin }),
    behave: (behaviour) => tell('behaviour', { behaviour, probability: 1, seed: 1 }),
    accepted: async () => (await (await fetch(`${control}/_control/accepted`)).json()) as Accepted[],
    output: () => output,
  }
}
