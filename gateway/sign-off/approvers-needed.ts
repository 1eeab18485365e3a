import type { Finding } from '../contract/finding.ts'

/** Above which threshold a second person must approve. */
export interface SecondThreshold {
  readonly percent?: number | undefined
  readonly codes: readonly string[]
}

const deviationOf = ({ params }: Finding): number => {
  const value = Math.abs(Number(params?.['deviation'] ?? 0))
  return Number.isFinite(value) ? value : 0
}

/** How many different people must approve what was found: one, or two above the site's second threshold. */
export const approversNeeded = (findings: readonly Finding[], second: SecondThreshold | undefined): 1 | 2 => {
  if (second === undefined) return 1
  const { percent = Infinity, codes } = second
  const isAbove = (f: Finding): boolean =>
    f.severity === 'warning' && (codes.includes(f.code) || deviationOf(f) > percent)
  return findings.some(isAbove) ? 2 : 1
}
