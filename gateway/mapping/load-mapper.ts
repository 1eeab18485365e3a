import { decimalMarkOf, type InputLayout } from '../contract/input-layout.ts'
import { type Catalogue, ivi20 } from '../ivi/catalogue.ts'
import { compareVersions as compareReleases } from '../ivi/releases/release.ts'
import { sha256 } from '../support/hash.ts'
import { makeApprovalKey } from './approval-key.ts'
import { makeSourceCompiler, type SourceCompiler } from './compile-sources.ts'
import { checkInput } from './check-input.ts'
import { didYouMean } from './did-you-mean.ts'
import { type Elements, elementsOf, freeElement } from './elements.ts'
import { characteristicFields, makeConfigurator } from './configurator/configurator.ts'
import { compileConstants } from './constants.ts'
import { makeLanguage } from './expressions/functions.ts'
import type { Scope } from './expressions/scope.ts'
import { compileLookups } from './lookup-keys.ts'
import { type Entry, makeMapping } from './make-mapping.ts'
import type { Mapper } from './mapper.ts'
import { inputLayoutOf, type MapperFile, mapperFormat, type Take } from './mapper-format.ts'
import { type Dependent, orderEntries } from './order-entries.ts'
import { makePrecheck } from './precheck.ts'
import { fieldPath } from './record-field.ts'
import { ownElements, takeExcept, takeOnly, type TakeRule } from './take.ts'
import { failAt, validate } from './validate.ts'
import { readYaml } from './yaml-text.ts'

const makeTake = (
  spec: Take | undefined,
  from: string,
  keys: ReadonlyMap<string, string>,
  { fail, elements }: SourceCompiler,
): TakeRule | undefined => {
  if (spec === undefined) return undefined
  const names = spec === 'all' ? [] : 'except' in spec ? spec.except : spec.only
  const key = spec !== 'all' && 'only' in spec ? 'only' : 'except'
  for (const [i, name] of names.entries())
    if (!elements.find(name))
      fail(
        'MAP-004',
        `"${name}" is no element of IVI ${elements.release}.`,
        didYouMean(name, elements.names()).trim(),
        ['take', from, key, i],
      )
  return key === 'only' ? takeOnly(names, keys, elements) : takeExcept(names, keys, elements)
}

const makeEntries = (file: MapperFile, compiler: SourceCompiler): Entry[] => {
  const seen = new Map<string, string>()
  const made = Object.entries(file.map).map(([name, spec]): Entry & Dependent => {
    const path = ['map', name]
    const target = compiler.target(name, path)
    if (ownElements.has(target.element.name))
      compiler.fail(
        'MAP-010',
        `${target.element.name} is set by the gateway itself.`,
        'Take it out of the mapper.',
        path,
      )
    const earlier = seen.get(target.path)
    if (earlier !== undefined)
      compiler.fail('MAP-010', `${name} is mapped twice, first as ${earlier}.`, undefined, path)
    seen.set(target.path, name)
    const evaluation = compiler.compile(spec, target.element, path)
    const wildcard = target.steps.some((s) => s.index === '*')
    if (evaluation.rows && !wildcard)
      compiler.fail(
        'MAP-006',
        `This source gives a value for each row; ${name} is one place.`,
        'Write [*] at the repeated group.',
        path,
      )
    return { target, evaluation, name, element: target.element, reads: evaluation.reads }
  })
  const ordered = orderEntries(
    [...made.filter((e) => !e.evaluation.late), ...made.filter((e) => e.evaluation.late)],
    compiler.elements,
  )
  if (!('cycle' in ordered)) return [...ordered]
  const [first = ''] = ordered.cycle
  return compiler.fail('MAP-011', `${first} depends on itself: ${ordered.cycle.join(' → ')}.`, undefined, [
    'map',
    first,
  ])
}

const makeScope = (content: MapperFile, layout: InputLayout, elements: Elements): Scope => ({
  elements,
  fields: new Map([...layout.fields, ...characteristicFields(content.configurator)].map((f) => [f.name, f])),
  decimalMark: decimalMarkOf(layout),
  tables: new Map(
    Object.entries(content.tables ?? {}).map(([name, { codes, otherwise }]) => [
      name,
      { codes: new Map(Object.entries(codes)), otherwise: otherwise === 'refuse' ? undefined : otherwise.value },
    ]),
  ),
  constants: new Set(Object.keys(content.constants ?? {})),
  lookups: new Map(Object.entries(content.lookups ?? {}).map(([name, { columns }]) => [name, new Set(columns)])),
})

export type { Mapper } from './mapper.ts'

