import { test } from 'tap'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import { loadMapper } from '../../../gateway/mapping/load-mapper.ts'
import { readSample, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

const sage = readSample('mappers/sage-x3.yaml').toString('utf8')

/** The error of a sample mapper with one edit, and the line the edit stands on. */
const refused = (from: string, to: string): { error: GatewayError; line: number } => {
  if (sage.split(from).length !== 2) throw new Error(`the sample has not exactly one ${from}`)
  const text = sage.replace(from, () => to)
  const at = text.indexOf(to) + to.length - to.trimStart().length
  try {
    loadMapper(text, 'm.yaml')
  } catch (error) {
    if (error instanceof GatewayError) return { error, line: text.slice(0, at).split('\n').length }
    throw error
  }
  throw new Error(`nothing is wrong with ${to}`)
}

test('a mapper tells its layout to the inbox', async (t) => {
  const mapper = sampleMapper('sage-x3')
  t.match(mapper, { name: 'sage-x3', version: '1.0', base: 'required', baseNeeded: true, approvalNeeded: true })
  t.match(mapper.sha256, /^[0-9a-f]{64}$/)
  t.strictSame(mapper.input.csv, { delimiter: ';', encoding: 'windows-1252', decimal: ',' })
  t.equal(
    mapper.input.fields.map((f) => f.name).join(';'),
    'MFGNUM;VIN;TYPE;VARIANT;VERSION;BODY;BODYMASS;MASS_RO;MASS_ACT;MASS_AX1;MASS_AX2;WHEELBASE;LENGTH;WIDTH;HEIGHT;MFGDATE;COP;DEST',
  )
  t.strictSame(mapper.input.recordKey, ['VIN', '=2'])
  t.strictSame(
    mapper.input.fields.find((f) => f.name === 'MFGDATE'),
    { name: 'MFGDATE', type: 'date', required: true, format: 'DD.MM.YYYY' },
  )
  t.strictSame(sampleMapper('chassis-json').input.fields.find((f) => f.name === 'destination')?.required, false)
})

const edits: readonly [from: string, to: string, code: string, says: RegExp][] = [
  ['base: required', 'bsae: required', 'MAP-003', /"bsae".*Did you mean "base"/],
  ["delimiter: ';'", "delimeter: ';'", 'MAP-003', /Did you mean "delimiter"/],
  ['COP: { type: code', 'COP: { tipe: code', 'MAP-003', /Did you mean "type"/],
  ['base: required', 'base: maybe', 'MAP-002', /base/],
  ["version: '1.0'", 'version: latest', 'MAP-002', /version/],
  ['  Wheelbase: {', '  Wheelbse: {', 'MAP-004', /"Wheelbse" is no element/],
  ['      - MinimumMassCompleted\n', '      - MinimumMasCompleted\n', 'MAP-004', /MinimumMasCompleted/],
  ['Length: { field: LENGTH', 'Length: { field: LENGHT', 'MAP-005', /LENGHT/],
  ['shares: [MASS_AX1, MASS_AX2]', 'shares: [MASS_AX1, MASS_AX3]', 'MAP-005', /MASS_AX3/],
  ['  - field: COP', '  - field: CPO', 'MAP-005', /CPO/],
  ['  vin: VIN', '  vin: VINN', 'MAP-005', /VINN/],
  ['  AxleGroup[*]/AxleSpacing:', '  AxleSpacing:', 'MAP-006', /repeated group AxleGroup/],
  ['  AxleGroup[*]/AxleSpacing:', '  AxleGroup[1]/AxleSpacing:', 'MAP-006', /each row/],
  ['  BodyworkGroup[1]/CodeForBodywork:', '  BodyworkGroup[0]/CodeForBodywork:', 'MAP-006', /does not exist/],
  ['  Wheelbase: {', '  AxleGroup[1]/Wheelbase: {', 'MAP-006', /does not stand in AxleGroup/],
  ['  Height: { field: HEIGHT, unit: { from: m,', '  Height: { field: HEIGHT, unit: { from: yd,', 'MAP-007', /"yd"/],
  [
    '  Height: { field: HEIGHT, unit: { from: m,',
    '  Height: { field: HEIGHT, unit: { from: t,',
    'MAP-007',
    /same thing/,
  ],
  ['format: DD.MM.YYYY', 'format: DD.MM.YY', 'MAP-007', /DD\.MM\.YY/],
  ['{ constant: V }', '{ constant: X }', 'MAP-008', /"X".*StageOfCompletion/],
  ['{ constant: V }', '{ konstant: V }', 'MAP-009', /Did you mean "constant"/],
  ['{ constant: V }', '{ constant: V, setting: x }', 'MAP-009', /two value sources/],
  ['{ constant: V }', '{ constant: V, round: up }', 'MAP-003', /"round"/],
  ['  StageOfCompletion: {', '  IviReferenceId: {', 'MAP-010', /set by the gateway/],
  ['  StageOfCompletion: {', '  CocDataGroup/VehicleIdentificationNumber: {', 'MAP-010', /twice/],
  ['PreviousStageType: { base: Type }', 'PreviousStageType: { base: Tpye }', 'MAP-004', /Tpye/],
  ['PreviousStageType: { base: Type }', 'PreviousStageType: { base: MassGroup }', 'MAP-009', /shape/],
  ['rowKeys: { AxleGroup:', 'rowKeys: { MassGroup:', 'MAP-006', /does not repeat/],
  ['title: Sage', 'title: &a Sage', 'MAP-001', /[Aa]nchor/],
  ['title: Sage', 'name: sage-x3\ntitle: Sage', 'MAP-001', /"name" stands here twice/],
  ['title: Sage', '__proto__: x\ntitle: Sage', 'MAP-001', /__proto__/],
  ['Length: { field: LENGTH', 'Length: { field: LENGTH [m]', 'MAP-001', /needs quotes/],
  ['  Wheelbase: {', '  WheelbaseOfVehicle: {', 'MAP-004', /Did you mean "Wheelbase"/],
  ['{ constant: V }', "{ expr: 'record.LÄNGE' }", 'MAP-012', /record\["/],
]
for (const [i, [from, to, code, says]] of edits.entries()) {
  test(`mapper lint ${i + 1}: ${to.trim().split('\n')[0]} is refused at its line`, async (t) => {
    const { error, line } = refused(from, to)
    t.equal(error.code, code, error.message)
    t.equal(error.kind, 'config')
    t.match(`${error.message} ${error.hint ?? ''}`, says)
    t.ok(error.message.startsWith(`m.yaml:${line}:`), `${error.message} should name line ${line}`)
  })
}

test('an unknown element is answered with the nearest one', async (t) => {
  t.equal(refused('  Wheelbase: {', '  Wheelbse: {').error.hint, 'Did you mean "Wheelbase"?')
})

test('a large or tangled mapper is read or refused at once', async (t) => {
  const start = process.cpuUsage()
  const withConstants = (lines: readonly string[]) => () =>
    loadMapper(sage.replace('base: required', `constants:\n${lines.join('\n')}\nbase: required`), 'm.yaml')
  const many = Array.from({ length: 30_000 }, (_, i) => `  k${i}: a`)
  t.throws(withConstants(many), { code: 'MAP-002' })
  // Each reads the next two, so that there are 2^n ways through them.
  const ladder = Array.from({ length: 60 }, (_, i) =>
    [`  a${i}`, `  b${i}`].map((name) => `${name}: { expr: 'constants.a${i + 1} + constants.b${i + 1}' }`).join('\n'),
  )
  t.ok(withConstants([...ladder, '  a60: x', '  b60: x'])())
  t.throws(() => loadMapper('- a\n'.repeat(200_000), 'm.yaml'), { code: 'MAP-002' })
  const { user, system } = process.cpuUsage(start)
  t.ok(user + system < 20_000_000, `took ${(user + system) / 1e6} s`)
})

test('text that is no mapper at all is refused, not a crash', async (t) => {
  for (const text of [
    '',
    '[]',
    '"x"',
    '{',
    'a: *b',
    '- &a [*a]',
    '\u0000',
    '['.repeat(5000),
    `x: ${'y'.repeat(1_100_000)}`,
  ])
    t.throws(
      () => loadMapper(text, 'm.yaml'),
      { name: 'GatewayError', kind: 'config' },
      JSON.stringify(text.slice(0, 20)),
    )
})
