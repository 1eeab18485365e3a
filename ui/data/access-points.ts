import { getJson, postJson } from './http.ts'

export interface AccessPoint {
  readonly name: string
  readonly title: string
  readonly environment: string
  readonly testOf: string | null
  readonly state: 'reachable' | 'paused' | 'maintenance' | 'retry-after' | 'unreachable' | 'throttled'
  readonly until: string | null
  readonly pause: { readonly reason: string; readonly by: string; readonly until: string } | null
  readonly queued: number
  readonly oldest: string | null
}
type Answer = { readonly items: readonly AccessPoint[] }

const at = '/api/v1/access-points'

export const listAccessPoints = async (): Promise<readonly AccessPoint[]> => (await getJson<Answer>(at)).items

/** @param until when the pause ends by itself */
export const pauseAccessPoint = async (name: string, reason: string, until: Date): Promise<readonly AccessPoint[]> =>
  (await postJson<Answer>(`${at}/${encodeURIComponent(name)}/pause`, { reason, until: until.toISOString() })).items

export const resumeAccessPoint = async (name: string): Promise<readonly AccessPoint[]> =>
  (await postJson<Answer>(`${at}/${encodeURIComponent(name)}/resume`, {})).items
