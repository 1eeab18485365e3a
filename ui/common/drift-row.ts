interface DriftFinding {
  readonly params?: Readonly<Record<string, string | number>>
}
/** What was measured against what was expected, as far as a finding tells. */
export interface DriftRow {
  readonly measured: string
  /** Which of them it is held against: the expected value, the declared one, a limit, or the base’s own. */
  readonly against: 'expected' | 'declared' | 'limit' | 'base' | undefined
  readonly reference: string
  readonly base: string
  readonly deviation: string
  readonly tolerance: string
}

/** The figures of a drift finding. Undefined where it holds none. */
export const driftRow = ({ params = {} }: DriftFinding): DriftRow | undefined => {
  const text = (name: string): string => String(params[name] ?? '')
  if (params.measured === undefined) return undefined
  const against = (['expected', 'declared', 'limit', 'base'] as const).find((name) => params[name] !== undefined)
  return {
    measured: text('measured'),
    against,
    reference: against === undefined ? '' : text(against),
    base: text('base'),
    deviation: text('deviation'),
    tolerance: text('tolerance'),
  }
}
