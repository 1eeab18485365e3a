import { readFileSync } from 'node:fs'
import { test } from 'tap'
import { contractBlocks } from '../../../gateway/data-contract/contract-blocks.ts'
import { dataContract } from '../../../gateway/data-contract/data-contract.ts'
import { declaredLines, usedFields } from '../../../gateway/data-contract/declared-lines.ts'
import { describedKinds, origins } from '../../../gateway/data-contract/describe-source.ts'
import { fieldsInExpression } from '../../../gateway/data-contract/names-in-expression.ts'
import { contractHtml } from '../../../gateway/data-contract/render-html.ts'
import { contractMarkdown } from '../../../gateway/data-contract/render-markdown.ts'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { sourceKinds } from '../../../gateway/mapping/sources/index.ts'
import { smallMapper } from '../../support/small-mapper.ts'

const texts = JSON.parse(
  readFileSync(new URL('../../../gateway/data-contract/texts.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, string>>

test('every language has the same texts, with the same places for values', async (t) => {
  const places = (text: string | undefined): string[] => (text?.match(/\{\w+\}/g) ?? []).sort()
  for (const language of ['de', 'fr']) {
    t.strictSame(Object.keys(texts[language]!).sort(), Object.keys(texts['en']!).sort(), language)
    for (const [key, text] of Object.entries(texts['en']!))
      t.strictSame(places(texts[language]![key]), places(text), key)
  }
  for (const origin of origins) t.ok(texts['en']![`origin.${origin}`], origin)
})

test('every kind of value source is described, or made of lines that are', async (t) => {
  const ofRows = ['each', 'numbered', 'append']
  t.strictSame(
    [...sourceKinds.keys()].filter((kind) => !describedKinds.has(kind) && !ofRows.includes(kind)),
    [],
  )
})

const mapper = smallMapper(
  `
  Wheelbase: { first: [{ expr: 'dec(record["odd name"])', optional: true, when: 'record.body == "record.mass"' }, { setting: wb }] }
  Length: { base: Length, unless: { field: mass, unit: { from: t, to: kg }, round: half-up } }
  ActualMass: { expr: 'constants.total', when: { category: N2, stage: [V, C] } }
  CodeForBodywork: { field: body, table: bodies }
  AxleGroup:
    numbered: { field: 'AX{n}', number: AxleNumber, row: { TechnicallyPermissibleMassAxle: { field: 'AX{n}', unit: { from: t, to: kg } } } }
  TyreAxleGroup: { constant: x }
`
    .replace(/ {2}TyreAxleGroup.*\n/, '')
    .replace('  CodeForBodywork:', '  BodyworkGroup[1]/CodeForBodywork:'),
  `constants: { total: { expr: 'add(record.AX1, constants.more)' }, more: { expr: 'record.AX2' } }
tables: { bodies: { codes: { A: '01' }, otherwise: { value: '09' } } }`,
)

test('a line says where its value comes from, and which fields are behind it', async (t) => {
  const lines = new Map(declaredLines(mapper.declared).map((line) => [line.element, line]))
  const wheelbase = lines.get('Wheelbase')!.source
  t.match(wheelbase, {
    origin: 'first',
    parts: [
      { origin: 'expression', optional: true },
      { origin: 'setting', text: 'wb' },
    ],
  })
  t.strictSame([...wheelbase.fields].sort(), ['body', 'odd name'], 'a text in quotes is no field')
  t.match(lines.get('Length')!.source, {
    origin: 'first',
    parts: [{ unit: { from: 't', to: 'kg' } }, { origin: 'base' }],
  })
  t.match(lines.get('ActualMass')!.source, { when: 'category N2, stage V, C', reads: ['constants.total'] })
  t.match(lines.get('CodeForBodywork')!.source.notes, [
    { kind: 'codes', text: 'A → 01' },
    { kind: 'otherwise', text: '09' },
  ])
  t.strictSame(lines.get('TechnicallyPermissibleMassAxle')!.source.fields, ['AX1', 'AX2', 'AX3'])
  t.equal(lines.get('AxleNumber')!.source.origin, 'numbering')
  const used = usedFields(mapper)
  for (const name of ['vin', 'mass', 'AX1', 'AX2', 'AX3', 'body', 'odd name']) t.ok(used.has(name), name)
  for (const name of ['made', 'chassis', 'axles']) t.notOk(used.has(name), name)
  t.strictSame(fieldsInExpression(`config.LIFT == "config.NOT" ? record.a.b : record[ 'c d' ] + myrecord.no`), [
    'a',
    'c d',
    'config.LIFT',
  ])
  t.strictSame(fieldsInExpression(`split(record["a-b"], "-")[0] + join(["x"], "record.no")`), ['a-b'])
})

test('marks in names and expressions stay text in Markdown and in HTML', async (t) => {
  const { declared } = mapper
  const odd = {
    ...mapper,
    title: '<b>_A_ | `B`</b>',
    declared: { ...declared, map: { Width: { expr: 'record.mass == "|" || `x`' }, Height: { field: '<i>' } } },
  }
  const contract = dataContract(odd, { language: 'en' })
  const [md, html] = [contractMarkdown(contract), contractHtml(contract)]
  t.match(md, '# Data contract: \\<b\\>\\_A\\_ \\| \\`B\\`\\</b\\>')
  t.match(md, '`` expression record.mass == "\\|" \\|\\| `x` ``')
  t.match(html, '<h1>Data contract: &lt;b&gt;_A_ | `B`&lt;/b&gt;</h1>')
  t.match(html, '<code>&lt;i&gt;</code>')
  t.notMatch(html, /<script|<link|src=|@import|url\(/)
  for (const line of md.split('\n').filter((l) => l.startsWith('| ')))
    t.match(line.replaceAll('\\|', '').split('|').length, /^(7|10)$/, 'each row has its cells')
})

test('without a category nothing is said of what is required, and no field is left without a note of use', async (t) => {
  const contract = dataContract(sampleMapper('sage-x3'), { language: 'en' })
  t.equal(contract.stage, 'V', 'the mapper says the stage itself')
  t.ok(contract.elements.every((e) => e.required === 'open'))
  t.strictSame(contract.elsewhere, [])
  t.ok(contract.fields.every((f) => f.used))
  const small = dataContract(mapper, { language: 'en' })
  t.strictSame(
    small.fields.filter((f) => !f.used).map((f) => f.name),
    ['made', 'axles', 'chassis'],
  )
  const cells = JSON.stringify(contractBlocks(small))
  t.match(cells, 'not used')
})

test('with a category it is that of the form', async (t) => {
  const contract = dataContract(sampleMapper('chassis-json'), { language: 'en', category: 'N2' })
  const required = new Map(contract.elements.map((e) => [e.element, e]))
  t.match(required.get('MassInRunningOrderIncomplete'), { item: '14', required: 'required', unit: 'kg' })
  t.match(
    contract.elsewhere.find((e) => e.element === 'Make'),
    { item: '0.1' },
  )
  t.notOk(contract.elsewhere.some((e) => e.element === 'IviReferenceId' || e.element === 'IviVersionNumber'))
})
