/**
 * What kind of trouble it is, which decides who acts:
 * config → the administrator, operational → the gateway retries, outcome-unknown → asked or a person decides,
 * rejection → quality, security → the administrator, bug → us.
 */
export type ErrorKind = 'config' | 'operational' | 'outcome-unknown' | 'rejection' | 'security' | 'bug' | 'usage'

export interface GatewayErrorInit {
  readonly kind: ErrorKind
  /** `AREA-NNN` from the error catalogue (docs/errors.md). */
  readonly code: string
  /** What happened, to what. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly cause?: unknown
}

/** The one error class that is thrown on purpose. Data problems are `Finding`s instead. */
export class GatewayError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly hint: string | undefined
  readonly params: Readonly<Record<string, string | number>>

  constructor(init: GatewayErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause })
    this.name = 'GatewayError'
    this.kind = init.kind
    this.code = init.code
    this.hint = init.hint
    this.params = init.params ?? {}
  }
}
