import { readdir, readFile } from 'node:fs/promises'
import { test } from 'tap'
import { compileRules } from '../../../gateway/checks/run-rules.ts'
import type { ContentRule } from '../../../gateway/checks/rule.ts'
import { loadRules, verifyRules } from '../../../gateway/checks/load-rules.ts'
import { findElement } from '../../../gateway/ivi/catalogue.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { loadCases } from './rule-case.ts'
import { change, sample } from './rules-sample.ts'

const cases = await loadCases()
/** Content alone: the tiny sample lacks most of what its form requires. */
const ruleSet = compileRules((await loadRules()).filter((rule) => rule.form === undefined))
const codes = (tree: ReturnType<typeof sample>): string[] => ruleSet.check(tree).map((finding) => finding.code)

test('the sample breaks no rule', (t) => {
  t.same(ruleSet.check(sample()), [])
  t.end()
})

test('every rule has a case that breaks it, and every case has its rule', (t) => {
  t.same([...cases.keys()].sort(), ruleSet.rules.map((rule) => rule.code).sort())
  t.end()
})

for (const rule of ruleSet.rules) {
  const { bad, good, path, implies = [] } = cases.get(rule.code) ?? { bad: {} }
  test(`${rule.code} ${rule.title.en}`, (t) => {
    const all = ruleSet.check(change(sample(), bad))
    const found = all.filter((finding) => finding.code === rule.code)
    const others = all.filter((finding) => finding.severity === 'error' && finding.code !== rule.code)
    t.same([...new Set(others.map((finding) => finding.code))].sort(), [...implies].sort(), 'and none but the implied')
    t.ok(found.length > 0, 'the bad case is found')
    const [first] = found
    t.equal(first?.layer, 'rules')
    t.equal(first?.severity, rule.severity)
    t.equal(first?.params?.clause, rule.clause)
    if (path !== undefined) t.equal(first?.path, path)
    t.match(first?.path, /^\/InitialVehicleInformation\//)
    t.notMatch(first?.message, /[{}]|undefined/)
    t.notOk(codes(change(sample(), good ?? {})).includes(rule.code), 'the good case is not')
    t.end()
  })
}

test('a message names the values and params carry them', (t) => {
  const [finding] = ruleSet.check(change(sample(), { 'MassGroup/MassInRunningOrder': '4001' }))
  t.equal(
    finding?.message,
    'The axle shares (DistributionMassRunningOrderAxle) add up to 4000 kg, but MassInRunningOrder is 4001 kg. Correct shares or mass.',
  )
  t.match(finding?.params, { shares: '4000', total: '4001' })
  t.end()
})

test('a derogation lifts the legal maxima, an elongated cab only the length', (t) => {
  const large = { 'DimensionGroup/Length': '12100', 'DimensionGroup/Width': '2560' }
  t.same(codes(change(sample(), large)), ['CHK-DIM-011', 'CHK-DIM-012'])
  const cab = { ...large, 'DimensionGroup/ElongatedCabIndicator': 'Y' }
  t.same(codes(change(sample(), cab)), ['CHK-DIM-012'])
  const derogated = { ...large, 'DimensionGroup/MaximumAuthorisedDimensionsDerogationIndicator': 'Y' }
  t.same(codes(change(sample(), derogated)), [])
  t.end()
})

test('decimals are compared as decimals', (t) => {
  t.same(codes(change(sample(), { 'MassGroup/ActualMass': '4000.000000' })), [])
  t.same(codes(change(sample(), { 'MassGroup/ActualMass': '3999.999999' })), ['CHK-MASS-001'])
  t.end()
})

test('trees of any shape are checked without a crash', (t) => {
  for (const tree of [{}, { CocDataGroup: 'text' }, { CocDataGroup: [] }, { CocDataGroup: { AxleTable: 'x' } }]) {
    t.doesNotThrow(() => ruleSet.check(tree))
  }
  t.end()
})

test('a table of many bad rows stays quick and gives a bounded list', (t) => {
  const ColourGroup = Array.from({ length: 20_000 }, () => ({ Colour: '1' }))
  const InServiceMaximumMassGroup = Array.from({ length: 20_000 }, () => ({
    InServiceMaximumPermissibleMassTrafficRegulation: '96/53/EC',
    InServiceMaximumPermissibleMassCombination: '1',
  }))
  const tree = change(sample(), {
    ColourTable: { ColourGroup },
    InServiceMaximumMassTable: { InServiceMaximumMassGroup },
  })
  const start = performance.now()
  t.equal(ruleSet.check(tree).length, 100)
  t.ok(performance.now() - start < 2000)
  t.end()
})

test('a malformed topic file and a code used twice are refused', (t) => {
  const rule = ruleSet.rules[0] as ContentRule
  t.throws(() => verifyRules('x.ts', undefined, new Set()), { code: 'CHECKS-001' })
  t.throws(() => verifyRules('x.ts', [], new Set()), { code: 'CHECKS-001' })
  t.throws(() => verifyRules('x.ts', [{ ...rule, code: 'axle 1' }], new Set()), { code: 'CHECKS-001' })
  t.throws(() => verifyRules('x.ts', [rule, rule], new Set()), { code: 'CHECKS-002' })
  t.throws(() => compileRules([{ ...rule, check: { compare: ['nobody', '=', 1] } }]), { code: 'CHECKS-003' })
  t.end()
})

test('rules name only elements that IVI 2.0 has', (t) => {
  const text = JSON.stringify(ruleSet.rules)
  const named = [...text.matchAll(/(?<=["/])[A-Z][A-Za-z0-9]{4,}(?=["/])/g)].map((match) => match[0])
  t.ok(named.length > 200)
  t.same(
    [...new Set(named)].filter((name) => findElement(name) === undefined),
    [],
  )
  t.end()
})

test('rules reach their rows: every path follows the catalogue', (t) => {
  const text = JSON.stringify(ruleSet.rules)
  const paths = [...text.matchAll(/"(\/(?:Header|CocDataGroup)[A-Za-z0-9/]*)"/g)].map((match) => match[1] ?? '')
  t.ok(paths.length > 100)
  for (const path of new Set(paths)) {
    t.equal(findElement(path.split('/').at(-1) ?? '')?.path, `/InitialVehicleInformation${path}`)
  }
  t.end()
})

const examples = new URL('../../../../shared/ivi/examples/', import.meta.url)
const files = await readdir(examples).catch(() => [])

const skip = files.length === 0 ? 'the reference folder is absent' : false

test('the official specimens break no rule', { skip }, async (t) => {
  t.equal(files.length, 4)
  for (const file of files) {
    const { tree, findings } = readDocument(await readFile(new URL(file, examples)))
    t.same(findings, [], `${file} is read`)
    t.same(ruleSet.check(tree), [], `${file} gives nothing, not even a warning`)
  }
})
