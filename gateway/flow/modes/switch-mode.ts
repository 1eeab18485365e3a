import { reportHtml } from '../../compare/report-html.ts'
import type { Mode, Vin } from '../../contract/index.ts'
import { event, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { localDay } from '../../support/local-time.ts'
import { Mutex } from '../../support/mutex.ts'
import type { Tools } from '../tools.ts'
import { continueVehicles, type ContinuedVehicles } from './continue-vehicles.ts'
import type { HeadContext } from './head-writes.ts'
import { readParallelReport } from './match-rate.ts'
import { modeKey, modeOf } from './mode-of.ts'

export interface Switched {
  readonly flow: string
  readonly mode: Mode
  readonly from: Mode
  /** Vehicles that the earlier process delivered and that are eCoCs here now. */
  readonly heads: number
  /** Accepted documents that are no heads, and why. */
  readonly problems: ContinuedVehicles['problems']
  /** Vehicles of the parallel run that nobody is known to have delivered: they go out when they are exported again. */
  readonly undelivered: number
  /** Hash of the match-rate report that goes with a cutover. */
  readonly report: string | null
}

/** One switch at a time: each says from which mode it came. */
const switching = new Mutex()

/** Vehicles that become eCoCs in one transaction. */
const batchSize = 100

const continueAll = async (context: HeadContext, tools: Tools): Promise<ContinuedVehicles> => {
  let heads = 0
  const problems: ContinuedVehicles['problems'][number][] = []
  for (let after = '', vins: Vin[] = []; ; after = vins.at(-1) ?? '') {
    vins = await tools.store.earlier.vinsToContinue(context.flow, after, batchSize)
    if (vins.length === 0) return { heads, problems }
    const made = await continueVehicles(vins, context, tools)
    heads += made.heads
    problems.push(...made.problems)
  }
}

/**
 * Switches how a flow is run, from the next record on; what is under way keeps the mode it was born with. Going live is the
 * cutover: what the earlier process delivered becomes eCoCs of ours first, batch by batch, and only then the mode changes,
 * with the match-rate report attached. A crash in between leaves the mode as it was, and the same switch goes on.
 */
export const switchMode = (
  flow: string,
  to: Mode,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<Switched> => switching.run(() => doSwitch(flow, to, actor, firstStage, tools))

const doSwitch = async (flow: string, to: Mode, actor: string, firstStage: string, tools: Tools): Promise<Switched> => {
  const from = await modeOf(flow, tools)
  const nothing = { flow, mode: to, from, heads: 0, problems: [], undelivered: 0, report: null }
  if (from === to) return nothing
  const at = instant(tools.clock())
  const told = (detail: Readonly<Record<string, unknown>>): Write[] => [
    upsert('setting', { key: modeKey(flow), value: to }),
    event({ at, actor, type: 'flow.mode_switched', subject: flow, detail: { from, to, ...detail } }),
  ]
  // A chunk of records is of one mode: it is taken in under the same lock.
  if (to !== 'live') {
    await tools.taking.run(() => tools.store.commit(told({})))
    return nothing
  }
  const { comparison } = await readParallelReport(flow, tools.store)
  const day = localDay(tools.clock(), tools.config.site.timeZone)
  const html = Buffer.from(reportHtml(comparison, `Cutover of ${flow} on ${day}: parallel run`))
  const report = sha256(html)
  await tools.store.commit([
    tools.store.reports.write(`cutover-${flow}-${day}.html`, 'text/html; charset=utf-8', html, at),
  ])
  const context = { flow, actor, firstStage, report }
  const first = await continueAll(context, tools)
  return tools.taking.run(async () => {
    // What was imported meanwhile.
    const last = await continueAll(context, tools)
    const undelivered = await tools.store.ecocs.countUndelivered(flow)
    const heads = first.heads + last.heads
    const { vehicles, equal } = comparison.rate
    await tools.store.commit(told({ report, vehicles, equal, heads, undelivered, refused: last.problems.length }))
    return { flow, mode: to, from, heads, problems: last.problems, undelivered, report }
  })
}
