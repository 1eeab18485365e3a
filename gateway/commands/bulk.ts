import { isMode } from '../contract/index.ts'
import { states } from '../contract/states.ts'
import { type BulkLine, type BulkResult, bulkVerbs } from '../flow/actions/bulk.ts'
import { createActions } from '../flow/actions/create-actions.ts'
import { pipeline } from '../pipeline.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage =
  'bulk retry|replay|correct|cancel [--state S] [--code C] [--access-point A] [--flow M] [--mode M] [--rejection KEY] [--comment TEXT] [--yes] [--json]'

const actor = 'command line'
const longList = 20

const show = (title: string, lines: readonly BulkLine[], io: Io): void => {
  io.out(`${title}: ${lines.length}`)
  for (const line of lines.slice(0, longList))
    io.out(`  ${line.vin} ${line.state}${line.why === null ? '' : `: ${line.why}`}`)
  if (lines.length > longList) io.out(`  … and ${lines.length - longList} more`)
}

const oneOf = <T extends string>(what: string, value: string | undefined, all: readonly T[]): T | undefined => {
  const found = all.find((one) => one === value)
  if (value !== undefined && found === undefined) throw usageError(`${what} is one of ${all.join(', ')}.`, usage)
  return found
}

/** One verb for all eCoCs of a filter. Without `--yes` it only shows what would happen. */
const command: Command = {
  where: 'data',
  summary: 'one verb for many eCoCs, with a preview',
  usage,
  async run(argv, io, { tools, connectors }) {
    const string = { type: 'string' } as const
    const boolean = { type: 'boolean' } as const
    const picks = { state: string, code: string, 'access-point': string, flow: string, mode: string, rejection: string }
    const { values, positionals } = parse(argv, { ...picks, comment: string, yes: boolean, json: boolean }, usage)
    const [named, ...more] = positionals
    const verb = oneOf('The verb', named, bulkVerbs)
    if (verb === undefined || more.length > 0) throw usageError(`Name one verb: ${bulkVerbs.join(', ')}.`, usage)
    const { code, 'access-point': accessPoint, flow: mapper, mode, rejection, comment = '', yes, json } = values
    if (mode !== undefined && !isMode(mode)) throw usageError('--mode is one of test, parallel, live.', usage)
    const filter = { state: oneOf('--state', values.state, states), code, accessPoint, mapper, mode, rejection }
    if (Object.values(filter).every((value) => value === undefined))
      throw usageError('Say which eCoCs are meant: at least a state, a code or an access point.', usage)
    const actions = createActions(tools, connectors.codecs, pipeline[0]?.name ?? '')
    const input = { verb, filter, comment }
    const preview = await actions.previewBulk(input, actor)
    const result: BulkResult =
      yes === true && preview.done.length > 0
        ? await actions.confirmBulk({ ...input, hash: preview.hash }, actor)
        : preview
    if (json) io.out(JSON.stringify({ ...result, confirmed: result !== preview }))
    else {
      show(yes === true ? `${verb} done` : `${verb} would do`, result.done, io)
      if (result.refused.length > 0) show('refused', result.refused, io)
      if (result.more > 0) io.out(`${result.more} more of the same cause are left for the next turn.`)
      if (yes !== true && result.done.length > 0) io.out('Nothing was changed. With --yes it is done.')
    }
    return result.done.length > 0 && result.refused.length === 0 ? exit.yes : exit.no
  },
}
export default command
