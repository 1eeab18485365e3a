import { readFileSync } from 'node:fs'
import { test } from 'tap'
import { loadRules } from '../../../gateway/checks/load-rules.ts'
import { compileRules } from '../../../gateway/checks/run-rules.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { placeholderStamps, stampDocument } from '../../../gateway/document/make-document.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { referenceFolder, referenceSkip, specimens } from '../../support/ivi-samples.ts'
import { change, type Change } from './rules-sample.ts'

const { check } = compileRules((await loadRules()).filter((rule) => rule.form !== undefined))
const coc = '/InitialVehicleInformation/CocDataGroup'

const ours = (name: string): IviTree => {
  const golden = new URL(`../../golden/mapping/${name}/expected.json`, import.meta.url)
  const { model } = JSON.parse(readFileSync(golden, 'utf8')) as { model: { tree: IviTree } }
  return stampDocument(model.tree, placeholderStamps)
}
const found = (tree: IviTree): string[] =>
  check(tree).map(({ code, path, params }) => [code, path.replace(coc, ''), params?.['item'] ?? '–'].join(' '))
/** What a change of our completed N2 adds to the findings. */
const added = (changes: Change): string[] => {
  const before = new Set(found(ours('sage-x3-box-body')))
  return found(change(ours('sage-x3-box-body'), changes)).filter((one) => !before.has(one))
}

test('our own documents have what their form has, and nothing else', (t) => {
  t.same(found(ours('sage-x3-box-body')), [], 'completed')
  t.same(found(ours('chassis-json')), [], 'incomplete')
  t.end()
})

test('so have the official specimens', { skip: referenceSkip }, (t) => {
  for (const name of specimens) {
    const { tree } = readDocument(readFileSync(new URL(`examples/${name}.xml`, referenceFolder)))
    t.same(found(tree), [], name)
  }
  t.end()
})

test('a missing value is found with its item, in each row', (t) => {
  t.same(added({ 'MassGroup/TechnicallyPermissibleMaximumLadenMass': undefined }), [
    'CHK-FORM-002 /MassGroup/TechnicallyPermissibleMaximumLadenMass 16.1',
  ])
  t.same(added({ 'AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle': ' ' }), [
    'CHK-FORM-002 /AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle 16.2',
  ])
  t.end()
})

test('a missing or foreign group is one finding', (t) => {
  t.same(added({ BodyworkTable: undefined }), ['CHK-FORM-002 /BodyworkTable 38'])
  const colours = { ColourGroup: [{ Colour: '1' }, { Colour: '2' }] }
  t.same(
    added({ VehicleCategory: 'M3', ColourTable: colours }).filter((one) => one.includes('Colour')),
    ['CHK-FORM-001 /ColourTable –'],
  )
  t.end()
})

test('what is of no known category or stage is left to the schema', (t) => {
  t.same(found(change(ours('sage-x3-box-body'), { VehicleCategory: 'X9', MassGroup: undefined })), [])
  t.same(found(change(ours('sage-x3-box-body'), { StageOfCompletion: 'Z', MassGroup: undefined })), [])
  t.same(found({}), [])
  t.end()
})

test('a long table of rows that lack the same gives a bounded list', (t) => {
  const AxleGroup = Array.from({ length: 20_000 }, () => ({ AxleNumber: '1' }))
  t.equal(check(change(ours('sage-x3-box-body'), { AxleTable: { AxleGroup } })).length, 100)
  t.end()
})
