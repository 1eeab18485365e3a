import type { RecordFields } from '../../contract/flow.ts'
import { fieldAt, fieldPath, textAt } from '../record-field.ts'
import type { ConfiguratorSpec } from '../mapper-format.ts'

export interface Configuration {
  /** Characteristic → value; without the empty ones. */
  readonly values: ReadonlyMap<string, string>
  /** Characteristics that have two values which differ. */
  readonly twice: ReadonlySet<string>
}

/** More than any product configuration has. */
const maxCharacteristics = 5000

/**
 * Makes the reader of a configuration: a list of characteristic and value (`E1CUVAL` of an IDoc, the values of an
 * equipment's classes, a plain array), or one text of pairs (`WHEELBASE=3500|ENGINE=D1`).
 */
export const makeCharacteristicsReader = (spec: ConfiguratorSpec): ((fields: RecordFields) => Configuration) => {
  const list = fieldPath(spec.list ?? '')
  const name = fieldPath(spec.name ?? '')
  const values = [spec.value ?? []].flat().map(fieldPath)
  const { pairs } = spec
  const rowsOf = (fields: RecordFields): (readonly [string, string])[] => {
    if (pairs)
      return textAt(fields, fieldPath(pairs.field))
        .split(pairs.separator, maxCharacteristics)
        .map((pair): [string, string] => {
          const at = pair.indexOf(pairs.equals)
          return at < 0 ? ['', ''] : [pair.slice(0, at).trim(), pair.slice(at + pairs.equals.length).trim()]
        })
    const rows = fieldAt(fields, list)
    if (!Array.isArray(rows)) return []
    return rows
      .slice(0, maxCharacteristics)
      .map((row) => [textAt(row, name), values.map((v) => textAt(row, v)).find((v) => v !== '') ?? ''])
  }
  return (fields) => {
    const found = new Map<string, string>()
    const twice = new Set<string>()
    for (const [characteristic, value] of rowsOf(fields)) {
      if (characteristic === '' || value === '') continue
      const there = found.get(characteristic)
      if (there !== undefined && there !== value) twice.add(characteristic)
      else found.set(characteristic, value)
    }
    return { values: found, twice }
  }
}
