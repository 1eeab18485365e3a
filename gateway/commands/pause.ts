import { createAccessPointControl } from '../flow/delivery/access-point-control.ts'
import { duration } from '../config/durations.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printAccessPoint } from './print-access-point.ts'

const usage = 'pause ACCESS_POINT --for 2h|--until TIME --reason WHY [--json]'

/** @returns the moment a pause ends: a span from now, or a time with its zone */
const endOf = (span: string | undefined, until: string | undefined, now: Date): Date => {
  if ((span === undefined) === (until === undefined)) throw usageError('Name either --for or --until.', usage)
  if (span !== undefined) {
    const ms = duration.safeParse(span)
    if (!ms.success) throw usageError(`${span} is ${ms.error.issues[0]?.message ?? 'no time span'}.`, usage)
    return new Date(now.getTime() + ms.data)
  }
  // Without its zone a time means something else on each machine.
  const end = /T.*(Z|[+-]\d\d:\d\d)$/.test(until ?? '') ? new Date(until ?? '') : new Date(Number.NaN)
  if (Number.isNaN(end.getTime())) throw usageError('Write the time with its zone: 2026-11-30T06:00:00+01:00.', usage)
  return end
}

const command: Command = {
  where: 'data',
  summary: 'holds an access point back for a while',
  usage,
  async run(argv, io, { tools }) {
    const options = { for: { type: 'string' }, until: { type: 'string' }, reason: { type: 'string' } } as const
    const { values, positionals } = parse(argv, { ...options, json: { type: 'boolean' } }, usage)
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) throw usageError('Name one access point.', usage)
    const reason = values.reason?.trim() ?? ''
    if (reason === '') throw usageError('Say why: --reason "…".', usage)
    const control = createAccessPointControl(tools)
    await control.pause(name, { reason, until: endOf(values.for, values.until, tools.clock()) }, 'command line')
    await printAccessPoint(control, name, values.json === true, io)
    return exit.yes
  },
}
export default command
