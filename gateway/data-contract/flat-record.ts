import type { RecordFields } from '../contract/flow.ts'
import { makeCharacteristicsReader } from '../mapping/configurator/read-characteristics.ts'
import type { MapperFile } from '../mapping/mapper-format.ts'

/** More than any record has; the rest is not shown. */
const maxFields = 5000

/**
 * A record as flat lines in its order: `chassis.wheelbase`, `axles[].mass` (the entries joined), characteristics of a
 * configuration as `config.LENGTH` in place of the list that holds them.
 */
export const flatRecord = (fields: RecordFields, file: MapperFile): ReadonlyMap<string, string> => {
  const { configurator } = file
  const configured = configurator?.list ?? configurator?.pairs?.field
  const flat = new Map<string, string>()
  const put = (name: string, value: string): void => {
    const there = flat.get(name)
    if (there !== undefined) flat.set(name, `${there} / ${value}`)
    else if (flat.size < maxFields) flat.set(name, value)
  }
  const lay = (at: RecordFields, prefix: string): void => {
    for (const [name, value] of Object.entries(at)) {
      const path = `${prefix}${name}`
      if (path === configured) continue
      if (typeof value === 'string') put(path, value)
      else if (Array.isArray(value)) for (const entry of value) lay(entry, `${path}[].`)
      else lay(value, `${path}.`)
    }
  }
  lay(fields, '')
  if (configurator)
    for (const [name, value] of makeCharacteristicsReader(configurator)(fields).values) put(`config.${name}`, value)
  return flat
}
