import { setTimeout } from 'node:timers/promises'
import type { ParseArgsOptionsConfig } from 'node:util'
import { GatewayError } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { createActions, type FlowActions } from '../flow/actions/create-actions.ts'
import type { Tools } from '../flow/tools.ts'
import { pipeline } from '../pipeline.ts'
import type { EcocRow } from '../store/tables.ts'
import { parse, usageError } from './arguments.ts'
import { exit, type Io } from './command.ts'

/** Options of a command that take a text. */
export type OptionTexts = Readonly<Record<string, string | undefined>>

/** A correction that was proposed and came to nothing: the eCoC beside it is what counts. */
const isClosedProposal = ({ state, proposal_of }: EcocRow): boolean => state === 'cancelled' && proposal_of !== null

/** Far more than a vehicle has versions and proposals. */
const most = 100

/**
 * The eCoC that a person means by a VIN: the newest, and of live, test and parallel ones the live one, however old it is.
 * @returns it, and the newest of its mode
 */
const meantBy = async (vin: string, tools: Tools): Promise<{ ecoc: EcocRow; newest: EcocRow } | undefined> => {
  const live = await tools.store.ecocs.list({ vin, mode: 'live', limit: most })
  const rows = live.length > 0 ? live : await tools.store.ecocs.list({ vin, limit: most })
  const [newest] = rows
  // Of several documents of a vehicle its own is meant; a further one is acted on by its id.
  const ecoc = rows.find((row) => !isClosedProposal(row) && !row.sibling_of) ?? newest
  return ecoc && newest && { ecoc, newest }
}

/** Where the eCoC stands, or the one that the action made beside it, once the running gateway has looked at it. */
const settled = async (
  { id, vin, mode }: EcocRow,
  before: EcocRow,
  isRunning: boolean,
  tools: Tools,
): Promise<EcocRow | undefined> => {
  for (let tries = 0; ; tries++) {
    const [newest] = await tools.store.ecocs.list({ vin, mode, limit: 1 })
    const now = newest && newest.id !== before.id ? newest : await tools.store.ecocs.get(id)
    if (!isRunning || tries >= 25 || !now || now.state !== 'received') return now
    await setTimeout(200)
  }
}

/**
 * Does an action to the eCoC of a VIN and says where it stands then. A state that does not allow it is exit 1.
 * @throws GatewayError CLI-001 when no VIN is named
 */
export const onVin = async (
  argv: string[],
  usage: string,
  io: Io,
  { tools, connectors, isRunning }: OpenData,
  action: (actions: FlowActions, ecoc: EcocRow, values: OptionTexts) => Promise<void>,
  options: ParseArgsOptionsConfig = {},
): Promise<number> => {
  const { values, positionals } = parse(argv, { ...options, json: { type: 'boolean' } }, usage)
  const [vin] = positionals
  if (vin === undefined || positionals.length > 1) throw usageError('Name one VIN.', usage)
  const meant = await meantBy(vin, tools)
  const say = (result: { ecocId: string | null; state: string | null; message?: string }): void =>
    io.out(values.json ? JSON.stringify(result) : `${vin}: ${result.message ?? result.state ?? ''}`)
  if (!meant) {
    say({ ecocId: null, state: null, message: 'There is no eCoC of this VIN.' })
    return exit.no
  }
  const { ecoc, newest } = meant
  try {
    await action(createActions(tools, connectors.codecs, pipeline[0]?.name ?? ''), ecoc, values as OptionTexts)
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'usage' || error.code === 'CLI-001') throw error
    say({ ecocId: ecoc.id, state: ecoc.state, message: error.message })
    if (error.hint) io.err(error.hint)
    return exit.no
  }
  const now = await settled(ecoc, newest, isRunning, tools)
  say({
    ecocId: now?.id ?? ecoc.id,
    state: now?.state ?? ecoc.state,
    ...(now?.reason ? { message: `${now.state}: ${now.reason}` } : {}),
  })
  return exit.yes
}
