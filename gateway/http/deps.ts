import type { EcocId } from '../contract/index.ts'
import type { Store } from '../store/store.ts'

/** What the routes may ask the gateway to do. Refusals are `GatewayError`s of kind `usage` with `params.status`. */
export interface Actions {
  signOff(id: EcocId, input: SignOffInput, actor: string): Promise<void>
  replay(id: EcocId, actor: string): Promise<void>
  retry(id: EcocId, actor: string): Promise<void>
  resolve(id: EcocId, input: ResolveInput, actor: string): Promise<void>
  correct(id: EcocId, actor: string): Promise<void>
  cancel(id: EcocId, comment: string, actor: string): Promise<void>
  push(input: PushInput): Promise<PushResult>
}
export interface SignOffInput {
  readonly decision: 'approve' | 'refuse'
  readonly comment: string
  /** Hash of the document that was shown to the person. */
  readonly documentSha256: string
}
export interface ResolveInput {
  readonly outcome: 'accepted' | 'not_received'
  readonly comment: string
}
export interface PushInput {
  readonly mapper: string
  readonly body: Buffer
  readonly contentType: string
  readonly idempotencyKey: string | undefined
  readonly actor: string
}
export interface PushResult {
  readonly records: readonly { readonly recordKey: string; readonly id: string; readonly known: boolean }[]
  readonly refused: readonly { readonly line: number; readonly problems: readonly unknown[] }[]
}

export interface HealthCheck {
  readonly check: string
  readonly ok: boolean
  readonly issue?: string
  readonly suggestion?: string
}
export interface HealthStatus {
  readonly ok: boolean
  readonly ready: boolean
  readonly checks: readonly HealthCheck[]
  /** Only in the sandbox: control address of the simulated access point, and the watched folder. */
  readonly sandbox?: { readonly control: string; readonly inbox: string }
}

/** The part of the log that the routes use. */
export interface HttpLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Everything the HTTP side is handed; it opens nothing by itself. */
export interface HttpDeps {
  readonly store: Store
  readonly clock: () => Date
  readonly version: string
  readonly actions: Actions
  readonly status: () => Promise<HealthStatus>
  readonly metrics: () => Promise<{ contentType: string; body: string }>
  /** Where the built UI lies; undefined where there is none. */
  readonly uiFolder: string | undefined
  readonly mappers: () => readonly { readonly name: string; readonly version: string; readonly title: string }[]
  /** Host names, without port, under which the gateway may be called besides the loopback ones. */
  readonly allowedHosts: readonly string[]
  readonly log: HttpLog
  /** Ends the event streams when the gateway stops. */
  readonly shutdown?: AbortSignal
}
