import { join } from 'node:path'
import type { Vin } from '../contract/index.ts'
import { createBases } from '../flow/base/create-bases.ts'
import { pipeline } from '../pipeline.ts'
import { makeFolder, parse, usageError, writeOutput } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'retrieve VIN [--json]'

/** Finds the base eCoC of a VIN: what is kept already, or what one of the places has; it is kept then. */
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
    const keptNow = async () => (await tools.store.bases.ofVehicle(vin as Vin))[0]
    const known = await keptNow()
    const bases = createBases(tools, pipeline[0]?.name ?? '')
    const asked = known ? undefined : await bases.retrieve(vin as Vin, 'command line')
    const kept = known ?? (await keptNow())
    for (const line of asked?.failures ?? []) io.err(line)
    const found = kept && {
      bytes: kept.bytes,
      source: kept.origin,
      verification: JSON.parse(kept.verification) as unknown,
    }
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
