import type { Mode } from '../../contract/index.ts'
import type { EarlierCounts } from '../../store/repositories/earlier.ts'
import type { Tools } from '../tools.ts'
import { noteStep, type PointStanding, readGoLive, type StepInput } from './go-live.ts'
import { type EarlierInput, type EarlierResult, importEarlier } from './import-earlier.ts'
import { type ParallelReport, readParallelReport } from './match-rate.ts'
import { knownFlow, modeOf } from './mode-of.ts'
import { switchMode, type Switched } from './switch-mode.ts'

export interface FlowLine {
  readonly flow: string
  readonly title: string
  readonly version: string
  readonly mode: Mode
}
export interface FlowStanding extends FlowLine {
  readonly report: ParallelReport
  readonly earlier: EarlierCounts
  readonly undelivered: number
  readonly accessPoints: readonly PointStanding[]
}

/** What people may ask of a flow, which is named by its mapper. An unknown one is refused (ACT-424). */
export interface Flows {
  list(): Promise<readonly FlowLine[]>
  show(flow: string): Promise<FlowStanding>
  mode(flow: string): Promise<{ readonly flow: string; readonly mode: Mode }>
  switchMode(flow: string, to: Mode, actor: string): Promise<Switched>
  matchRate(flow: string): Promise<ParallelReport>
  importEarlier(flow: string, input: EarlierInput, actor: string): Promise<readonly EarlierResult[]>
  noteStep(flow: string, step: string, input: StepInput, actor: string): Promise<void>
}

/** @param firstStage name of the stage at which a record begins */
export const createFlows = (tools: Tools, firstStage: string): Flows => {
  const lineOf = async (flow: string): Promise<FlowLine> => {
    const mapper = tools.mappers.get(knownFlow(flow, tools))
    return { flow, title: mapper?.title ?? flow, version: mapper?.version ?? '', mode: await modeOf(flow, tools) }
  }
  return {
    list: () => Promise.all([...tools.mappers.keys()].map(lineOf)),
    async show(flow) {
      const line = await lineOf(flow)
      const report = await readParallelReport(flow, tools.store)
      const [earlier, undelivered, accessPoints] = await Promise.all([
        tools.store.earlier.counts(flow),
        tools.store.ecocs.countUndelivered(flow),
        readGoLive(flow, line.mode, report, tools),
      ])
      return { ...line, report, earlier, undelivered, accessPoints }
    },
    async mode(flow) {
      return { flow: knownFlow(flow, tools), mode: await modeOf(flow, tools) }
    },
    async switchMode(flow, to, actor) {
      return switchMode(knownFlow(flow, tools), to, actor, firstStage, tools)
    },
    async matchRate(flow) {
      return readParallelReport(knownFlow(flow, tools), tools.store)
    },
    async importEarlier(flow, input, actor) {
      return importEarlier(knownFlow(flow, tools), input, actor, firstStage, tools)
    },
    async noteStep(flow, step, input, actor) {
      await noteStep(knownFlow(flow, tools), step, input, actor, tools)
    },
  }
}
