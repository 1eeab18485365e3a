import { execFileSync } from 'node:child_process'
import { existsSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { mapRecord } from '../../../gateway/mapping/map-record.ts'
import { approvalKeyOf, pickApproval } from '../../../gateway/approvals/pick-approval.ts'
import { sampleBaseInfo, sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleChassisJson, sampleExport, sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const samples = new URL('../../../gateway/sandbox/samples/', import.meta.url)
const shared = new URL('../../../../shared/ivi/', import.meta.url)
const vins = Array.from({ length: 40 }, (_, i) => sampleVin(i + 1))
const mapper = sampleMapper('sage-x3')
const approvals = sampleApprovals()

/** The export's rows, read the plain way. */
const rows = (): Record<string, string>[] => {
  const [head, ...lines] = new TextDecoder('windows-1252').decode(sampleExport(vins)).split('\r\n')
  const names = head!.split(';')
  return lines
    .filter((l) => l !== '')
    .map((line) => Object.fromEntries(line.split(';').map((cell, i) => [names[i]!, cell])))
}
const complete = (fields: Record<string, string>, base = sampleBaseTree(fields['VIN']!)) =>
  mapRecord(mapper, {
    fields,
    approval: pickApproval(approvals, approvalKeyOf(mapper, fields)),
    base: { tree: base },
    settings: {},
  })
const stamped = (tree: IviTree): IviTree => {
  const copy = structuredClone(tree)
  Object.assign(copy['Header'] as IviTree, {
    IviReferenceId: '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1',
    IviVersionDateTime: '2026-07-06T12:00:00Z',
  })
  for (const row of rowsOf(copy, 'SigningAuthorityGroup')) row['SignatureDate'] = '2026-07-06'
  return copy
}
const numbers = (tree: IviTree, group: string, element: string) =>
  rowsOf(tree, group).map((row) => Number(row[element]))
const number = (tree: IviTree, element: string) => Number(valueAt(tree, element))
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)

const skip = existsSync(new URL('make-xsd.mjs', shared)) ? false : 'the reference facts are not beside this checkout'
test('base and completed documents are valid under the reference schema', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'samples-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'ivi.xsd'),
    execFileSync(process.execPath, [new URL('make-xsd.mjs', shared).pathname, '--unsigned']),
  )
  copyFileSync(new URL('xmldsig-core-schema.xsd', shared), join(folder, 'xmldsig-core-schema.xsd'))
  const files = rows().flatMap((fields, i) => {
    writeFileSync(join(folder, `base-${i}.xml`), writeDocument(sampleBaseTree(fields['VIN']!)))
    writeFileSync(join(folder, `done-${i}.xml`), writeDocument(stamped(complete(fields).model!.tree)))
    return [`base-${i}.xml`, `done-${i}.xml`]
  })
  const check = (names: string[]) =>
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', 'ivi.xsd', ...names], { cwd: folder, stdio: 'pipe' })
  t.doesNotThrow(() => check(files))
  writeFileSync(
    join(folder, 'bad.xml'),
    readFileSync(join(folder, 'done-0.xml'), 'utf8').replace('<Width>', '<Widht>').replace('</Width>', '</Widht>'),
  )
  t.throws(() => check(['bad.xml']), 'the check can fail')
})

