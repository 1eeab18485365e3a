import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'tap'
import { loadMapper } from '../../../gateway/mapping/load-mapper.ts'
import { valueAt } from '../../../gateway/ivi/get-value.ts'
import { refusalOf, runSmall, smallMapper, smallVin, smallYaml } from '../../support/small-mapper.ts'

const configurator = `
configurator:
  list: axles
  name: CHARC
  value: [VALUE, NUMBER]
  characteristics:
    WHEELBASE: { type: decimal }
    ENGINE: { type: code, values: [D1, D2, E1] }
    DOORS: { type: integer, required: false }`
const approval = 'approval: { dateOfManufacture: { field: made } }'
const table = `
  resolve:
    - { when: { WHEELBASE: "3500", ENGINE: [D1, D2] }, from: 2026-01-01, until: 2026-06-30, approval: e4*2018/858*99003*00, type: T1, variant: SHORT, version: V1 }
    - { when: { WHEELBASE: "3500", ENGINE: [D1, D2] }, from: 2026-07-01, approval: e4*2018/858*99003*01, type: T1, variant: SHORT, version: V2 }
    - { when: { WHEELBASE: "4100" }, type: T1, variant: LONG, version: V1 }
    - { when: { WHEELBASE: "4100", ENGINE: E1 }, type: T1, variant: LONGE, version: V1 }`
const parts = `${approval}${configurator}${table}`
const map =
  '  Wheelbase: { field: config.WHEELBASE, round: half-up }\n  NumberOfDoors: { expr: "default(config.DOORS, 2)" }'
const mapper = smallMapper(map, parts)

/** A record with characteristics as an IDoc has them. */
const record = (values: Record<string, string>, made = '05.07.2026') => ({
  made,
  axles: Object.entries(values).map(([CHARC, VALUE]) => ({ CHARC, VALUE })),
})
const key = (values: Record<string, string>, made?: string) =>
  mapper.approvalKey({ vin: smallVin, ...record(values, made) })
const findings = (values: Record<string, string>, made?: string) =>
  mapper.precheck({ vin: smallVin, ...record(values, made) })

test('characteristics are fields, whichever of their values is filled', async (t) => {
  const small = smallMapper(map, configurator)
  const axles = [
    { CHARC: 'WHEELBASE', VALUE: '', NUMBER: '3500.0' },
    { CHARC: 'ENGINE', VALUE: 'D1' },
    { CHARC: 'OTHER', VALUE: 'x' },
  ]
  const { model, findings } = runSmall(small, { axles })
  t.strictSame(findings, [])
  t.equal(valueAt(model!.tree, 'Wheelbase'), '3500')
  t.equal(valueAt(model!.tree, 'NumberOfDoors'), '2')
  t.match(JSON.stringify(model!.provenance), /record:config\.WHEELBASE/)
})

test('pairs in one text are characteristics too', async (t) => {
  const small = smallMapper(
    map,
    configurator.replace(/ {2}list[^]*NUMBER\]/, `  pairs: { field: body, separator: "|", equals: "=" }`),
  )
  const { model } = runSmall(small, { body: 'WHEELBASE=4100 | ENGINE=D1|DOORS=3' })
  t.equal(valueAt(model!.tree, 'Wheelbase'), '4100')
  t.equal(valueAt(model!.tree, 'NumberOfDoors'), '3')
})

test('options and the day of manufacture resolve to exactly one variant', async (t) => {
  t.strictSame(key({ WHEELBASE: '3500', ENGINE: 'D2' }), {
    approval: 'e4*2018/858*99003*01',
    type: 'T1',
    variant: 'SHORT',
    version: 'V2',
    dateOfManufacture: '2026-07-05',
  })
  t.equal(key({ WHEELBASE: '3500.00', ENGINE: 'D1' }, '30.06.2026').approval, 'e4*2018/858*99003*00')
  t.match(key({ WHEELBASE: '4100', ENGINE: 'D1' }), { variant: 'LONG', approval: undefined })
  t.strictSame(findings({ WHEELBASE: '3500', ENGINE: 'D2' }), [])
})

