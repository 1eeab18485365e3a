/** `error` stops the eCoC, `warning` and `info` go along with it. */
export type Severity = 'error' | 'warning' | 'info'

/** Where in the flow a data problem was seen. */
export type Layer = 'input' | 'base' | 'mapping' | 'schema' | 'rules' | 'drift' | 'signature' | 'trust'

/**
 * A data problem. It is a value, never an exception.
 * `path` is the element path with 1-based indexes on repeated groups, such as
 * `/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/AxleSpacing`, or `/` when there is none;
 * for records it is the source field.
 */
export interface Finding {
  /** Stable code, `AREA-NNN` or `AREA-TOPIC-NNN`; never reused. */
  readonly code: string
  readonly layer: Layer
  readonly severity: Severity
  readonly path: string
  /** Plain English: what is wrong and what to do. */
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** True when no finding is an error. */
export const isValid = (findings: readonly Finding[]): boolean => !findings.some((f) => f.severity === 'error')
