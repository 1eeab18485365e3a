import type { CheckedFile } from '../check-files/file-check.ts'
import { placeOf } from '../checks/document-form.ts'
import type { FindingText } from '../checks/finding-text.ts'
import { elementAt } from '../checks/make-finding.ts'
import { isValid } from '../contract/index.ts'
import { findElement } from '../ivi/catalogue.ts'
import { labelOf, type Language, type Texts } from '../ivi/coc/coc.ts'
import type { Io } from './command.ts'

const verdicts: Readonly<Record<'good' | 'bad', Texts>> = {
  good: { en: 'valid', de: 'gültig', fr: 'valide' },
  bad: { en: 'NOT valid', de: 'NICHT gültig', fr: 'NON valide' },
}

/** What a finding is about as it stands on the certificate: `13.2 Actual mass`; empty for what has no element. */
const subjectOf = (path: string, kind: CheckedFile['kind'], language: Language): string => {
  const element = elementAt(path)
  if (findElement(element) === undefined) return ''
  return [placeOf(element, kind).item ?? '', labelOf(element, language)].filter((text) => text !== '').join(' ')
}

/** The findings of a file for people: item and label, what is wrong and what to do, and where it stands in the XML. */
export const printChecked = (
  file: string,
  { findings, kind }: CheckedFile,
  language: Language,
  textOf: FindingText,
  io: Io,
): void => {
  io.out(`${file}: ${verdicts[isValid(findings) ? 'good' : 'bad'][language]}`)
  for (const finding of findings) {
    const { severity, code, path } = finding
    const subject = subjectOf(path, kind, language)
    io.out(`  ${severity.padEnd(7)} ${code.padEnd(14)} ${subject}`.trimEnd())
    io.out(`          ${textOf(finding, language)}`)
    if (path !== '/') io.out(`          ${path}`)
  }
}
