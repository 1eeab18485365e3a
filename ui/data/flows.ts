import { getJson, postJson } from './http.ts'

export const modes = ['test', 'parallel', 'live'] as const
export type Mode = (typeof modes)[number]

export interface FlowLine {
  readonly flow: string
  readonly title: string
  readonly version: string
  readonly mode: Mode
}

export type StepName = 'contract' | 'test_certificate' | 'signer' | 'test_ecocs' | 'match_rate' | 'cutover'
export interface Step {
  readonly step: StepName
  /** The gateway itself sees whether it is done. */
  readonly derived: boolean
  readonly done: boolean
  readonly owner: string | null
  readonly date: string | null
  readonly proof: string | null
  readonly have: number | null
  readonly need: number | null
  readonly by: string | null
  readonly at: string | null
}
export interface Point {
  readonly accessPoint: string
  readonly environment: string
  readonly testPoint: string | null
  readonly steps: readonly Step[]
}
export interface Flow extends FlowLine {
  readonly vehicles: number
  readonly equal: number
  readonly rate: number | null
  readonly withoutDocument: number
  readonly held: number
  readonly earlier: { readonly documents: number; readonly accepted: number; readonly continued: number }
  readonly undelivered: number
  readonly accessPoints: readonly Point[]
}

export interface FieldRate {
  readonly element: string
  readonly label: string
  readonly vehicles: number
  readonly differing: number
  readonly rate: number | null
}
export interface MatchRate {
  readonly fields: readonly FieldRate[]
  readonly days: readonly {
    readonly day: string
    readonly vehicles: number
    readonly equal: number
    readonly rate: number | null
  }[]
}

const at = (flow: string): string => `/api/v1/flows/${encodeURIComponent(flow)}`

export const listFlows = async (): Promise<readonly FlowLine[]> =>
  (await getJson<{ items: readonly FlowLine[] }>('/api/v1/flows')).items
export const getFlow = (flow: string): Promise<Flow> => getJson(at(flow))
export const getMatchRate = (flow: string, language: string): Promise<MatchRate> =>
  getJson(`${at(flow)}/match-rate?language=${language}`)

/** Where the reports of a parallel run can be loaded from. */
export const reportAddress = (flow: string, format: 'csv' | 'html'): string => `${at(flow)}/match-rate.${format}`

export const switchMode = (flow: string, mode: Mode): Promise<{ heads: number; undelivered: number }> =>
  postJson(`${at(flow)}/mode`, { mode })

export interface StepNote {
  readonly accessPoint: string
  readonly done?: boolean
  readonly owner: string
  readonly date: string
  readonly proof: string
}
export const noteStep = (flow: string, step: StepName, note: StepNote): Promise<Flow> =>
  postJson(`${at(flow)}/steps/${step}`, note)
