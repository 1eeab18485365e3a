import type { EcocState } from '../common/states.ts'
import { getJson, postJson } from './http.ts'

/** One message of an authority in plain words, beside its own. */
export interface Explanation {
  readonly code: string
  readonly text: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly path: string | null
  readonly label: string | null
  readonly item: string | null
  readonly value: string | null
  readonly whoseLabel: string
  readonly meaning: string
  readonly change: string
}
/** One cause over many vehicles. */
export interface RejectionGroup {
  readonly key: string
  readonly accessPoint: string
  readonly count: number
  readonly vins: readonly string[]
  readonly first: string
  readonly last: string
  readonly explanation: Explanation
}
export interface RejectedVehicle {
  readonly id: string
  readonly vin: string
  readonly at: string
}

const words = (language: string): string => `language=${['en', 'de', 'fr'].includes(language) ? language : 'en'}`

export const listRejections = (
  language: string,
): Promise<{ readonly items: readonly RejectionGroup[]; readonly vehicles: number }> =>
  getJson(`/api/v1/rejections?${words(language)}`)

export const rejectedOf = async (key: string): Promise<readonly RejectedVehicle[]> =>
  (await getJson<{ ecocs: readonly RejectedVehicle[] }>(`/api/v1/rejections/${key}`)).ecocs

export const explainReceipt = async (id: string, language: string): Promise<readonly Explanation[]> =>
  (await getJson<{ messages: readonly Explanation[] }>(`/api/v1/ecocs/${id}/explanation?${words(language)}`)).messages

export type BulkVerb = 'retry' | 'replay' | 'correct' | 'cancel'
export interface BulkLine {
  readonly id: string
  readonly vin: string
  readonly state: EcocState
  readonly why: string | null
}
export interface BulkResult {
  readonly hash: string
  readonly done: readonly BulkLine[]
  readonly refused: readonly BulkLine[]
  readonly more: number
}
export interface BulkAsked {
  readonly verb: BulkVerb
  readonly filter: { readonly rejection: string }
}

export const previewBulk = (asked: BulkAsked): Promise<BulkResult> =>
  postJson('/api/v1/ecocs/bulk', { ...asked, preview: true })
export const confirmBulk = (asked: BulkAsked, hash: string, comment: string): Promise<BulkResult> =>
  postJson('/api/v1/ecocs/bulk', { ...asked, hash, comment })
