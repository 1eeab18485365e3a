import type { RecordFields } from '../contract/flow.ts'
import type { LookupRequest, LookupSpec } from '../contract/lookup.ts'
import type { SourceCompiler } from './compile-sources.ts'
import type { Configurator } from './configurator/configurator.ts'
import type { Constants } from './constants.ts'
import { ExpressionFault } from './expressions/fault.ts'
import type { MapperFile } from './mapper-format.ts'
import { bareRun } from './run.ts'
import type { Run } from './sources/source.ts'

export interface Lookups {
  readonly specs: readonly LookupSpec[]
  readonly keysOf: (fields: RecordFields) => readonly LookupRequest[]
}

/** Compiles the `lookups` part: what is looked up where, and by which key of the record. */
export const compileLookups = (
  spec: MapperFile['lookups'],
  compiler: SourceCompiler,
  constants: Constants,
  configurator: Configurator | undefined,
): Lookups => {
  const compiled = Object.entries(spec ?? {}).map(
    ([name, { csv, delimiter = ';', encoding = 'utf-8', key, keyColumn, columns }]) => ({
      spec: { name, csv, delimiter: delimiter === 'tab' ? '\t' : delimiter, encoding, keyColumn, columns },
      key: compiler.expression(key, 'text', ['lookups', name, 'key'], 'key'),
    }),
  )
  const specs = compiled.map((c) => c.spec)
  if (compiled.length === 0) return { specs, keysOf: () => [] }
  return {
    specs,
    keysOf: (record) => {
      const run: Run = {
        ...bareRun(configurator ? configurator.extend(record) : record),
        constant: constants(() => run),
      }
      return compiled.map(({ spec: { name }, key }) => {
        try {
          const value = key.evaluate(run)
          return { name, key: typeof value === 'string' ? value : typeof value === 'bigint' ? String(value) : '' }
        } catch (error) {
          // A key that cannot be worked out finds nothing; the mapping reports what it misses.
          if (error instanceof ExpressionFault) return { name, key: '' }
          throw error
        }
      })
    },
  }
}
