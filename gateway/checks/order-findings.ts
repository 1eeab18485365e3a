import type { Finding } from '../contract/finding.ts'
import { findElement } from '../ivi/catalogue.ts'
import { placeOf } from './document-form.ts'
import type { DocumentKind } from './document-kind.ts'
import { elementAt } from './make-finding.ts'

/** Where a path stands in the document: position of each element, and its row. */
const stepsOf = (path: string): number[] =>
  path.split('/').flatMap((step) => {
    const [, name = '', row = '0'] = /^([^[]*)(?:\[(\d+)\])?$/.exec(step) ?? []
    return [findElement(name)?.position ?? -1, Number(row)]
  })

const compareSteps = (a: readonly number[], b: readonly number[]): number => {
  for (const [i, step] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    if (step !== other) return step - other
  }
  return a.length - b.length
}

/** What stands before the form: header, and what has no place in the document at all. */
const isBefore = (path: string): boolean => !path.includes('/CocDataGroup')

/**
 * Findings in the order of the certificate: the form's items from top to bottom, within an item the order of the
 * document. The header comes first, what the form does not have last; findings of one element stay in their order.
 */
export const orderFindings = (findings: readonly Finding[], kind: DocumentKind): Finding[] => {
  if (findings.length < 2) return [...findings]
  const keyed = findings.map((finding) => ({
    finding,
    position: isBefore(finding.path) ? -1 : placeOf(elementAt(finding.path), kind).position,
    steps: stepsOf(finding.path),
  }))
  keyed.sort((a, b) => (a.position === b.position ? compareSteps(a.steps, b.steps) : a.position - b.position))
  return keyed.map(({ finding }) => finding)
}
