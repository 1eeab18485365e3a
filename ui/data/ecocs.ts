import { language } from '../common/i18n.ts'
import type { Page } from '../common/merge-list.ts'
import type { EcocState } from '../common/states.ts'
import type { Verb } from '../common/verbs.ts'
import type { Mode } from './flows.ts'
import { getJson, postJson } from './http.ts'
import type { EcocTrace } from './trace.ts'

/** One line of the list. */
export interface EcocItem {
  readonly id: string
  readonly vin: string
  readonly state: EcocState
  readonly recordKey: string
  readonly mapper: string
  readonly mode: Mode
  readonly stage: number | null
  readonly version: number
  readonly accessPoint: string | null
  readonly reasonCode: string | null
  readonly reason: string | null
  readonly nextStep: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly iviReferenceId: string | null
  readonly receiptReference: string | null
}

export const listEcocs = (query: {
  q: string
  state: EcocState | undefined
  after?: string
  limit: number
}): Promise<Page<EcocItem>> => {
  const params = new URLSearchParams({ limit: String(query.limit) })
  if (query.q !== '') params.set('q', query.q)
  if (query.state !== undefined) params.set('state', query.state)
  if (query.after !== undefined) params.set('after', query.after)
  return getJson(`/api/v1/ecocs?${params.toString()}`)
}

export const getTrace = (id: string): Promise<EcocTrace> => getJson(`/api/v1/ecocs/${id}`)

/** Where the signed document can be loaded from. */
export const documentAddress = (id: string): string => `/api/v1/ecocs/${id}/ivi.xml`

/** Where the certificate can be loaded as a person reads it, in the language of the page. */
export const printAddress = (id: string): string => `/api/v1/ecocs/${id}/coc.pdf?language=${language()}`

/** Does what a verb says; `body` is what that verb asks for. */
export const callVerb = (id: string, verb: Verb, body: object = {}): Promise<EcocItem> =>
  postJson(`/api/v1/ecocs/${id}/${verb}`, body)
