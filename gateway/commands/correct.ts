import type { Command } from './command.ts'
import { onVin } from './on-vin.ts'

const usage = 'correct VIN [--json]'

/** Makes a new version from changed data. */
const command: Command = {
  where: 'data',
  summary: 'a new version from changed data',
  usage,
  run: (argv, io, data) => onVin(argv, usage, io, data, (actions, ecoc) => actions.correct(ecoc.id, 'command line')),
}
export default command
