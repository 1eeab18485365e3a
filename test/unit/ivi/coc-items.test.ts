import { readFileSync } from 'node:fs'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { findType, type IviElement, ivi20 } from '../../../gateway/ivi/catalogue.ts'
import {
  cocItems,
  formOf,
  itemNumberOf,
  itemsOf,
  regulationOf,
  requirementOf,
  sourceOf,
  type Stage,
  unitOf,
} from '../../../gateway/ivi/coc/coc.ts'
import { isListedAs } from '../../../gateway/ivi/coc/form-scope.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import { referenceFolder, referenceSkip, specimens } from '../../support/ivi-samples.ts'

const stages = ['C', 'V', 'I'] as const
const categories = findType('VehicleCategoryCode')?.codes ?? []

/** What the form says against a document: elements it does not know, and required ones missing from a row or group. */
const objections = (document: IviTree): string[] => {
  const category = valueAt(document, 'VehicleCategory') ?? ''
  const stage = valueAt(document, 'StageOfCompletion') as Stage
  const found: string[] = []
  const look = (element: IviElement, node: IviTree | string): void => {
    if (requirementOf(element.name, category, stage) === 'absent') found.push(`${element.name} is absent`)
    if (typeof node === 'string') return
    for (const child of element.children) {
      const inner = node[child.name]
      if (inner !== undefined) for (const row of Array.isArray(inner) ? inner : [inner]) look(child, row)
      else if (requirementOf(child.name, category, stage) === 'required') found.push(`${child.name} is required`)
    }
  }
  look(ivi20.root, document)
  return found
}

test(
  'no official specimen lacks what its form requires or has what it does not know',
  {
    skip: referenceSkip,
  },
  async (t) => {
    for (const name of specimens) {
      const { tree, findings } = readDocument(readFileSync(new URL(`examples/${name}.xml`, referenceFolder)))
      t.strictSame(findings, [], name)
      t.ok(formOf(valueAt(tree, 'VehicleCategory') ?? '', 'C').length > 50, name)
      t.strictSame(objections(tree), [], name)
    }
  },
)

test('our own samples, an incomplete and a completed N2, fit their forms', async (t) => {
  for (const name of ['chassis-json', 'sage-x3-box-body']) {
    const golden = new URL(`../../golden/mapping/${name}/expected.json`, import.meta.url)
    const { model } = JSON.parse(readFileSync(golden, 'utf8')) as { model: { tree: IviTree } }
    // Stamps are drawn when the document is signed.
    Object.assign(model.tree['Header'] as IviTree, { IviReferenceId: 'x', IviVersionDateTime: 'x' })
    for (const signer of rowsOf(model.tree, 'SigningAuthorityGroup')) signer['SignatureDate'] = 'x'
    t.strictSame(objections(model.tree), [], name)
    delete (model.tree['CocDataGroup'] as IviTree)['MaximumSpeed']
    Object.assign(model.tree['CocDataGroup'] as IviTree, { ColourTable: { ColourGroup: [{ Colour: '1' }] } })
    t.strictSame(
      objections(model.tree),
      ['MaximumSpeed is required', ...['ColourTable', 'ColourGroup', 'Colour'].map((n) => `${n} is absent`)],
      'and what is wrong is seen',
    )
  }
})

test('every certificate has what is mandatory for all categories', async (t) => {
  // EReg change overview v1.1.
  const mandatory =
    `IviReferenceId IviVersionNumberXsd IviVersionNumber IviVersionDateTime DesignatedTypeApprovalCountry
    VehicleIdentificationNumber TypeApprovalType StageOfCompletion Type Variant Version VehicleCategory TypeApprovalNumber
    TypeApprovalIssueDate SignerName SignerPosition SignatureLocation SignatureDate ManufacturerStageNumber
    ManufacturerName CocDataGroup SigningAuthorityTable MakeTable ManufacturerTable GeneralConstructionGroup MassGroup
    DimensionGroup`.split(/\s+/)
  for (const category of categories)
    for (const stage of stages) {
      const lacking = mandatory.filter((name) => requirementOf(name, category, stage) !== 'required')
      if (lacking.length > 0) t.fail(`${category} ${stage}: ${lacking.join(' ')}`)
    }
  t.ok(categories.length > 80)
})

test('what the schema demands of a group is never absent while the group is on the form', async (t) => {
  for (const category of categories)
    for (const stage of stages)
      for (const { name, min, parent } of ivi20.elements.values()) {
        if (parent === undefined) continue
        const group = requirementOf(parent.name, category, stage)
        const own = requirementOf(name, category, stage)
        if (group === 'required' && min > 0 && own !== 'required') t.fail(`${category} ${stage} ${name}: ${own}`)
        if (group === 'conditional' && min > 0 && own !== 'conditional') t.fail(`${category} ${stage} ${name}: ${own}`)
        if (own === 'required' && group !== 'required') t.fail(`${category} ${stage} ${name}: its group is ${group}`)
        if (own === 'conditional' && group !== 'required' && group !== 'conditional') t.fail(`${name} is in no group`)
      }
  t.equal(requirementOf('TyreNumber', 'N2', 'C'), 'required', 'with the tyres of every axle')
  t.equal(requirementOf('MechanicalCouplingNumber', 'N2', 'C'), 'conditional', 'with a coupling')
  t.equal(requirementOf('MechanicalCouplingTable', 'M1', 'C'), 'absent', 'refused for M1 (setup manual)')
})

