import { getJson, postJson } from './http.ts'

export interface Source {
  readonly name: string
  readonly connector: string
  readonly kind: 'files' | 'rows' | 'push'
  readonly mapper: string
  readonly state: 'starting' | 'ok' | 'failing' | 'down' | 'stopped'
  readonly since: string | null
  readonly lastLookAt: string | null
  readonly nextLookAt: string | null
  readonly problem: string | null
  readonly answersPending: number
  readonly answersParked: number
}

/** The part of JSON Schema that a connector's settings are made of. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly default?: unknown
  readonly description?: string
}
export interface Connector {
  readonly name: string
  readonly title: string
  readonly kind: Source['kind']
  readonly schema: Schema
}

export interface TestStep {
  readonly step: string
  readonly ok: boolean
  readonly detail?: string
}

/** An answer that a source refused for good. */
export interface Parked {
  readonly kind: string
  readonly subject: string
  readonly source: string
  readonly name: string
  readonly problem: string | null
}

export const listSources = async (): Promise<readonly Source[]> =>
  (await getJson<{ sources: readonly Source[] }>('/api/v1/sources')).sources
export const listConnectors = async (): Promise<readonly Connector[]> =>
  (await getJson<{ connectors: readonly Connector[] }>('/api/v1/connectors')).connectors
export const listParked = async (): Promise<readonly Parked[]> =>
  (await getJson<{ parked: readonly Parked[] }>('/api/v1/write-backs')).parked

export const testSource = async (name: string): Promise<readonly TestStep[]> =>
  (await postJson<{ steps: readonly TestStep[] }>(`/api/v1/sources/${encodeURIComponent(name)}/test`, {})).steps
export const retryParked = ({ kind, subject }: Parked): Promise<{ retried: number }> =>
  postJson('/api/v1/write-backs/retry', { kind, subject })
