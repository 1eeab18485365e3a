import type { Finding } from '../contract/finding.ts'
import { labelOf } from '../ivi/coc/coc.ts'
import { placeOf } from './document-form.ts'
import { fillText } from './fill-text.ts'
import type { DocumentKind } from './document-kind.ts'
import type { Rule } from './rule.ts'

/** The element or group a path ends in: `AxleSpacing` of `…/AxleGroup[2]/AxleSpacing`. */
export const elementAt = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '')

export type MakeFinding = (kind: DocumentKind, path: string, values: Readonly<Record<string, string>>) => Finding

/**
 * Makes findings of a rule. The message is English; `params` hold what any language needs: the values, the number on the
 * form (`item`), and for tools that know no other language the English label of the element. `switched` is the reason
 * for which the site softened the rule.
 */
export const findingOf =
  (rule: Rule, switched?: string): MakeFinding =>
  (kind, path, values) => {
    const element = elementAt(path)
    const { item } = placeOf(element, kind)
    const params: Record<string, string> = {
      clause: rule.clause,
      ...values,
      ...(item === undefined ? {} : { item }),
      label: labelOf(element, 'en'),
      ...(switched === undefined ? {} : { switched }),
    }
    const message = fillText(rule.message, 'en', (name) => params[name])
    return { code: rule.code, layer: 'rules', severity: rule.severity, path, message, params }
  }
