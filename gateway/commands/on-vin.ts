import { setTimeout } from 'node:timers/promises'
import { GatewayError } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { createActions, type FlowActions } from '../flow/actions/create-actions.ts'
import type { Tools } from '../flow/tools.ts'
import { pipeline } from '../pipeline.ts'
import type { EcocRow } from '../store/tables.ts'
import { parse, usageError } from './arguments.ts'
import { exit, type Io } from './command.ts'

/** Where the newest eCoC of the VIN stands, once the running gateway has looked at it: within a few seconds. */
const settled = async ({ vin, mode }: EcocRow, isRunning: boolean, tools: Tools): Promise<EcocRow | undefined> => {
  for (let tries = 0; ; tries++) {
    const [now] = await tools.store.ecocs.list({ vin, mode, limit: 1 })
    if (!isRunning || tries >= 25 || !now || now.state !== 'received') return now
    await setTimeout(200)
  }
}

/**
 * Does an action to the newest eCoC of a VIN and says where it stands then. A state that does not allow it is exit 1.
 * @throws GatewayError CLI-001 when no VIN is named
 */
export const onVin = async (
  argv: string[],
  usage: string,
  io: Io,
  { tools, connectors, isRunning }: OpenData,
  action: (actions: FlowActions, ecoc: EcocRow) => Promise<void>,
): Promise<number> => {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, usage)
  const [vin] = positionals
  if (vin === undefined || positionals.length > 1) throw usageError('Name one VIN.', usage)
  // What is live comes before a test or a parallel run of the same vehicle, however new that is.
  const [live] = await tools.store.ecocs.list({ vin, mode: 'live', limit: 1 })
  const [ecoc] = live ? [live] : await tools.store.ecocs.list({ vin, limit: 1 })
  const say = (result: { ecocId: string | null; state: string | null; message?: string }): void =>
    io.out(values.json ? JSON.stringify(result) : `${vin}: ${result.message ?? result.state ?? ''}`)
  if (!ecoc) {
    say({ ecocId: null, state: null, message: 'There is no eCoC of this VIN.' })
    return exit.no
  }
  try {
    await action(createActions(tools, connectors.codecs, pipeline[0]?.name ?? ''), ecoc)
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'usage') throw error
    say({ ecocId: ecoc.id, state: ecoc.state, message: error.message })
    return exit.no
  }
  const now = await settled(ecoc, isRunning, tools)
  say({
    ecocId: now?.id ?? ecoc.id,
    state: now?.state ?? ecoc.state,
    ...(now?.reason ? { message: `${now.state}: ${now.reason}` } : {}),
  })
  return exit.yes
}
