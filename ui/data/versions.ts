import { language } from '../common/i18n.ts'
import type { EcocState } from '../common/states.ts'
import { getJson } from './http.ts'

/** One version of an eCoC, or a correction proposed beside it. */
export interface Version {
  readonly id: string
  readonly version: number
  readonly state: EcocState
  readonly proposalOf: string | null
  readonly replaces: string | null
  readonly createdAt: string
}

/** One element that a version changed; null where a side does not have it. */
export interface Difference {
  readonly path: string
  readonly element: string
  readonly item: string | null
  readonly label: string
  readonly was: string | null
  readonly is: string | null
}

/** Oldest first. */
export const getVersions = async (id: string): Promise<readonly Version[]> =>
  (await getJson<{ versions: readonly Version[] }>(`/api/v1/ecocs/${id}/versions`)).versions

/** What an eCoC changed against the version that it follows. */
export const getDifferences = async (id: string): Promise<readonly Difference[]> =>
  (await getJson<{ differences: readonly Difference[] }>(`/api/v1/ecocs/${id}/differences?language=${language()}`))
    .differences
