import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { test } from 'tap'
import { formatOf } from '../../../gateway/approvals/read-approval-file.ts'
import { makeWorkbook, textRows } from '../../support/make-xlsx.ts'
import { long, number, read, toCsv, wide, yaml } from './files.ts'

const xmlForm = `<?xml version="1.0"?>
<Approvals>
  <Approval>
    <approval>${number}</approval><type>EXB5</type><variant>BOX42</variant><version>V01</version>
    <validFrom>2025-03-01</validFrom>
    <values>
      <Width>2200</Width><MaximumSpeed>90.5</MaximumSpeed>
      <CommercialNameTable><CommercialNameGroup><CommercialName>NO</CommercialName></CommercialNameGroup></CommercialNameTable>
      <AxleTable>
        <AxleGroup><AxleNumber>1</AxleNumber><LiftAxleIndicator>N</LiftAxleIndicator></AxleGroup>
        <AxleGroup><AxleNumber>2</AxleNumber><TechnicallyPermissibleMassAxle>3500</TechnicallyPermissibleMassAxle></AxleGroup>
      </AxleTable>
    </values>
    <facts><wheelbaseMin>3375</wheelbaseMin></facts>
    <status>withdrawn</status><withdrawnOn>2026-09-01</withdrawnOn>
    <smallSeries><quota>250</quota><year>2026</year><used>3</used></smallSeries>
    <eCoC><duty>voluntary</duty><why>The authority said so.</why></eCoC>
  </Approval>
</Approvals>`

test('the same master data comes out of every format', async (t) => {
  const expected = await read(yaml, 'a.yaml')
  t.strictSame(expected.findings, [])
  t.match(expected.approvals, [
    {
      variant: 'BOX42',
      status: 'withdrawn',
      smallSeries: { quota: 250, year: 2026, used: 3 },
      facts: { wheelbaseMin: '3375' },
      values: {
        CocDataGroup: { DimensionGroup: { Width: '2200' }, AxleTable: { AxleGroup: [{}, { AxleNumber: '2' }] } },
      },
    },
  ])
  const forms: Record<string, [string | Buffer, string]> = {
    wide: [toCsv(wide), 'a.csv'],
    'wide, tab': [toCsv(wide, '\t'), 'export.txt'],
    'wide, no name': [toCsv(wide, ','), 'export'],
    long: [toCsv(long), 'a.csv'],
    'wide workbook': [makeWorkbook(textRows(wide)), 'a.xlsx'],
    'long workbook': [makeWorkbook(textRows(long)), 'a.bin'],
    xml: [xmlForm, 'a.xml'],
  }
  for (const [name, [content, file]] of Object.entries(forms)) {
    const { approvals, findings } = await read(content, file)
    t.strictSame(findings, [], name)
    t.same(approvals, expected.approvals, name)
  }
})