test('the base vehicle is one document per VIN, with all stamps', async (t) => {
  const tree = sampleBaseTree(vins[0]!)
  t.strictSame(sampleBaseTree(vins[0]!), tree)
  t.not(valueAt(sampleBaseTree(vins[1]!), 'IviReferenceId'), valueAt(tree, 'IviReferenceId'))
  t.match(valueAt(tree, 'IviReferenceId'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  for (const name of ['IviVersionDateTime', 'SignatureDate']) t.ok(valueAt(tree, name), name)
  t.equal(valueAt(tree, 'StageOfCompletion'), 'I')
  t.equal(
    sum(numbers(tree, 'AxleGroup', 'DistributionMassIncompleteAxle')),
    number(tree, 'MassInRunningOrderIncomplete'),
  )
  t.throws(() => sampleBaseTree('not a vin'), { code: 'MAP-021' })
})

test('the told facts are those of the base vehicle, and the told body fits it', async (t) => {
  const info = sampleBaseInfo()
  const tree = sampleBaseTree(vins[0]!)
  t.strictSame(info, {
    incompleteMassInRunningOrder: number(tree, 'MassInRunningOrderIncomplete'),
    technicallyPermissibleMaximumLadenMass: number(tree, 'TechnicallyPermissibleMaximumLadenMass'),
    wheelbase: number(tree, 'Wheelbase'),
    axles: numbers(tree, 'AxleGroup', 'TechnicallyPermissibleMassAxle'),
    completed: { length: 6800, width: 2200, height: 3050 },
    completing: { type: 'EXB5', variant: 'BOX42', version: 'V01' },
  })
  t.ok(info.completed.length * 1.03 <= number(tree, 'MaximumPermissibleLength'))
  t.ok(info.completed.width * 1.03 <= number(tree, 'MaximumPermissibleWidth'))
  const completed = info.incompleteMassInRunningOrder + 600
  for (const share of [0.3, 0.4, 0.5, 0.6, 0.7]) {
    const loads = [completed * share, completed * (1 - share)]
    t.ok(
      loads.every((load, i) => load <= info.axles[i]!),
      `${share} of the mass on axle 1 fits the limits`,
    )
    t.ok(
      loads.every(
        (load, i) => load >= numbers(tree, 'AxleGroup', 'MinimalPermissibleDistributionMassCompletedAxle')[i]!,
      ),
    )
  }
  const { wheelbaseMin, wheelbaseMax } = approvals.find((a) => a.type === info.completing.type)!.facts
  t.strictSame([Number(wheelbaseMin), Number(wheelbaseMax)], [info.wheelbase * 0.9, info.wheelbase * 1.1])
})

test('every exported vehicle is a lawful completed vehicle of stage 2', async (t) => {
  for (const fields of rows()) {
    const base = sampleBaseTree(fields['VIN']!)
    const { model, findings } = complete(fields, base)
    if (!model) return t.fail(JSON.stringify(findings))
    const { tree, facts } = model
    t.match(model, { vin: fields['VIN'], stage: 2, manufacturer: 'Example Bodies', destination: fields['DEST'] })
    const [m13, m132, m161] = ['MassInRunningOrder', 'ActualMass', 'TechnicallyPermissibleMaximumLadenMass'].map((e) =>
      number(tree, e),
    ) as [number, number, number]
    const limits = numbers(tree, 'AxleGroup', 'TechnicallyPermissibleMassAxle')
    t.ok(m13 <= m132 && m132 <= m161 && m161 <= sum(limits), 'masses in order')
    t.equal(sum(numbers(tree, 'AxleGroup', 'DistributionMassRunningOrderAxle')), m13)
    t.equal(Number(facts['axleLoad1']) + Number(facts['axleLoad2']), m132)
    t.ok(
      Math.abs(m13 / (number(base, 'MassInRunningOrderIncomplete') + Number(facts['bodyMass'])) - 1) <= 0.03,
      'within 3 %',
    )
    t.strictSame(numbers(tree, 'AxleGroup', 'AxleNumber'), [1, number(tree, 'NumberOfAxles')])
    t.strictSame(
      rowsOf(tree, 'AxleGroup').map((r) => r['AxleSpacing']),
      [valueAt(tree, 'Wheelbase'), undefined],
    )
    for (const axle of rowsOf(tree, 'AxleGroup'))
      t.equal(rowsOf(axle, 'TyreAxleGroup').filter((r) => r['TyreFittedProductionIndicator'] === 'Y').length, 1)
    t.equal(
      number(tree, 'NumberOfDoors'),
      ['Left', 'Right', 'Back'].reduce((n, side) => n + number(tree, `NumberOfDoors${side}`), 0),
    )
    t.equal(valueAt(tree, 'DesignatedTypeApprovalCountry'), valueAt(tree, 'TypeApprovalNumber')?.split('*')[0])
    t.match(rowsOf(tree, 'ManufacturerGroup'), [
      { ManufacturerStageNumber: '1', ManufacturerName: 'Example Chassis' },
      {
        ManufacturerStageNumber: '2',
        PreviousStageTypeApprovalNumber: valueAt(base, 'TypeApprovalNumber'),
        PreviousStageType: valueAt(base, 'Type'),
        PreviousStageVariant: valueAt(base, 'Variant'),
        PreviousStageVersion: valueAt(base, 'Version'),
      },
    ])
    t.match(tree['Header'], {
      IviVersionNumber: '1',
      IviVersionNumberXsd: '2.0',
      IviReferenceId: undefined,
      IviVersionDateTime: undefined,
    })
    const left = /Incomplete|MaximumPermissible|MinimumMassCompleted|MinimalPermissible|CanBeFitted|SignatureDate/
    t.notMatch(
      JSON.stringify(tree)
        .match(/"[A-Z]\w+":/g)
        ?.join(),
      left,
      'nothing that only an incomplete vehicle has',
    )
  }
})

test('every element says where it came from', async (t) => {
  const { model } = complete(rows()[0]!)
  const leaves = (node: unknown, path: string): string[] =>
    typeof node === 'string'
      ? [path]
      : Array.isArray(node)
        ? node.flatMap((row, i) => leaves(row, `${path}[${i + 1}]`))
        : Object.entries(node as object).flatMap(([name, child]) => leaves(child, `${path}/${name}`))
  t.strictSame(Object.keys(model!.provenance).sort(), leaves(model!.tree, '/InitialVehicleInformation').sort())
})

test('a base eCoC of another vehicle is refused', async (t) => {
  const { model, findings } = complete(rows()[0]!, sampleBaseTree(vins[1]!))
  t.equal(model, undefined)
  t.strictSame(
    findings.map((f) => f.code),
    ['MAP-115'],
  )
})

test('without base eCoC, approval or CoP release there is no document', async (t) => {
  const fields = rows()[0]!
  const codes = (patch: object) =>
    mapRecord(mapper, {
      fields,
      approval: approvals[1],
      base: { tree: sampleBaseTree(vins[0]!) },
      settings: {},
      ...patch,
    })
  t.match(codes({ base: undefined }), { model: undefined, findings: [{ code: 'MAP-110' }] })
  t.match(codes({ approval: undefined }), { model: undefined, findings: [{ code: 'MAP-111' }] })
  t.match(codes({ fields: { ...fields, COP: 'N' } }), {
    model: undefined,
    findings: [{ code: 'MAP-COP-001', path: 'COP' }],
  })
  t.equal(codes({}).findings.length, 0)
})

test('mapping changes neither record nor base nor approval', async (t) => {
  const fields = rows()[0]!
  const base = sampleBaseTree(vins[0]!)
  const before = JSON.stringify([fields, base, approvals])
  const first = JSON.stringify(complete(fields, base))
  t.equal(JSON.stringify(complete(fields, base)), first)
  t.equal(JSON.stringify([fields, base, approvals]), before)
})

test('the sample files in the folder are what the functions make', async (t) => {
  t.same(readFileSync(new URL('vehicles/sage-x3-example.csv', samples)), sampleExport(vins.slice(0, 3)))
  t.same(readFileSync(new URL('vehicles/chassis-example.json', samples)), sampleChassisJson(sampleVin(101)))
  for (const vin of vins) t.match(vin, /^[A-HJ-NPR-Z0-9]{17}$/)
})
