import { z } from 'zod'
import type { MatchRate } from '../../compare/match-rate.ts'
import { modes } from '../../contract/index.ts'
import type { FlowStanding } from '../../flow/modes/create-flows.ts'
import { goLiveSteps } from '../../flow/modes/go-live.ts'
import { type ParallelReport, percentOf } from '../../flow/modes/match-rate.ts'
import { labelOf, type Language } from '../../ivi/coc/coc.ts'

const text = z.string().nullable()
const count = z.number().int()
const percent = z.number().nullable().describe('Per cent, rounded down to two places; null where nothing was compared')

export const flowLine = z.strictObject({
  flow: z.string().describe('A flow is named by its mapper'),
  title: z.string(),
  version: z.string(),
  mode: z.enum(modes),
})
export const flowList = z.strictObject({ items: z.array(flowLine) })

const rates = {
  vehicles: count.describe('Vehicles compared'),
  equal: count.describe('Vehicles without a difference'),
  rate: percent,
}
const fieldRate = z.strictObject({
  element: z.string(),
  label: z.string(),
  vehicles: count,
  differing: count,
  rate: percent,
})

export const matchRateView = z.strictObject({
  flow: z.string(),
  ...rates,
  withoutDocument: count.describe('Vehicles of which the earlier process has no document yet'),
  held: count.describe('Vehicles of the parallel run that are held'),
  fields: z.array(fieldRate).describe('The worst first'),
  days: z.array(z.strictObject({ day: z.string(), ...rates, differing: z.array(fieldRate) })),
})
export type MatchRateView = z.infer<typeof matchRateView>

const stepView = z.strictObject({
  step: z.enum(goLiveSteps),
  derived: z.boolean().describe('The gateway itself sees whether it is done'),
  done: z.boolean(),
  owner: text,
  date: text,
  proof: text,
  have: z.number().nullable(),
  need: z.number().nullable(),
  by: text.describe('Who ticked it, by the audit trail'),
  at: text,
})
export const flowView = z.strictObject({
  ...flowLine.shape,
  ...rates,
  withoutDocument: count,
  held: count,
  earlier: z.strictObject({ documents: count, accepted: count, continued: count }),
  undelivered: count.describe('Vehicles of the parallel run that nobody is known to have delivered'),
  accessPoints: z.array(
    z.strictObject({
      accessPoint: z.string(),
      environment: z.string(),
      testPoint: text.describe('Where its test eCoCs go'),
      steps: z.array(stepView),
    }),
  ),
})
export type FlowView = z.infer<typeof flowView>

const ratesOf = ({ vehicles, equal }: MatchRate) => ({ vehicles, equal, rate: percentOf(equal, vehicles) ?? null })

const fieldsOf = (rate: MatchRate, language: Language): MatchRateView['fields'] =>
  rate.fields().map(({ element, vehicles, differing }) => ({
    element,
    label: labelOf(element, language),
    vehicles,
    differing,
    rate: percentOf(vehicles - differing, vehicles) ?? null,
  }))

export const matchRateViewOf = (
  flow: string,
  { comparison, days, counts }: ParallelReport,
  language: Language,
): MatchRateView => ({
  flow,
  ...ratesOf(comparison.rate),
  withoutDocument: counts.withoutDocument,
  held: counts.held,
  fields: fieldsOf(comparison.rate, language),
  days: [...days].map(([day, rate]) => ({
    day,
    ...ratesOf(rate),
    differing: fieldsOf(rate, language).filter((f) => f.differing > 0),
  })),
})

export const flowViewOf = ({ report, ...flow }: FlowStanding): FlowView => ({
  flow: flow.flow,
  title: flow.title,
  version: flow.version,
  mode: flow.mode,
  ...ratesOf(report.comparison.rate),
  withoutDocument: report.counts.withoutDocument,
  held: report.counts.held,
  earlier: { ...flow.earlier },
  undelivered: flow.undelivered,
  accessPoints: flow.accessPoints.map((p) => ({ ...p, steps: p.steps.map((s) => ({ ...s })) })),
})
