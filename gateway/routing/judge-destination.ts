import type { Finding } from '../contract/finding.ts'
import { type DestinationRule, destinationRules, holdsOn, isAmong, type Profile } from './dated-rules.ts'
import type { Question } from './question.ts'

export const routeFinding = (
  code: string,
  severity: Finding['severity'],
  message: string,
  params?: Readonly<Record<string, string>>,
): Finding => ({
  code,
  // After mapping, routing fixes the targets: the layers know no closer word.
  layer: 'mapping',
  severity,
  path: '/InitialVehicleInformation/CocDataGroup/TypeApprovalNumber',
  message,
  ...(params ? { params } : {}),
})

/** The rules of law that the destination of a document brings in, on its day. */
export const rulesOfDestination = (q: Question): DestinationRule[] => {
  const { destination } = q
  if (destination === undefined) return []
  return destinationRules.filter(
    (rule) =>
      (rule.boundFor === destination.iso || rule.boundFor === destination.area) &&
      rule.profile === q.profile &&
      holdsOn(rule, q.on) &&
      isAmong(rule.categories, q.category) &&
      // A remark on some categories helps nobody whose category is not known.
      (rule.effect !== 'note' || rule.categories === undefined || q.category !== undefined),
  )
}

const said = (rule: DestinationRule, q: Question): string =>
  rule.text.replace('{destination}', q.destination?.name ?? '')

/**
 * What the destination adds in words: it never takes a target away, the approval alone decides which document is due.
 * @param made the documents that the vehicle gets
 */
export const judgeDestination = (q: Question, code: string | undefined, made: ReadonlySet<Profile>): Finding[] => {
  if (code !== undefined && q.destination === undefined) {
    const message = `The destination ${code} is no state that routing knows; the approval decides alone.`
    return [routeFinding('ROUTE-005', 'info', message)]
  }
  const rules = rulesOfDestination(q)
  const about = (rule: DestinationRule): Record<string, string> => ({ rule: rule.rule, source: rule.source })
  const missing = rules.find((r) => r.effect === 'needs' && r.asksFor !== undefined && !made.has(r.asksFor))
  const left = rules.find((r) => r.effect === 'also' && r.asksFor !== undefined && !made.has(r.asksFor))
  return [
    ...(missing ? [routeFinding('ROUTE-006', 'warning', said(missing, q), about(missing))] : []),
    ...(left
      ? [
          routeFinding(
            'ROUTE-007',
            'info',
            `${said(left, q)} No access point is set up for it: the EU document stands, and no preregistration is sent.`,
            about(left),
          ),
        ]
      : []),
    ...rules.filter((r) => r.effect === 'note').map((r) => routeFinding('ROUTE-010', 'info', said(r, q), about(r))),
  ]
}