/**
 * Reads and compiles a mapper file.
 * @param yaml the file's text
 * @param file its name, for messages
 * @param catalogue the release of IVI whose documents it is to make; the one it was written for or a later one
 * @param kept the text of its table of variants, where it is kept with the mapper; else that file is read beside it
 * @throws GatewayError kind config, code MAP-001 … MAP-013, with `file:line` and, for typing errors, the word meant
 */
export const loadMapper = (yaml: string, file: string, catalogue: Catalogue = ivi20, kept?: string): Mapper => {
  const text = readYaml(yaml)
  if ('problem' in text) return failAt(file, text.line, 'MAP-001', `This is no YAML the gateway reads: ${text.problem}`)
  const content = validate(mapperFormat, text.value, text, file)
  const layout = inputLayoutOf(content)
  if (compareReleases(content.ivi, catalogue.version) > 0)
    failAt(
      file,
      text.lineOf(['ivi']),
      'MAP-014',
      `The mapper is written for IVI ${content.ivi}; IVI ${catalogue.version} is asked for.`,
      'Import the schema of its release (ecoc schema import), or correct "ivi".',
    )
  const scope = makeScope(content, layout, elementsOf(catalogue))
  const language = makeLanguage(scope.decimalMark, scope.tables)
  const compiler = makeSourceCompiler(text, file, layout, scope, language)
  checkInput(layout, compiler)

  const rowKeys = new Map(Object.entries(content.rowKeys ?? {}))
  for (const [group, key] of rowKeys) {
    const target = compiler.target(group, ['rowKeys', group])
    if (!target.element.repeats)
      compiler.fail('MAP-006', `${group} does not repeat; its rows need no key.`, undefined, ['rowKeys', group])
    compiler.target(`${group}[1]/${key}`, ['rowKeys', group])
  }
  if (content.base === 'none' && content.take?.base !== undefined)
    compiler.fail('MAP-002', 'Nothing can be taken from the base eCoC where "base" is none.', undefined, [
      'take',
      'base',
    ])
  if (content.approval === undefined && content.take?.approval !== undefined)
    compiler.fail('MAP-002', 'Nothing can be taken from the approval where "approval" is not declared.', undefined, [
      'take',
      'approval',
    ])
  if (!Object.keys(content.map).some((name) => name.endsWith('VehicleIdentificationNumber')))
    compiler.fail('MAP-002', 'VehicleIdentificationNumber is not mapped.', 'Map it from the VIN field.', ['map'])

  const names = layout.fields.map((f) => f.name)
  for (const [i, { field }] of (content.gate ?? []).entries())
    if (!names.includes(fieldPath(field)[0] ?? ''))
      compiler.fail('MAP-005', `The input has no field "${field}".`, didYouMean(field, names).trim(), [
        'gate',
        i,
        'field',
      ])

  const entries = makeEntries(content, compiler)
  const constants = compileConstants(content.constants, compiler)
  const { configurator, text: variants = '' } = content.configurator
    ? makeConfigurator(content.configurator, file, compiler, new Set(names), kept)
    : {}
  const lookups = compileLookups(content.lookups, compiler, constants, configurator)
  const approvalKey = makeApprovalKey(content.approval, compiler, configurator)
  const precheck = makePrecheck(configurator, approvalKey)
  const others = new Map<Catalogue, Mapper>()
  const mapper: Mapper = Object.freeze<Mapper>({
    name: content.name,
    ivi: content.ivi,
    forRelease(other) {
      if (other === catalogue) return mapper
      const made = others.get(other) ?? loadMapper(yaml, file, other, variants === '' ? undefined : variants)
      others.set(other, made)
      return made
    },
    version: content.version,
    title: content.title,
    // A table beside the file is a part of what mapped a record.
    sha256: sha256(`${yaml}${variants}`),
    files: [{ yaml, variants }],
    declared: content,
    input: layout,
    base: content.base,
    baseNeeded: content.base === 'required',
    approvalNeeded: content.approval !== undefined,
    targets: [...new Set(entries.map((e) => e.target.element.name))],
    approvalKey,
    lookups: lookups.specs,
    lookupKeys: lookups.keysOf,
    precheck,
    map: makeMapping({
      release: catalogue.version,
      entries,
      facts: Object.entries(content.facts ?? {}).map(([name, spec]) => {
        const { one } = compiler.compile(spec, freeElement(name), ['facts', name])
        return { name, evaluate: one ?? compiler.fail('MAP-009', 'A fact is one value.', undefined, ['facts', name]) }
      }),
      gates: content.gate ?? [],
      takeBase: makeTake(content.take?.base, 'base', rowKeys, compiler),
      takeApproval: makeTake(content.take?.approval, 'approval', rowKeys, compiler),
      base: content.base,
      approvalNeeded: content.approval !== undefined,
      constants,
      configurator,
      precheck,
    }),
  })
  return mapper
}
