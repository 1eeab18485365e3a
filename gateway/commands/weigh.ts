import { createSignOffDesk } from '../flow/sign-off/sign-off-desk.ts'
import { pipeline } from '../pipeline.ts'
import { weighingInput } from '../sign-off/weighing-input.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { nobody, personOf } from './token-holder.ts'

const usage =
  'weigh VIN --gross KG [--fuel-level %] [--fuel-mass KG] [--driver KG] [--optional KG] [--ticket T] [--scale S] [--calibrated-until DAY] [--on DAY] [--token-file F] [--json]'

/** Records a weighing; what is not signed yet of that VIN is judged anew. */
const command: Command = {
  where: 'data',
  summary: 'records a weighing of a vehicle',
  usage,
  async run(argv, io, data) {
    const text = { type: 'string' } as const
    const options = {
      ...{ gross: text, 'fuel-level': text, 'fuel-mass': text, driver: text, optional: text, ticket: text },
      ...{ scale: text, 'calibrated-until': text, on: text, 'token-file': text, json: { type: 'boolean' } as const },
    }
    const { values, positionals } = parse(argv, options, usage)
    if (positionals.length !== 1) throw usageError('Name one VIN.', usage)
    const given = {
      ...{ vin: positionals[0], grossMass: values.gross, fuelLevel: values['fuel-level'] },
      ...{ fuelMassFull: values['fuel-mass'], driverMass: values.driver, optionalMass: values.optional },
      ...{
        ticket: values.ticket,
        scale: values.scale,
        calibratedUntil: values['calibrated-until'],
        weighedOn: values.on,
      },
    }
    const read = weighingInput.safeParse(given)
    if (!read.success) {
      const [issue] = read.error.issues
      throw usageError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, usage)
    }
    const tokenFile = values['token-file']
    const { name } = tokenFile === undefined ? nobody : await personOf(tokenFile, io, data)
    const { row, replayed } = await createSignOffDesk(data.tools, pipeline[0]?.name ?? '').weigh(read.data, name)
    if (values.json) io.out(JSON.stringify({ weighing: { id: row.id, ...read.data }, replayed }))
    else io.out(`${row.vin}: recorded; ${replayed.length} eCoC(s) are judged anew`)
    return exit.yes
  },
}
export default command
