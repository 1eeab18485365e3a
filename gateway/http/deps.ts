import type { Catalogue } from '../ivi/catalogue.ts'
import type { CertificateRegister } from '../certificates/register.ts'
import type { Bases } from '../flow/base/create-bases.ts'
import type { FlowActions } from '../flow/actions/create-actions.ts'
import type { RouteDesk } from '../flow/ask-route.ts'
import type { AccessPointControl } from '../flow/delivery/access-point-control.ts'
import type { Flows } from '../flow/modes/create-flows.ts'
import type { Sources } from '../flow/sources.ts'
import type { SignOffDesk } from '../flow/sign-off/sign-off-desk.ts'
import type { Workbench } from '../workbench/create-workbench.ts'
import type { Store } from '../store/store.ts'
import type { EcocRow } from '../store/tables.ts'

/** What the routes may ask the gateway to do. Refusals are `GatewayError`s of kind `usage` with `params.status`. */
export type Actions = FlowActions

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
  readonly bases: Bases
  readonly flows: Flows
  readonly askRoute: RouteDesk
  /** Where an eCoC may be sent instead, before its dispatch. */
  readonly otherAccessPoints: (ecoc: EcocRow) => readonly string[]
  readonly accessPoints: AccessPointControl
  readonly workbench: Workbench
  readonly sources: Sources
  readonly signOffs: SignOffDesk
  readonly status: () => Promise<HealthStatus>
  readonly metrics: () => Promise<{ contentType: string; body: string }>
  /** All certificates the gateway uses, as they are now. */
  readonly certificates: () => Promise<CertificateRegister>
  /** Where the built UI lies; undefined where there is none. */
  readonly uiFolder: string | undefined
  readonly mappers: () => readonly { readonly name: string; readonly version: string; readonly title: string }[]
  /** The catalogue that a document of ours is to be read with. */
  readonly catalogueOf: (document: Buffer) => Catalogue
  /** Host names, without port, under which the gateway may be called besides the loopback ones. */
  readonly allowedHosts: readonly string[]
  readonly log: HttpLog
  /** Ends the event streams when the gateway stops. */
  readonly shutdown?: AbortSignal
}
