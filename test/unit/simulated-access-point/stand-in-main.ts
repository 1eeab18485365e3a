import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { FOLDER_IN_USE } from '../../../gateway/sandbox/simulated-access-point/adopt-simulator.ts'
import { startSimulator } from '../../../gateway/sandbox/simulated-access-point/run-simulator.ts'
import { simulatorOptions } from './harness.ts'

/** The simulator as a process with stand-in checks, so that its death can be tried quickly. */
const { values } = parseArgs({ options: { dir: { type: 'string' }, pki: { type: 'string' } } })
startSimulator(await simulatorOptions(values.dir ?? '', values.pki ?? '')).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit((error as { code?: unknown }).code === 'SIM-001' ? FOLDER_IN_USE : 3)
})
setInterval(() => existsSync(values.dir ?? '') || process.exit(0), 1_000)
process.on('SIGTERM', () => process.exit(0))
