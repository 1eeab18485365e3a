import type { EcocState } from '../common/states.ts'
import { getJson } from './http.ts'

export interface Summary {
  readonly version: string
  readonly sandbox: boolean
  readonly total: number
  readonly counts: Readonly<Partial<Record<EcocState, number>>>
  readonly issues: readonly { readonly check: string; readonly issue: string; readonly suggestion?: string }[]
}
export const getSummary = (): Promise<Summary> => getJson('/api/v1/summary')

export interface Health {
  readonly status: 'ok' | 'starting' | 'failing'
  readonly version: string
  readonly sandbox?: { readonly control: string; readonly inbox: string }
}
/** Health is told with 503 too, so the status is not looked at. */
export const getHealth = async (): Promise<Health> => (await (await fetch('/healthz')).json()) as Health
