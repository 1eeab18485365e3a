import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { GatewayError } from '../../contract/errors.ts'
import { FOLDER_IN_USE } from './adopt-simulator.ts'
import { realParts } from './real-parts.ts'
import { startSimulator } from './run-simulator.ts'

/** The simulated access point as a process of its own: `main.ts --dir FOLDER --pki DIR [--port P] [--control-port P]`. */
const port = (text: string | undefined): { port?: number } => {
  if (text === undefined) return {}
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return { port: value }
  throw new GatewayError({
    kind: 'usage',
    code: 'SIM-005',
    message: `${text} is no port.`,
    hint: 'Name a number from 0 to 65535.',
  })
}

const options = () => {
  const string = { type: 'string' } as const
  const { values } = parseArgs({ options: { dir: string, pki: string, port: string, 'control-port': string } })
  const { dir, pki } = values
  if (dir === undefined || pki === undefined) {
    throw new GatewayError({
      kind: 'usage',
      code: 'SIM-006',
      message: 'The simulated access point needs a folder and a PKI.',
      hint: 'main.ts --dir FOLDER --pki DIR [--port P] [--control-port P]',
    })
  }
  const control = port(values['control-port']).port
  return { dir, pki, ...port(values.port), ...(control === undefined ? {} : { controlPort: control }) }
}

/** The folder itself, not its name: one that was deleted and made anew is another. */
const identityOf = (dir: string): string => {
  const found = statSync(dir, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : 'gone'
}

const say = (line: string): void => void process.stdout.write(`${new Date().toISOString()} ${line}\n`)

const run = async (): Promise<void> => {
  const { pki, ...rest } = options()
  const simulator = await startSimulator({ ...rest, ...(await realParts(pki)) })
  say(`simulated access point at ${simulator.endpoint}, control at ${simulator.control}`)
  const end = (why: string): void => {
    say(`ends: ${why}`)
    void simulator.close().finally(() => process.exit(0))
  }
  process.once('SIGTERM', () => end('asked to'))
  process.once('SIGINT', () => end('interrupted'))
  const home = identityOf(rest.dir)
  // Whoever deletes the sandbox must not find a process left over that keeps its ports.
  const watch = setInterval(() => {
    if (identityOf(rest.dir) === home) return
    clearInterval(watch)
    end('its folder is gone')
  }, 1_000)
}

run().catch((error: unknown) => {
  const usage = error instanceof GatewayError && error.kind === 'usage'
  const text = error instanceof GatewayError ? `${error.code} ${error.message} ${error.hint ?? ''}` : String(error)
  process.stderr.write(`${text}\n`)
  if (error instanceof GatewayError && error.code === 'SIM-001') process.exit(FOLDER_IN_USE)
  process.exit(usage ? 2 : 3)
})
