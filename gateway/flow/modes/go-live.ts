import type { Mode } from '../../contract/index.ts'
import type { EventRow, GoLiveStepRow } from '../../store/tables.ts'
import { event, upsert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { refuse } from '../actions/refuse.ts'
import type { Tools } from '../tools.ts'
import { percentOf, type ParallelReport } from './match-rate.ts'

/** The way to going live, in its order. `derived` ones are done when the gateway sees that they are. */
export const goLiveSteps = ['contract', 'test_certificate', 'signer', 'test_ecocs', 'match_rate', 'cutover'] as const
export type GoLiveStep = (typeof goLiveSteps)[number]
const derived: ReadonlySet<GoLiveStep> = new Set(['test_ecocs', 'match_rate', 'cutover'])

export interface StepStanding {
  readonly step: GoLiveStep
  readonly derived: boolean
  readonly done: boolean
  readonly owner: string | null
  readonly date: string | null
  readonly proof: string | null
  /** How far a counted step is, and what it needs. */
  readonly have: number | null
  readonly need: number | null
  /** Who ticked it, and when, by the audit trail. */
  readonly by: string | null
  readonly at: string | null
}
export interface PointStanding {
  readonly accessPoint: string
  readonly environment: string
  /** Where its test eCoCs go. */
  readonly testPoint: string | null
  readonly steps: readonly StepStanding[]
}

/** What a person notes of a step; what is left out stays as it is. */
export interface StepInput {
  readonly accessPoint: string
  readonly done?: boolean | undefined
  readonly owner?: string | undefined
  readonly date?: string | undefined
  readonly proof?: string | undefined
}

const subjectOf = (flow: string, accessPoint: string): string => `${flow}/${accessPoint}`

/** The access points that the routing may choose; all of them where it names none. */
const pointsOf = ({ accessPoints, routingTable }: Pick<Tools, 'accessPoints' | 'routingTable'>) => {
  const { accessPoints: byCountry, rules, otherwise } = routingTable
  const named = new Set([...byCountry, ...rules].map((r) => r.accessPoint))
  if (otherwise !== undefined) named.add(otherwise)
  const live = [...accessPoints.values()].filter((p) => p.testOf === undefined)
  const routed = live.filter((p) => named.has(p.name))
  return routed.length > 0 ? routed : live
}

const detailOf = (e: EventRow): Readonly<Record<string, unknown>> => JSON.parse(e.detail) as Record<string, unknown>

interface Measured {
  readonly done: boolean
  readonly have: number | null
  readonly need: number | null
  readonly event?: EventRow | undefined
}

/** Where the steps of a flow stand at each of its access points. */
export const readGoLive = async (
  flow: string,
  mode: Mode,
  { comparison }: ParallelReport,
  tools: Pick<Tools, 'store' | 'accessPoints' | 'routingTable' | 'config'>,
): Promise<PointStanding[]> => {
  const needs = tools.config.flows.find((f) => f.mapper === flow)?.goLive ?? { testEcocs: 10, matchRate: 100 }
  const noted = await tools.store.goLiveSteps.of(flow)
  const switches = await tools.store.events.of(flow)
  const cutover = switches.findLast((e) => e.type === 'flow.mode_switched' && detailOf(e)['to'] === 'live')
  const rate = percentOf(comparison.rate.equal, comparison.rate.vehicles)
  const standings: PointStanding[] = []
  for (const point of pointsOf(tools)) {
    const stand = [...tools.accessPoints.values()].find((p) => p.testOf === point.name)
    const tested = stand ? await tools.store.ecocs.countTestAccepted(flow, stand.name) : 0
    const events = await tools.store.events.of(subjectOf(flow, point.name))
    const measured: Readonly<Partial<Record<GoLiveStep, Measured>>> = {
      test_ecocs: { done: tested >= needs.testEcocs, have: tested, need: needs.testEcocs },
      match_rate: { done: rate !== undefined && rate >= needs.matchRate, have: rate ?? null, need: needs.matchRate },
      cutover: { done: mode === 'live', have: null, need: null, event: mode === 'live' ? cutover : undefined },
    }
    const steps = goLiveSteps.map((step) => {
      const row = noted.find((n) => n.access_point === point.name && n.step === step)
      const ticked = events.findLast((e) => detailOf(e)['step'] === step && detailOf(e)['ticked'] === true)
      return standingOf(step, row, measured[step] ?? { done: row?.done === 1, have: null, need: null, event: ticked })
    })
    standings.push({ accessPoint: point.name, environment: point.environment, testPoint: stand?.name ?? null, steps })
  }
  return standings
}

const standingOf = (step: GoLiveStep, row: GoLiveStepRow | undefined, measured: Measured): StepStanding => ({
  step,
  derived: derived.has(step),
  done: measured.done,
  owner: row?.owner ?? null,
  date: row?.date ?? null,
  proof: row?.proof ?? null,
  have: measured.have,
  need: measured.need,
  by: measured.done ? (measured.event?.actor ?? null) : null,
  at: measured.done ? (measured.event?.at ?? null) : null,
})

/**
 * Notes owner, date and proof of a step, or ticks it. Who ticked it and when stands in the audit trail, nowhere else.
 * @throws GatewayError ACT-426 no such step or access point, ACT-427 a step that the gateway judges itself
 */
export const noteStep = async (
  flow: string,
  step: string,
  input: StepInput,
  actor: string,
  tools: Tools,
): Promise<void> => {
  const known = goLiveSteps.find((s) => s === step)
  const points = pointsOf(tools).map((p) => p.name)
  if (!known || !points.includes(input.accessPoint)) {
    const message = `There is no step ${step.slice(0, 64)} of access point ${input.accessPoint.slice(0, 64)}.`
    throw refuse(404, 'ACT-426', message, `Steps: ${goLiveSteps.join(', ')}. Access points: ${points.join(', ')}.`)
  }
  if (input.done !== undefined && derived.has(known))
    throw refuse(409, 'ACT-427', `The gateway itself sees whether ${known} is done.`, 'Note owner, date or proof only.')
  const before = (await tools.store.goLiveSteps.of(flow)).find(
    (n) => n.access_point === input.accessPoint && n.step === known,
  )
  const text = (given: string | undefined, old: string | null | undefined): string | null =>
    given === undefined ? (old ?? null) : given === '' ? null : given
  const done = input.done === undefined ? (before?.done ?? 0) : input.done ? 1 : 0
  const row: GoLiveStepRow = {
    flow,
    access_point: input.accessPoint,
    step: known,
    done,
    owner: text(input.owner, before?.owner),
    date: text(input.date, before?.date),
    proof: text(input.proof, before?.proof),
  }
  const ticked = done === 1 && before?.done !== 1
  const { owner, date, proof } = row
  const detail = { step: known, done: done === 1, ticked, owner, date, proof }
  const subject = subjectOf(flow, input.accessPoint)
  await tools.store.commit([
    upsert('go_live_step', row),
    event({ at: instant(tools.clock()), actor, type: 'go_live.step_noted', subject, detail }),
  ])
}
