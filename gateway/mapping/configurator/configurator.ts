import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Finding } from '../../contract/finding.ts'
import type { RecordFields } from '../../contract/flow.ts'
import type { InputField } from '../../contract/input-layout.ts'
import type { SourceCompiler } from '../compile-sources.ts'
import { makeDateReader } from '../../support/date-pattern.ts'
import { didYouMean } from '../did-you-mean.ts'
import { configField } from '../expressions/scope.ts'
import type { ConfiguratorSpec, Resolution } from '../mapper-format.ts'
import { fieldPath } from '../record-field.ts'
import { type Configuration, makeCharacteristicsReader } from './read-characteristics.ts'
import { readResolution } from './read-resolution.ts'
import { type Resolved, resolveVariant } from './resolve-variant.ts'

/** The `configurator` part of a mapper: a list of characteristics as fields, and what the configuration must be. */
export interface Configurator {
  /** The record with its characteristics as `config.NAME`. */
  readonly extend: (fields: RecordFields) => RecordFields
  /** MAP-118 what is missing, MAP-119 what has two values, MAP-104 what is no allowed value. */
  readonly gate: (fields: RecordFields) => readonly Finding[]
  /** Undefined where the mapper has no table of variants. */
  readonly resolve: ((fields: RecordFields, day: string) => Resolved) | undefined
}

/** The declared characteristics as fields `config.NAME`. A characteristic is required unless it says otherwise. */
export const characteristicFields = (spec: ConfiguratorSpec | undefined): InputField[] =>
  Object.entries(spec?.characteristics ?? {}).map(
    ([name, { type, required, format, values, maxLength, fractionDigits }]) => ({
      name: `${configField}.${name}`,
      type,
      required: required ?? true,
      ...(format === undefined ? {} : { format }),
      ...(values === undefined ? {} : { values }),
      ...(maxLength === undefined ? {} : { maxLength }),
      ...(fractionDigits === undefined ? {} : { fractionDigits }),
    }),
  )

const finding = (code: string, name: string, value: string, message: string): Finding => ({
  code,
  layer: 'mapping',
  severity: 'error',
  path: `${configField}.${name}`,
  message,
  params: { field: `${configField}.${name}`, value: value.slice(0, 60) },
})

const isoDay = makeDateReader('YYYY-MM-DD')

const tableOf = (
  spec: ConfiguratorSpec,
  file: string,
  compiler: SourceCompiler,
  kept: string | undefined,
): { rules: readonly Resolution[]; text: string } => {
  const path = ['configurator', 'resolve']
  const { resolve = [] } = spec
  let rules: readonly Resolution[] = Array.isArray(resolve) ? resolve : []
  let text = ''
  if (!Array.isArray(resolve)) {
    try {
      text = kept ?? readFileSync(join(dirname(file), resolve.csv), 'utf8')
    } catch {
      return compiler.fail('MAP-013', `The table ${resolve.csv} beside the mapper cannot be read.`, undefined, path)
    }
    const read = readResolution(text)
    if ('problem' in read) return compiler.fail('MAP-013', `${resolve.csv}: ${read.problem}`, undefined, path)
    rules = read
  }
  const declared = Object.keys(spec.characteristics)
  for (const [i, rule] of rules.entries()) {
    const at = Array.isArray(resolve) ? [...path, i] : path
    for (const name of Object.keys(rule.when))
      if (!declared.includes(name))
        compiler.fail('MAP-005', `There is no characteristic "${name}".`, didYouMean(name, declared).trim(), [
          ...at,
          'when',
          name,
        ])
    for (const day of [rule.from, rule.until])
      if (day !== undefined && isoDay(day) === undefined)
        compiler.fail('MAP-013', `"${day}" is no day as YYYY-MM-DD.`, undefined, at)
  }
  return { rules, text }
}

/**
 * Compiles the `configurator` part. A table in a CSV file is read from beside the mapper file, once.
 * @param kept its text, where it is kept with the mapper
 * @returns the configurator and the text of that CSV file, which belongs to the mapper's hash
 */
export const makeConfigurator = (
  spec: ConfiguratorSpec,
  file: string,
  compiler: SourceCompiler,
  roots: ReadonlySet<string>,
  kept?: string,
): { readonly configurator: Configurator; readonly text: string } => {
  const path = ['configurator']
  if (roots.has(configField))
    compiler.fail(
      'MAP-002',
      `The characteristics are "${configField}"; no field may be called so too.`,
      undefined,
      path,
    )
  if ((spec.list === undefined) === (spec.pairs === undefined))
    compiler.fail('MAP-002', 'A configurator reads a list or pairs, one of the two.', undefined, path)
  if (spec.list !== undefined && (spec.name === undefined || spec.value === undefined))
    compiler.fail('MAP-002', 'A list of characteristics needs "name" and "value".', undefined, path)
  const root = fieldPath(spec.list ?? spec.pairs?.field ?? '')[0] ?? ''
  if (!roots.has(root))
    compiler.fail('MAP-005', `The input has no field "${root}".`, didYouMean(root, roots).trim(), path)
  const { rules, text } = tableOf(spec, file, compiler, kept)
  const read = makeCharacteristicsReader(spec)
  const characteristics = Object.entries(spec.characteristics)
  const required = characteristics.filter(([, field]) => field.required !== false).map(([name]) => name)
  const gateOf = ({ values, twice }: Configuration): Finding[] => {
    const found: Finding[] = []
    const missing = required.filter((name) => !values.has(name))
    if (missing.length > 0)
      found.push(
        finding(
          'MAP-118',
          missing[0] ?? '',
          missing.join(', '),
          `The configuration is not complete: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
        ),
      )
    for (const [name, { values: allowed }] of characteristics) {
      const value = values.get(name)
      if (twice.has(name))
        found.push(finding('MAP-119', name, value ?? '', `The configuration gives ${name} two values.`))
      if (value !== undefined && allowed && !allowed.includes(value))
        found.push(
          finding('MAP-104', name, value, `${name} is "${value.slice(0, 40)}"; allowed are ${allowed.join(', ')}.`),
        )
    }
    return found
  }
  const configurator: Configurator = {
    extend: (fields) => ({ ...fields, [configField]: Object.fromEntries(read(fields).values) }),
    gate: (fields) => gateOf(read(fields)),
    resolve: spec.resolve && ((fields, day) => resolveVariant(rules, read(fields), day)),
  }
  return { configurator, text }
}
