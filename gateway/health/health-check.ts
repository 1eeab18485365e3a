import type { Tools } from '../flow/tools.ts'

/** What a check found: all is well, or what is wrong and what to do. */
export type HealthFinding =
  { readonly ok: true } | { readonly ok: false; readonly issue: string; readonly suggestion: string }

/** One check of the installation. A file in `checks/` that exports one as default is run by `ecoc doctor`. */
export interface HealthCheck {
  readonly check: string
  run(tools: Tools): Promise<readonly (HealthFinding & { readonly about?: string })[]>
}

export interface HealthResult {
  readonly check: string
  readonly ok: boolean
  readonly issue?: string
  readonly suggestion?: string
}
