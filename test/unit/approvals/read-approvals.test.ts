import { test } from 'tap'
import type { ApprovalData } from '../../../gateway/contract/flow.ts'
import { approvalKeyOf, pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import { readApprovals } from '../../../gateway/approvals/read-approvals.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const entry = `approval: e4*2018/858*99002*00
type: EXB5
variant: BOX42
version: V01
validFrom: 2025-03-01
values:
  Width: 2200
  CommercialNameTable: { CommercialNameGroup: [{ CommercialName: NO }] }
  AxleTable:
    AxleGroup:
      - { AxleNumber: 1, LiftAxleIndicator: N }
facts: { wheelbaseMin: 3375 }
`
const read = (text: string) => readApprovals(Buffer.from(text), 'a.yaml')
const faults = (from: string, to: string) => read(entry.replace(from, () => to)).findings.map((f) => [f.code, f.path])

test('an entry is brought into the shape of the document', async (t) => {
  const { approvals, findings } = read(entry)
  t.strictSame(findings, [])
  t.strictSame(approvals, [
    {
      approval: 'e4*2018/858*99002*00',
      type: 'EXB5',
      variant: 'BOX42',
      version: 'V01',
      validFrom: '2025-03-01',
      values: {
        CocDataGroup: {
          DimensionGroup: { Width: '2200' },
          CommercialNameTable: { CommercialNameGroup: [{ CommercialName: 'NO' }] },
          AxleTable: { AxleGroup: [{ AxleNumber: '1', LiftAxleIndicator: 'N' }] },
          Type: 'EXB5',
          Variant: 'BOX42',
          Version: 'V01',
          TypeApprovalNumber: 'e4*2018/858*99002*00',
        },
        Header: { DesignatedTypeApprovalCountry: 'e4' },
      },
      facts: { wheelbaseMin: '3375' },
    },
  ])
})

test('JSON and lists are read like YAML, numbers keep their digits', async (t) => {
  const json =
    '[{"approval":"e4*2018/858*99002*01","type":"T","variant":"V","version":"1","validFrom":"2026-01-01","values":{"MaximumSpeed":90.50}}]'
  const { approvals, findings } = read(json)
  t.strictSame(findings, [])
  t.match(approvals[0]?.values, { CocDataGroup: { MaximumSpeed: '90.50' } })
})

test('every fault is a finding at its line, and a good entry beside it stays', async (t) => {
  t.strictSame(faults('  Width: 2200', '  Widht: 2200'), [['MAP-203', 'a.yaml:7']])
  t.match(read(entry.replace('Width', 'Widht')).findings[0]?.message, /Did you mean "Width"/)
  t.strictSame(faults('Width: 2200', 'Width: 22000'), [['MAP-203', 'a.yaml:7']])
  t.strictSame(faults('Width: 2200', 'Width: { a: 1 }'), [['MAP-203', 'a.yaml:7']])
  t.strictSame(faults('LiftAxleIndicator: N', 'LiftAxleIndicator: X'), [['MAP-203', 'a.yaml:11']])
  t.strictSame(faults('LiftAxleIndicator: N', 'Length: 6000'), [['MAP-203', 'a.yaml:11']])
  t.strictSame(faults('  Width: 2200', '  AxleSpacing: 3000'), [['MAP-203', 'a.yaml:7']])
  t.strictSame(faults('  Width: 2200', '  IviReferenceId: x'), [['MAP-203', 'a.yaml:7']])
  t.strictSame(faults('  Width: 2200', '  Variant: OTHER'), [['MAP-204', 'a.yaml:7']])
  t.strictSame(faults('validFrom: 2025-03-01', 'validFrom: 2025-02-30'), [['MAP-202', 'a.yaml:5']])
  t.strictSame(faults('approval: e4', 'approval: 4'), [['MAP-202', 'a.yaml:1']])
  t.strictSame(faults('facts:', 'fatcs:'), [['MAP-202', 'a.yaml:12']])
  t.strictSame(faults('type: EXB5', 'type: EXB5\ntype: EXB5'), [['MAP-201', 'a.yaml:3']])
  const indented = entry.trimEnd().replaceAll('\n', '\n  ')
  const { approvals, findings } = read(`- ${indented}\n- ${indented.replace('Width', 'Widht')}\n`)
  t.equal(approvals.length, 1)
  t.strictSame(
    findings.map((f) => f.path),
    ['a.yaml:19'],
  )
})

test('bytes that are no text are a finding', async (t) => {
  t.match(readApprovals(Buffer.from([0xff, 0xfe, 0x00]), 'a.yaml'), { approvals: [], findings: [{ code: 'MAP-201' }] })
})

const data = (approval: string, validFrom: string): ApprovalData => ({
  approval,
  type: 'T',
  variant: 'V',
  version: '1',
  validFrom,
  values: {},
  facts: {},
})
const key = { type: 'T', variant: 'V', version: '1', dateOfManufacture: '2026-07-05' }

test('the newest extension that holds on the day of manufacture is picked', async (t) => {
  const all = [
    data('e4*2018/858*1*09', '2026-01-01'),
    data('e4*2018/858*1*10', '2026-07-05'),
    data('e4*2018/858*1*11', '2026-07-06'),
    data('e4*2018/858*1*00', '2020-01-01'),
  ]
  for (const list of [all, all.toReversed()]) {
    t.equal(pickApproval(list, key)?.approval, 'e4*2018/858*1*10')
    t.equal(pickApproval(list, { ...key, dateOfManufacture: '2026-07-04' })?.approval, 'e4*2018/858*1*09')
    t.equal(pickApproval(list, { ...key, dateOfManufacture: '2019-12-31' }), undefined)
    t.equal(pickApproval(list, { ...key, approval: 'e4*2018/858*1*00' })?.approval, 'e4*2018/858*1*00')
    t.equal(pickApproval(list, { ...key, approval: 'e4*2018/858*1' })?.approval, 'e4*2018/858*1*10')
    t.equal(pickApproval(list, { ...key, approval: 'e4*2018/858*2' }), undefined)
  }
  for (const other of [{ type: 'X' }, { variant: 'X' }, { version: 'X' }, { dateOfManufacture: '' }])
    t.equal(pickApproval(all, { ...key, ...other }), undefined)
})

test('the key of a record is read from its fields; what cannot be read is empty', async (t) => {
  const mapper = sampleMapper('sage-x3')
  const fields = { TYPE: 'EXB5', VARIANT: 'BOX42', VERSION: 'V01', MFGDATE: '06.07.2026' }
  t.strictSame(approvalKeyOf(mapper, fields), {
    type: 'EXB5',
    variant: 'BOX42',
    version: 'V01',
    dateOfManufacture: '2026-07-06',
  })
  t.equal(pickApproval(sampleApprovals(), approvalKeyOf(mapper, fields))?.approval, 'e4*2018/858*99002*00')
  t.strictSame(approvalKeyOf(mapper, { TYPE: 'EXB5', MFGDATE: '6.7.26' }), {
    type: 'EXB5',
    variant: '',
    version: '',
    dateOfManufacture: '',
  })
})