test('none or several variants is a finding that names the options which decide', async (t) => {
  t.match(findings({ WHEELBASE: '3500', ENGINE: 'E1' }), [
    { code: 'MAP-121', path: 'config.ENGINE', message: /ENGINE=E1.*ENGINE=D1 or D2/, params: { options: 'ENGINE' } },
  ])
  t.match(findings({ WHEELBASE: '4100', ENGINE: 'E1' }), [
    { code: 'MAP-122', message: /LONG\/V1 and T1\/LONGE\/V1; ENGINE=E1/ },
  ])
  t.match(findings({ WHEELBASE: '3500', ENGINE: 'D1' }, '31.12.2025'), [
    { code: 'MAP-121', message: /2025-12-31.*from 2026-01-01 until 2026-06-30/ },
  ])
  t.equal(key({ WHEELBASE: '4100', ENGINE: 'E1' }).type, '')
  const { findings: mapped } = runSmall(mapper, record({ WHEELBASE: '4100', ENGINE: 'E1' }))
  t.strictSame(
    mapped.map((f) => f.code),
    ['MAP-122'],
    'and no further word on master data',
  )
})

test('an incomplete, ambiguous or unknown configuration is held with what is missing', async (t) => {
  t.match(findings({ DOORS: '2' }), [{ code: 'MAP-118', message: /WHEELBASE, ENGINE are missing/ }])
  t.match(findings({ WHEELBASE: '3500', ENGINE: 'X' }), [{ code: 'MAP-104', message: /D1, D2, E1/ }])
  const twice = {
    made: '05.07.2026',
    axles: [...record({ WHEELBASE: '1', ENGINE: 'D1' }).axles, { CHARC: 'WHEELBASE', VALUE: '2' }],
  }
  t.match(mapper.precheck({ vin: smallVin, ...twice }), [{ code: 'MAP-119' }])
})

test('the table of variants may be a CSV file beside the mapper, and is a part of its hash', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ecoc-resolve-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const yaml = smallYaml(map, `${approval}${configurator}\n  resolve: { csv: variants.csv }`)
  const load = (csv: string) => {
    writeFileSync(join(folder, 'variants.csv'), csv)
    return loadMapper(yaml, join(folder, 'm.yaml'))
  }
  const first = load(
    'type;variant;version;from;until;ENGINE;WHEELBASE\nT1;SHORT;V1;2026-01-01;;D1|D2;3500\nT1;LONG;V1;;;;4100\n',
  )
  t.match(first.approvalKey({ vin: smallVin, ...record({ WHEELBASE: '3500', ENGINE: 'D2' }) }), { variant: 'SHORT' })
  t.match(first.approvalKey({ vin: smallVin, ...record({ WHEELBASE: '4100', ENGINE: 'E1' }) }), { variant: 'LONG' })
  const second = load('type,variant,version,WHEELBASE\nT1,LONG,V1,4100\n')
  t.not(first.sha256, second.sha256)
  for (const bad of [
    '',
    'type;variant\na;b\n',
    'type;variant;version\na;b;\n',
    'type;variant;version;from\na;b;c;July\n',
    'a"b\n"',
  ])
    t.throws(() => load(bad), { code: 'MAP-013' }, bad)
  t.throws(() => load('type;variant;version;ENGIN\na;b;c;d\n'), { code: 'MAP-005', hint: 'Did you mean "ENGINE"?' })
  rmSync(join(folder, 'variants.csv'))
  t.throws(() => loadMapper(yaml, join(folder, 'm.yaml')), { code: 'MAP-013' })
})

const refusals: readonly [parts: string, code: string, says: RegExp][] = [
  [parts.replace('WHEELBASE: "4100" }', 'WHELBASE: "4100" }'), 'MAP-005', /"WHEELBASE"/],
  [parts.replace('from: 2026-07-01', 'from: 2026-13-01'), 'MAP-013', /2026-13-01/],
  [parts.replace('list: axles', 'list: axels'), 'MAP-005', /"axles"/],
  [parts.replace('  name: CHARC\n', ''), 'MAP-002', /"name"/],
  [parts.replace('made }', 'made }, type: { constant: T1 }'), 'MAP-009', /table of variants/],
  [approval, 'MAP-009', /needs type/],
]
for (const [p, code, says] of refusals)
  test(`refused at load: ${says.source}`, async (t) => {
    const error = refusalOf('', p)
    t.equal(error.code, code, error.message)
    t.match(`${error.message} ${error.hint ?? ''}`, says)
  })
test('a field cannot be called like the characteristics', async (t) => {
  const yaml = smallYaml('', configurator).replace('    body: {', '    config: {')
  t.throws(() => loadMapper(yaml, 'small.yaml'), { code: 'MAP-002', message: /"config"/ })
})

test('a mistyped characteristic is refused at load', async (t) => {
  t.match(refusalOf('  Wheelbase: { field: config.WHELBASE }', configurator), { code: 'MAP-005', hint: /WHEELBASE/ })
  t.match(refusalOf('  Wheelbase: { expr: config.WHELBASE }', configurator), { code: 'MAP-005', hint: /WHEELBASE/ })
})
