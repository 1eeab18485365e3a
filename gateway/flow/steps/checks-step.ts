import { placeholderStamps, stampDocument } from '../../document/make-document.ts'
import { isValid } from '../../contract/index.ts'
import { writeDocument } from '../../ivi/write-document.ts'
import { nextStepFor } from '../next-steps.ts'
import type { PureStep } from '../step.ts'

/** Schema first, then the content rules: whatever an access point would refuse after is refused before. */
export const checksStep: PureStep = {
  name: 'checks',
  kind: 'pure',
  run({ made }, tools) {
    if (!made.document) return {}
    const stamped = stampDocument(made.document.tree, placeholderStamps)
    const schema = tools.schema(writeDocument(stamped), true)
    const rules = tools.rules(stamped)
    const findings = [
      { layer: 'schema' as const, findings: schema },
      { layer: 'rules' as const, findings: rules },
    ]
    const all = [...schema, ...rules]
    if (isValid(all)) return { patch: { state: 'checked' }, findings }
    const errors = all.filter((f) => f.severity === 'error')
    const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : ''
    const reason = `${errors[0]?.message ?? ''}${more}`
    return {
      findings,
      rest: { state: 'held', code: errors[0]?.code ?? 'FLO-002', reason, nextStep: nextStepFor('FLO-002') },
    }
  },
}
