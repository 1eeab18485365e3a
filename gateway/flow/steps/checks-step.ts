import { standingOfDocument } from '../../approvals/standing-of-document.ts'
import { placeholderStamps, stampDocument } from '../../document/make-document.ts'
import { isValid } from '../../contract/index.ts'
import { localDay } from '../../support/local-time.ts'
import { writeDocument } from '../../ivi/write-document.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep, Work } from '../step.ts'
import type { Tools } from '../tools.ts'

/** Whether the approval may still be built under, and whether its vehicles have eCoCs at all. */
const standingOf = ({ ecoc, made }: Work, tools: Tools) =>
  made.approval && made.document
    ? standingOfDocument(made.approval, made.document.tree, {
        today: localDay(tools.clock(), tools.config.site.timeZone),
        profile: made.target?.profile ?? 'EU',
        isCorrection: ecoc.version > 1,
      })
    : undefined

/** Schema first, then the content rules: whatever an access point would refuse after is refused before. */
export const checksStep: PureStep = {
  name: 'checks',
  kind: 'pure',
  run(work, tools) {
    const { made } = work
    if (!made.document) return {}
    const stamped = stampDocument(made.document.tree, placeholderStamps)
    const profile = made.target?.profile
    const bytes = writeDocument(stamped, tools.releases.catalogueOf(stamped, profile))
    const today = localDay(tools.clock(), tools.config.site.timeZone)
    const schema = tools.releases.check(bytes, { profile, today, unsigned: true })
    const rules = tools.rules(stamped)
    const standing = standingOf(work, tools)
    const content = [...rules, ...(standing?.findings ?? [])]
    const findings = [
      { layer: 'schema' as const, findings: schema },
      { layer: 'rules' as const, findings: content },
    ]
    const all = [...schema, ...content]
    if (isValid(all)) {
      if (standing?.duty !== 'none') return { patch: { state: 'checked' }, findings }
      const nextStep = nextStepFor('APR-107')
      return { findings, rest: { state: 'held', code: 'APR-107', reason: standing.why, nextStep } }
    }
    const errors = all.filter((f) => f.severity === 'error')
    const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : ''
    const reason = `${errors[0]?.message ?? ''}${more}`
    return {
      findings,
      rest: { state: 'held', code: errors[0]?.code ?? 'FLO-002', reason, nextStep: nextStepFor('FLO-002') },
    }
  },
}
