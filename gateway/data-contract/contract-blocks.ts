import type { Take } from '../mapping/mapper-format.ts'
import type { ContractElement, ContractField, DataContract } from './data-contract.ts'
import { ruleWords, sourceWords, unitWords } from './source-words.ts'
import { type Words, wordsIn } from './words.ts'

/** A cell; `code` is set in a fixed width: names, values, expressions. */
export type BlockCell = string | { readonly code: string }
/** What a contract is made of, whatever it is written in. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: BlockCell])[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly BlockCell[])[] }
  | { readonly kind: 'signatures'; readonly lines: readonly string[] }

const code = (text: string): BlockCell => (text === '' ? '' : { code: text })

const formatText = ({ mapper }: DataContract): string => {
  const { format, csv, fixed, xml, xlsx } = mapper.input
  const delimiter = csv?.delimiter === '\t' ? 'tab' : csv?.delimiter
  const parts = csv
    ? [delimiter, csv.encoding, `1${csv.decimal}5`]
    : [
        fixed?.encoding,
        fixed && `1${fixed.decimal}5`,
        xml?.record,
        xml?.encoding,
        xlsx?.sheet,
        xlsx?.headerRow === undefined ? undefined : `row ${xlsx.headerRow}`,
      ]
  return [format, ...parts.filter((part) => part !== undefined)].join(' · ')
}

const vehiclesText = ({ category, stage }: DataContract, words: Words): string =>
  [
    category === undefined ? words('anyCategory') : words('category', { category }),
    ...(stage === undefined ? [] : [words(`stage.${stage}`)]),
  ].join(', ')

const takeText = (take: Take | undefined, words: Words): string | undefined => {
  if (take === undefined) return undefined
  if (take === 'all') return words('taken.all')
  return 'except' in take
    ? words('taken.except', { names: take.except.join(', ') })
    : words('taken.only', { names: take.only.join(', ') })
}

const factRows = (contract: DataContract, words: Words): (readonly [string, BlockCell])[] => {
  const { declared, name, version, sha256, input } = contract.mapper
  const key = input.recordKey.map((part) => (part.startsWith('=') ? `“${part.slice(1)}”` : part)).join(' + ')
  const rows: (readonly [string, BlockCell])[] = [
    [words('mapper'), `${name} ${version} · IVI ${declared.ivi} · SHA-256 ${sha256.slice(0, 16)}`],
    [words('vehicles'), vehiclesText(contract, words)],
    [words('format'), formatText(contract)],
    [words('recordKey'), `${key} (${words('vin')}: ${input.vin})`],
    [words('base'), words(`base.${contract.mapper.base}`)],
  ]
  const gate = (declared.gate ?? []).map(({ field, equals }) => words('gate.is', { field, value: equals }))
  if (gate.length > 0) rows.push([words('gate'), gate.join('; ')])
  const { configurator } = declared
  const configured = configurator?.list ?? configurator?.pairs?.field
  if (configured !== undefined) rows.push([words('configurator'), words('configurator.is', { field: configured })])
  if (contract.approvalKey.length > 0)
    rows.push([words('key'), contract.approvalKey.map(([part, s]) => `${part} = ${sourceWords(s, words)}`).join('; ')])
  return rows
}

const valuesText = ({ format, values, maxLength, fractionDigits }: ContractField, words: Words): string =>
  [
    format,
    values?.join(' '),
    ...(maxLength === undefined ? [] : [words('maxLength', { n: maxLength })]),
    ...(fractionDigits === undefined ? [] : [words('fractionDigits', { n: fractionDigits })]),
  ]
    .filter((part) => part !== undefined)
    .join('; ')

const fieldRow = (field: ContractField, words: Words): BlockCell[] => [
  code(field.name),
  field.type,
  words(field.required ? 'yes' : 'no'),
  [valuesText(field, words), ...(field.used ? [] : [words('unused')])].filter((part) => part !== '').join('; '),
  code(field.example),
]
const inCode: ReadonlySet<string> = new Set(['record', 'expression', 'first', 'rows', 'lookup', 'other'])
const sourceCell = ({ source }: ContractElement, words: Words): BlockCell => {
  const text = sourceWords(source, words)
  return inCode.has(source.origin) ? code(text) : text
}

const elementRow = (element: ContractElement, words: Words): BlockCell[] => [
  element.item,
  code(element.place),
  element.label,
  sourceCell(element, words),
  unitWords(element.source, element.unit),
  words(`req.${element.required}`),
  ruleWords(element.source, words),
  code(element.example),
]

const asideRows = (contract: DataContract, words: Words): (readonly [string, BlockCell])[] => {
  const { declared } = contract.mapper
  const base = takeText(declared.take?.base, words)
  const approval = takeText(declared.take?.approval, words)
  const rows: (readonly [string, BlockCell])[] = []
  if (base !== undefined) rows.push([words('taken.base'), base])
  if (approval !== undefined) rows.push([words('taken.approval'), approval])
  const elsewhere = contract.elsewhere.map(({ item, label }) => (item === '' ? label : `${item} ${label}`))
  if (elsewhere.length > 0) rows.push([words('elsewhere'), elsewhere.join('; ')])
  const constants = Object.entries(declared.constants ?? {})
  if (constants.length > 0)
    rows.push([
      words('constants'),
      code(constants.map(([n, c]) => `${n} = ${typeof c === 'string' ? c : c.expr}`).join('; ')),
    ])
  const lookups = Object.entries(declared.lookups ?? {}).map(([name, { csv, key, columns }]) =>
    words('lookup.is', { name, csv, key, columns: columns.join(', ') }),
  )
  if (lookups.length > 0) rows.push([words('lookups'), lookups.join('; ')])
  if (contract.facts.length > 0)
    rows.push([words('facts'), contract.facts.map(([name, s]) => `${name}: ${sourceWords(s, words)}`).join('; ')])
  return rows
}

/** The contract in words: everything that both renderers write, in order. */
export const contractBlocks = (contract: DataContract): readonly Block[] => {
  const words = wordsIn(contract.language)
  const columns = (...keys: string[]): string[] => keys.map((key) => words(key))
  const aside = asideRows(contract, words)
  return [
    { kind: 'title', text: words('title', { title: contract.mapper.title }) },
    { kind: 'facts', rows: factRows(contract, words) },
    { kind: 'heading', text: words('input') },
    {
      kind: 'table',
      head: columns('field', 'type', 'required', 'values', 'example'),
      rows: contract.fields.map((field) => fieldRow(field, words)),
    },
    { kind: 'heading', text: words('elements') },
    {
      kind: 'table',
      head: columns('item', 'element', 'label', 'source', 'unit', 'required', 'rule', 'example'),
      rows: contract.elements.map((element) => elementRow(element, words)),
    },
    ...(aside.length === 0
      ? []
      : [{ kind: 'heading', text: words('taken') } as const, { kind: 'facts', rows: aside } as const]),
    { kind: 'heading', text: words('agreed') },
    { kind: 'signatures', lines: columns('agreed.homologation', 'agreed.source') },
  ]
}
