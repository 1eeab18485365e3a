import { test } from 'tap'
import { approvalKeyOf, pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import type { IviReferenceId } from '../../../gateway/contract/index.ts'
import { stampDocument } from '../../../gateway/document/make-document.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { readSample, sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const mapper = sampleMapper('s4-equipment')
const approvals = sampleApprovals()
const stamps = {
  iviReferenceId: '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1' as IviReferenceId,
  iviVersionDateTime: '2026-07-06T10:00:00+02:00',
  signatureDate: '2026-07-06',
}

/** The sample equipment with some characteristics changed. */
const mapped = (changes: Record<string, string> = {}, equipment = {}) => {
  const fields = { ...JSON.parse(readSample('vehicles/s4-equipment-example.json').toString()), ...equipment }
  for (const row of fields.to_Classification.results) {
    if (!(row.Characteristic in changes)) continue
    row.CharcValue = changes[row.Characteristic]
    row.CharcFromDecimalValue = ''
  }
  const approval = pickApproval(approvals, approvalKeyOf(mapper, fields))
  return mapper.map({ fields, approval, base: undefined, settings: {} })
}

const variants: Record<string, Record<string, string>> = {
  'three axles': {},
  'two axles': { AXLES: '2', AXLE_SPACING: '1810', MASS_AXLES: '2100/2050', LIFT_AXLE: '0', BODY: 'BOX' },
}
for (const [name, changes] of Object.entries(variants))
  test(`SAP characteristics make a document that schema and rules accept: ${name}`, async (t) => {
    const { model, findings } = mapped(changes)
    t.strictSame(findings, [])
    const tree = stampDocument(model!.tree, stamps)
    const schema = await createSchemaCheck()
    t.strictSame(schema.check(writeDocument(tree), { unsigned: true }), [])
    schema.dispose()
    t.strictSame((await createRules()).check(tree), [])
    const axles = rowsOf(tree, 'AxleGroup')
    t.equal(axles.length, Number(valueAt(tree, 'NumberOfAxles')))
    const onAxles = axles.reduce((sum, axle) => sum + Number(axle['DistributionMassRunningOrderAxle']), 0)
    const onCoupling = Number(valueAt(tree, 'MechanicalCouplingDistributionMassRunningOrder'))
    t.equal(onAxles + onCoupling, Number(valueAt(tree, 'MassInRunningOrder')))
    t.equal(axles.at(-1)?.['AxleSpacing'], undefined)
  })

test('what is not released, not complete or not on the table is held with the reason', async (t) => {
  t.match(mapped({}, { YY1_QualityRelease_EQU: '' }).findings, [{ code: 'MAP-COP-003' }])
  t.match(mapped({ MASS_RO: '' }).findings, [{ code: 'MAP-118', message: /MASS_RO is missing/ }])
  t.match(mapped({ AXLES: '2', BODY: 'TIPPER' }).findings, [{ code: 'MAP-121', params: { options: 'AXLES, BODY' } }])
})
