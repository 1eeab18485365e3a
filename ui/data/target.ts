import type { EcocState } from '../common/states.ts'
import type { EcocItem } from './ecocs.ts'
import { getJson, postJson } from './http.ts'

/** Where an eCoC goes, and why. */
export interface Target {
  readonly profile: string | null
  readonly accessPoint: string | null
  readonly environment: string | null
  readonly reasons: readonly string[]
  readonly overEucaris: readonly string[]
  readonly remarks: readonly { readonly code: string; readonly message: string }[]
  readonly documents: readonly {
    readonly id: string
    readonly profile: string | null
    readonly accessPoint: string | null
    readonly state: EcocState
    readonly own: boolean
  }[]
  readonly otherAccessPoints: readonly string[]
}

export const getTarget = (id: string): Promise<Target> => getJson(`/api/v1/ecocs/${id}/target`)

export const sendElsewhere = (id: string, accessPoint: string, comment: string): Promise<EcocItem> =>
  postJson(`/api/v1/ecocs/${id}/route`, { accessPoint, comment })
