import { basename, extname } from 'node:path'
import type { ReplyInput } from '../flow/actions/hand-in.ts'
import { readInput, usageError } from './arguments.ts'
import type { Command } from './command.ts'
import { onVin } from './on-vin.ts'

const usage =
  'reply VIN --outcome accepted|accepted_with_warnings|rejected|pending [--reference R] [--note N] [--file F] [--json]'

const outcomes = ['accepted', 'accepted_with_warnings', 'rejected', 'pending'] as const
const types: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.html': 'text/html',
}

/** Records what a portal answered, with the reply as it came. */
const command: Command = {
  where: 'data',
  summary: 'records the reply of a portal',
  usage,
  run: (argv, io, data) =>
    onVin(
      argv,
      usage,
      io,
      data,
      async (actions, ecoc, values) => {
        const outcome = outcomes.find((o) => o === values['outcome'])
        if (!outcome) throw usageError(`Say --outcome: ${outcomes.join(', ')}.`, usage)
        const named = values['file']
        const file: ReplyInput['file'] =
          named === undefined
            ? undefined
            : {
                name: basename(named),
                contentType: types[extname(named).toLowerCase()] ?? 'application/octet-stream',
                bytes: await readInput(named, io.cwd),
              }
        const said = { outcome, reference: values['reference'], note: values['note'], file }
        await actions.reply(ecoc.id, said, 'command line')
      },
      {
        outcome: { type: 'string' },
        reference: { type: 'string' },
        note: { type: 'string' },
        file: { type: 'string' },
      },
    ),
}
export default command