test('an element is required, conditional, absent or open as the tables say', async (t) => {
  const is = (name: string, category: string, stage: Stage, requirement: string): void => {
    t.equal(requirementOf(name, category, stage), requirement, `${name} ${category} ${stage}`)
  }
  is('Wheelbase', 'M1', 'C', 'required')
  is('Wheelbase', 'O3', 'C', 'conditional')
  is('WheelbaseAdjustableMin', 'M1', 'C', 'conditional')
  is('Height', 'N1', 'V', 'required')
  is('Height', 'N2', 'C', 'conditional')
  is('Height', 'N2', 'I', 'absent')
  is('Colour', 'N2', 'C', 'absent')
  is('Colour', 'N1G', 'C', 'required')
  is('RightLeftHandTraffic', 'N3', 'V', 'required')
  is('RightLeftHandTraffic', 'O2', 'V', 'open')
  is('RightLeftHandTraffic', 'N3', 'I', 'absent')
  is('MechanicalCouplingCanBeFittedValueD', 'N2', 'C', 'absent')
  is('MechanicalCouplingCanBeFittedValueD', 'N2', 'I', 'conditional')
  is('MaximumSpeed', 'L1e-A', 'C', 'conditional')
  is('MaximumSpeed', 'L3e-A1E', 'C', 'required')
  is('SeatingHeight', 'L3e-A1E', 'C', 'required')
  is('SeatingHeight', 'L3e-A1', 'C', 'absent')
  is('ConvertingPerformanceIndicator', 'L3e-A2', 'C', 'conditional')
  is('ConvertingPerformanceIndicator', 'L3e-A2E', 'C', 'open')
  is('NumberOfAxles', 'T4.1a', 'C', 'required')
  is('NumberOfAxles', 'C2b', 'C', 'conditional')
  is('TrackTrainSetLength', 'C2b', 'C', 'required')
  is('TrackTrainSetLength', 'T1a', 'C', 'absent')
  is('ProvisionalTypeApprovalIndicator', 'R1a', 'I', 'required')
  is('IntendedCountryRegistration', 'S2b', 'I', 'conditional')
  is('Wheelbase', 'X1', 'C', 'open')
  is('Wheelbas', 'M1', 'C', 'open')
})

test('an item tells where it is written', async (t) => {
  const source = (name: string, category: string, stage: Stage): string => {
    const [item] = itemsOf(name, category, stage)
    return item ? sourceOf(item, stage) : ''
  }
  const [actual] = itemsOf('ActualMass', 'N2', 'V')
  t.equal(actual && sourceOf(actual), '2020/683 Annex VIII item 13.2')
  t.equal(source('ActualMass', 'N2', 'V'), '2020/683 Annex VIII model B item 13.2')
  t.equal(source('TypeApprovalNumber', 'O1', 'I'), '2020/683 Annex VIII models C1, C2 Part 1')
  t.equal(source('SignerName', 'L5e-A', 'C'), '901/2014 Annex IV model A Section 1')
  t.equal(source('SoundLevelDriveBy', 'T1a', 'I'), '2015/504 Annex III model C Section 2')
  const header = cocItems['2018/858'].find((item) => item.key === '(header)')
  t.equal(header && sourceOf(header), 'IVI 2.0, no item of 2020/683 Annex VIII')
})

test('numbers are those of the form, units those of the element', async (t) => {
  t.equal(itemNumberOf('ActualMass', 'N2', 'C'), '13.2')
  t.equal(itemNumberOf('ActualMass', 'L5e-A', 'C'), '2.1.2')
  t.equal(itemNumberOf('WltpCo2Low', 'M1', 'C'), '49(1)')
  t.equal(itemNumberOf('TypeApprovalNumber', 'M1', 'C'), undefined)
  t.equal(itemNumberOf('MechanicalCouplingLocation', 'T1a', 'C'), '38.3')
  t.equal(itemNumberOf('Colour', 'N2', 'C'), undefined)
  t.equal(unitOf('ActualMass'), 'kg')
  t.equal(unitOf('EngineSpeedMaximumNetPower'), 'min-1')
  t.equal(unitOf('SoundLevelStationaryEngineSpeed', 'L5e-A'), 'min-1')
  t.equal(unitOf('WhscCo', 'N3'), 'mg/kWh')
  t.equal(unitOf('WhscCo', 'T1a'), 'g/kWh')
  for (const name of ['BrakedTypeTrail', 'MemberAxleNumber', 'WhtcNumberOfParticlesExponent', 'Make'])
    t.equal(unitOf(name), undefined, name)
})

test('a category has the form of its act, with its sub-categories', async (t) => {
  for (const category of categories) {
    t.ok(regulationOf(category), category)
    for (const stage of stages) t.ok(formOf(category, stage).length > 50, `${category} ${stage}`)
  }
  for (const none of ['', 'M', 'M4', 'O5', 'L8e', 'X1', 'M1X', 'S3a', 'constructor', 'L3e-A1EEE'])
    t.strictSame([regulationOf(none), formOf(none, 'C')], [undefined, []], none)
  t.strictSame(formOf('M1GS', 'C'), formOf('M1', 'C'))
  t.strictSame(formOf('L1e-A', 'C'), formOf('L1e', 'C'))
  t.ok(isListedAs('L3e', 'L3e-A1E') && isListedAs('T', 'T4.1a') && isListedAs('N2', 'N2G') && isListedAs('S1', 'S1b'))
  t.notOk(isListedAs('L3e-A2', 'L3e-A2E'))
  t.notOk(isListedAs('N1', 'N2'))
})

test('a form is made once, so that a look-up is cheap', async (t) => {
  t.equal(formOf('N3G', 'V'), formOf('N3G', 'V'))
  t.equal(itemsOf('Width', 'N3G', 'V'), itemsOf('Width', 'N3G', 'V'))
})
