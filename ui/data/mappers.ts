import { language } from '../common/i18n.ts'
import { getJson, postJson } from './http.ts'
import type { Finding } from './trace.ts'

export interface MapperStanding {
  readonly name: string
  readonly title: string
  readonly runs: {
    readonly from: 'file' | 'release'
    readonly number: number | null
    readonly version: string
    readonly sha256: string
  } | null
  readonly draft: {
    readonly version: string | null
    readonly sha256: string | null
    readonly problem: string | null
  } | null
  readonly latest: { readonly number: number; readonly sha256: string } | null
  readonly isProposed: boolean
}

export interface Difference {
  readonly records: number
  readonly changed: number
  readonly nowRefused: { readonly records: number; readonly example: string | null }
  readonly nowMapped: { readonly records: number; readonly example: string | null }
  readonly refusedByBoth: number
  readonly elements: readonly {
    readonly element: string
    readonly records: number
    readonly example: { readonly vin: string; readonly from: string | null; readonly to: string | null }
  }[]
}
export interface Proposal {
  readonly version: string
  readonly sha256: string
  readonly comment: string
  readonly proposedBy: string
  readonly at: string
  readonly tests: readonly { readonly name: string; readonly ok: boolean }[]
  readonly difference: Difference
}
export interface Release extends Proposal {
  readonly number: number
  readonly backTo: number | null
  readonly releasedBy: string
}
export interface MapperDetail extends MapperStanding {
  readonly fourEyes: boolean
  readonly proposal: Proposal | null
  readonly releases: readonly Release[]
}

export interface Suggestion {
  readonly field: string
  readonly element: string
  readonly score: number
  readonly line: string
}
export interface PreviewField {
  readonly path: string
  readonly element: string
  readonly item: string
  readonly label: string
  readonly source: string
  readonly read: readonly { readonly field: string; readonly value: string }[]
  readonly expression: string
  readonly value: string
  readonly unit: string
  readonly findings: readonly Finding[]
}
export interface Preview {
  readonly vehicle: { readonly vin: string; readonly category: string | null; readonly stage: string | null }
  readonly mapped: boolean
  readonly fields: readonly PreviewField[]
  readonly unmapped: readonly {
    readonly path: string
    readonly item: string
    readonly label: string
    readonly unit: string
    readonly suggestions: readonly Suggestion[]
  }[]
  readonly unused: readonly {
    readonly field: string
    readonly value: string
    readonly suggestions: readonly Suggestion[]
  }[]
  readonly findings: readonly Finding[]
}
export type Which = 'running' | 'draft' | 'proposed'

export const listMappers = async (): Promise<readonly MapperStanding[]> =>
  (await getJson<{ items: readonly MapperStanding[] }>('/api/v1/mappers')).items

export const getMapper = (name: string): Promise<MapperDetail> => getJson(`/api/v1/mappers/${name}`)

export const getPreview = (name: string, ecoc: string, which: Which): Promise<Preview> =>
  postJson(`/api/v1/mappers/${name}/preview`, { ecoc, which, language: language() })

export type Change = 'propose' | 'approve' | 'rollback'

/** Proposes, approves or brings back; `body` is what that asks for. */
export const changeMapper = (name: string, change: Change, body: object): Promise<MapperDetail> =>
  postJson(`/api/v1/mappers/${name}/${change}`, body)

export const contractAddress = (name: string): string => `/api/v1/mappers/${name}/contract.html?language=${language()}`
