import type { Command } from './command.ts'
import { onVin } from './on-vin.ts'

const usage = 'cancel VIN [--json]'

/** Cancels an eCoC that was not sent, or has the access point withdraw an accepted one where it can. */
const command: Command = {
  where: 'data',
  summary: 'cancels an eCoC, where that is possible',
  usage,
  run: (argv, io, data) =>
    onVin(argv, usage, io, data, (actions, ecoc) => actions.cancel(ecoc.id, 'on the command line', 'command line')),
}
export default command
