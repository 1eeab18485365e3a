import type { Command } from './command.ts'
import { onVin } from './on-vin.ts'

const usage = 'submitted VIN [--note N] [--json]'

/** Notes that a person handed the document in at a portal. */
const command: Command = {
  where: 'data',
  summary: 'notes that an eCoC was handed in at a portal',
  usage,
  run: (argv, io, data) =>
    onVin(
      argv,
      usage,
      io,
      data,
      (actions, ecoc, values) => actions.submitted(ecoc.id, values['note'] ?? '', 'command line'),
      { note: { type: 'string' } },
    ),
}
export default command
