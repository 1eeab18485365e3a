import { join } from 'node:path'
import type { Vin } from '../contract/index.ts'
import { retrieveBase } from '../base/retrieve-base.ts'
import { baseOrigins } from '../flow/base-origins.ts'
import { makeFolder, parse, usageError, writeOutput } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'retrieve VIN [--json]'

const anyStage = 99

/** Finds the base eCoC of a VIN: what is kept already, or what an access point has. */
const command: Command = {
  where: 'data',
  needsAccessPoint: true,
  summary: 'the base eCoC of a VIN',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, usage)
    const [vin] = positionals
    if (vin === undefined || positionals.length > 1 || !/^[A-Z0-9]{17}$/.test(vin))
      throw usageError('Name one VIN of 17 characters.', usage)
    const kept = await tools.store.masterData.baseEcoc(vin as Vin, anyStage)
    const found = kept
      ? { bytes: kept.bytes, source: kept.origin, verification: JSON.parse(kept.verification) as unknown }
      : await retrieveBase(vin as Vin, baseOrigins(tools), tools.verify).then((r) =>
          r.kind === 'found' ? { bytes: r.base.bytes, source: r.base.origin, verification: r.verification } : undefined,
        )
    if (!found) {
      io.out(
        values.json
          ? JSON.stringify({ found: false, source: null, file: null, verification: null })
          : `${vin}: none found`,
      )
      return exit.no
    }
    const folder = join(tools.dataFolder, 'retrieved')
    await makeFolder(folder, 0o700)
    const file = join(folder, `${vin}.xml`)
    await writeOutput(file, found.bytes, io.cwd)
    const result = { found: true, source: found.source, file, verification: found.verification }
    io.out(values.json ? JSON.stringify(result) : `${vin}: from ${found.source}, written to ${file}`)
    return exit.yes
  },
}
export default command
