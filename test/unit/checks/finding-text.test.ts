import { test } from 'tap'
import { findingTexts } from '../../../gateway/checks/finding-text.ts'
import { loadRules } from '../../../gateway/checks/load-rules.ts'
import { compileRules } from '../../../gateway/checks/run-rules.ts'
import { labelOf, languages } from '../../../gateway/ivi/coc/coc.ts'
import { loadCases } from './rule-case.ts'
import { change, sample } from './rules-sample.ts'

const rules = await loadRules()
const { check } = compileRules(rules)
const textOf = findingTexts(rules)
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '')

test('every rule speaks three languages, with the same values in each', (t) => {
  for (const { code, message, title } of rules) {
    for (const language of languages) t.same(new Set(names(message[language])), new Set(names(message.en)), code)
    t.equal(new Set(languages.map((language) => message[language])).size, 3, `${code} is translated`)
    t.equal(new Set(languages.map((language) => title[language])).size, 3, `${code} has a translated title`)
    t.same(
      languages.flatMap((language) => names(title[language])),
      [],
      `${code} has a title without values`,
    )
  }
  t.end()
})

test('a finding says in English what its message says, and in other languages the same values', async (t) => {
  for (const { bad } of (await loadCases()).values())
    for (const finding of check(change(sample(), bad))) {
      t.equal(textOf(finding, 'en'), finding.message, finding.code)
      for (const language of languages) t.notMatch(textOf(finding, language), /[{}]|undefined/, finding.code)
    }
})

test('labels are those of the language', (t) => {
  const path = '/InitialVehicleInformation/CocDataGroup/MassGroup/ActualMass'
  const finding = { code: 'CHK-FORM-002', message: '', path, params: { element: 'ActualMass', label: 'x' } }
  for (const language of languages) t.ok(textOf(finding, language).includes(labelOf('ActualMass', language)))
  t.end()
})

test('what is no finding of a rule, or has no values any more, keeps its English message', (t) => {
  const message = 'ActualMass is "heavy".'
  t.equal(textOf({ code: 'SCH-TYPE', message, path: '/', params: {} }, 'de'), message)
  t.equal(textOf({ code: 'CHK-MASS-001', message, path: '/' }, 'fr'), message)
  t.end()
})