test('content tells the format, the name helps where it cannot', async (t) => {
  const of = (content: string | Buffer, file: string) => formatOf(Buffer.from(content as string), file)
  t.equal(of('PK\x03\x04', 'a.csv'), 'xlsx')
  t.equal(of(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xlsx'), 'xlsx')
  t.equal(of('\uFEFF <?xml version="1.0"?><a/>', 'a.yaml'), 'xml')
  t.equal(of('<x:InitialVehicleInformation xmlns:x="u">', 'a.xml'), 'specimen')
  t.equal(of('a;b', 'A.CSV'), 'csv')
  t.equal(of('approval;type;variant;version', 'data'), 'csv')
  t.equal(of('approval: x\nvariant: y', 'data'), 'yaml')
  t.equal(of('[{"variant": 1}]', 'data'), 'yaml')
})

test('a decimal comma is read where it is declared, and nothing else then', async (t) => {
  const rows = wide.map((row) => row.map((cell) => (cell === '90.5' ? '90,5' : cell)))
  const speed = async (content: string | Buffer, decimal: ',' | '.') => {
    const { approvals, findings } = await read(content, 'a.csv', { decimal })
    return findings[0]?.code ?? (approvals[0]?.values['CocDataGroup'] as Record<string, unknown>)['MaximumSpeed']
  }
  t.equal(await speed(toCsv(rows), ','), '90.5')
  t.equal(await speed(toCsv(rows), '.'), 'MAP-203')
  t.equal(await speed(toCsv(wide), ','), 'MAP-203', 'a point may part thousands')
  t.equal(await speed(makeWorkbook(textRows(rows)), ','), '90.5')
  t.equal(await speed(makeWorkbook(textRows(wide)), ','), '90.5', 'a number of a workbook has a point')
})

test('findings name file, row, column and value', async (t) => {
  const faulty = async (name: string, to: string, column?: string) => {
    const at = wide[0]!.indexOf(name)
    const rows = wide.map((row, r) => row.map((cell, i) => (i !== at ? cell : r === 1 ? to : (column ?? cell))))
    const { approvals, findings } = await read(toCsv(rows), 'a.csv')
    t.strictSame(approvals, [], name)
    return findings.map((f) => [f.code, f.path, f.params?.['value']])
  }
  t.strictSame(await faulty('Width', '22000'), [['MAP-203', 'a.csv:2:Width', '22000']])
  t.strictSame(await faulty('Width', 'wide'), [['MAP-203', 'a.csv:2:Width', 'wide']])
  t.strictSame(await faulty('Width', '2.5'), [['MAP-203', 'a.csv:2:Width', '2.5']], 'millimetres have no fraction')
  t.strictSame(await faulty('AxleGroup[1]/LiftAxleIndicator', 'X'), [
    ['MAP-203', 'a.csv:2:AxleGroup[1]/LiftAxleIndicator', 'X'],
  ])
  t.strictSame(await faulty('Valid from', '31.12.2025'), [['MAP-202', 'a.csv:2:Valid from', '31.12.2025']])
  t.strictSame(await faulty('smallSeries.quota', 'many'), [['MAP-202', 'a.csv:2:smallSeries.quota', 'many']])
  t.strictSame(await faulty('withdrawn on', '2025-01-01'), [['MAP-202', 'a.csv:2:withdrawn on', '2025-01-01']])
  t.strictSame(await faulty('status', 'valid'), [['MAP-202', 'a.csv:2:status', 'valid']])
  t.strictSame(await faulty('Width', '2200', 'Widht'), [['MAP-206', 'a.csv:2:Widht', '2200']])
  t.strictSame(await faulty('Width', '2200', 'TypeApprovalNumber'), [['MAP-206', 'a.csv:2:TypeApprovalNumber', '2200']])
  t.strictSame(await faulty('Width', '2200', 'DimensionGroup'), [['MAP-206', 'a.csv:2:DimensionGroup', '2200']])
  t.strictSame(await faulty('Width', '2200', 'MassGroup/Width'), [['MAP-206', 'a.csv:2:MassGroup/Width', '2200']])
  t.strictSame(await faulty('Width', 'X1', 'IviReferenceId'), [['MAP-203', 'a.csv:2:IviReferenceId', 'X1']])
  t.strictSame(await faulty('AxleGroup[1]/AxleNumber', '1', 'AxleNumber'), [['MAP-206', 'a.csv:2:AxleNumber', '1']])
  t.strictSame(await faulty('Approval', ''), [['MAP-202', 'a.csv:2', undefined]])
  const gap = toCsv(wide).replaceAll('AxleGroup[2]', 'AxleGroup[3]')
  t.match((await read(gap, 'a.csv')).findings, [{ code: 'MAP-206', message: /AxleGroup has a row that says nothing/ }])
})

test('an unknown column is told once, and good rows beside bad ones are taken', async (t) => {
  const [header, row] = wide as [readonly string[], readonly string[]]
  const cells = (variant: string, width: string) => row.map((c, i) => (i === 2 ? variant : i === 5 ? width : c))
  const rows = [header, cells('A', '2200'), cells('B', 'x'), cells('C', '2100')]
  const { approvals, findings } = await read(toCsv(rows), 'a.csv')
  t.strictSame(
    approvals.map((a) => a.variant),
    ['A', 'C'],
  )
  t.strictSame(
    findings.map((f) => f.path),
    ['a.csv:3:Width'],
  )
  const unknown = await read(
    toCsv([header.map((h) => (h === 'Width' ? 'Foo' : h)), cells('A', '1'), cells('B', '2')]),
    'a.csv',
  )
  t.equal(unknown.findings.length, 1)
  t.strictSame(unknown.approvals, [])
  const twice = await read(toCsv([header, row, row]), 'a.csv')
  t.match(twice, { approvals: [{}], findings: [{ code: 'MAP-205', path: 'a.csv:3' }] })
})

test('what is no such file is a finding, never an exception', async (t) => {
  const code = async (content: string | Buffer, file: string) => (await read(content, file)).findings.map((f) => f.code)
  t.strictSame(await code(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xls'), ['INB-013'])
  t.strictSame(await code('PK\x03\x04', 'a.xlsx'), ['INB-012'])
  t.strictSame(await code('<!DOCTYPE a><a/>', 'a.xml'), ['INB-017'])
  t.strictSame(await code('<Approvals/>', 'a.xml'), ['MAP-201'])
  t.strictSame(await code('approval;type;variant;version', 'a.csv'), ['MAP-201'], 'a header alone')
  t.strictSame(await code('', 'a.csv'), ['INB-001'])
  t.strictSame(await code(Buffer.alloc(33 * 1024 * 1024, 'a'), 'a.csv'), ['MAP-201'])
  const many = toCsv([
    wide[0]!,
    ...Array.from({ length: 5100 }, (_, i) => wide[1]!.map((c, k) => (k === 3 ? `${i}` : c))),
  ])
  const { approvals, findings } = await read(many, 'a.csv')
  t.equal(approvals.length, 5000)
  t.strictSame(findings.at(-1)?.code, 'MAP-201')
  const faults = toCsv([
    wide[0]!,
    ...Array.from({ length: 300 }, (_, i) => wide[1]!.map((c, k) => (k === 3 ? `${i}` : k === 5 ? 'x' : c))),
  ])
  const listed = (await read(faults, 'a.csv')).findings
  t.equal(listed.length, 201)
  t.match(listed.at(-1), { code: 'MAP-209', params: { more: 100 } })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((b) => Buffer.from(b)),
        fc.string().map((s) => Buffer.from(`${wide[0]!.join(';')}\n${s}`)),
        fc.string().map((s) => Buffer.from(`<a>${s}`)),
      ),
      fc.constantFrom('a.csv', 'a.yaml', 'a.xlsx', 'a'),
      async (bytes, file) => {
        const result = await read(bytes, file)
        return result.approvals.length > 0 || result.findings.length > 0
      },
    ),
    { numRuns: 200 },
  )
})

const specimens = new URL('../../../../shared/ivi/examples/', import.meta.url)
const skip = existsSync(specimens) ? false : 'the reference examples are not there'

test('an official specimen becomes a template without what is its own vehicle’s', { skip }, async (t) => {
  const { approvals, findings } = await read(readFileSync(new URL('N2-01.xml', specimens)), 'N2-01.xml')
  t.match(findings, [{ code: 'MAP-208', severity: 'info', message: /Left out/ }])
  t.match(approvals, [
    {
      approval: 'e3*2018/858*00107*01',
      type: 'T',
      variant: 'EDEFC',
      version: '2X003B(1B)',
      validFrom: '2024-06-18',
      facts: {},
    },
  ])
  const text = JSON.stringify(approvals[0])
  for (const own of [
    'VehicleIdentificationNumber',
    'DateManufactureVehicle',
    'SignerName',
    'ActualMass"',
    'IviReferenceId',
    'IntendedCountry',
    'MassInRunningOrder"',
  ])
    t.notOk(text.includes(own), own)
  for (const kept of [
    'TypeApprovalIssueDate',
    'TechnicallyPermissibleMaximumLadenMass',
    'ManufacturerName',
    'Wheelbase',
  ])
    t.ok(text.includes(kept), kept)
  for (const other of ['L5e.xml', 'M1-01.xml', 'M1-02.xml']) {
    const found = await read(readFileSync(new URL(other, specimens)), other)
    t.equal(found.approvals.length, 1, `${other}: ${JSON.stringify(found.findings)}`)
  }
})
