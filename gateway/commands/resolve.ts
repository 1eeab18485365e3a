import { usageError } from './arguments.ts'
import type { Command } from './command.ts'
import { onVin } from './on-vin.ts'

const usage = 'resolve VIN --as accepted|not_received --comment WHY [--json]'

/** Says what became of a submission of unknown outcome, as the access point's operator told. */
const command: Command = {
  where: 'data',
  summary: 'says how a submission of unknown outcome ended',
  usage,
  run: (argv, io, data) =>
    onVin(
      argv,
      usage,
      io,
      data,
      (actions, ecoc, values) => {
        const [outcome, comment] = [values['as'], values['comment']?.trim() ?? '']
        if (outcome !== 'accepted' && outcome !== 'not_received')
          throw usageError('Say --as accepted or --as not_received.', usage)
        if (comment === '') throw usageError('Say who told you: --comment "…".', usage)
        return actions.resolve(ecoc.id, { outcome, comment }, 'command line')
      },
      { as: { type: 'string' }, comment: { type: 'string' } },
    ),
}
export default command
