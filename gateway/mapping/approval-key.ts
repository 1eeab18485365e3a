import type { RecordFields } from '../contract/flow.ts'
import type { SourceCompiler } from './compile-sources.ts'
import type { Configurator } from './configurator/configurator.ts'
import { Cell } from './draft.ts'
import { freeElement } from './elements.ts'
import type { ApprovalKey } from './mapper.ts'
import type { MapperFile } from './mapper-format.ts'
import { bareRun } from './run.ts'
import type { Evaluate } from './sources/source.ts'

/**
 * Compiles the `approval` part: which fields and constants find the type-approval master data. Where a configurator
 * resolves the variant, its table says all but the date.
 */
export const makeApprovalKey = (
  spec: MapperFile['approval'],
  compiler: SourceCompiler,
  configurator: Configurator | undefined,
): ((fields: RecordFields) => ApprovalKey) => {
  if (!spec) return () => ({ type: '', variant: '', version: '', dateOfManufacture: '' })
  const resolve = configurator?.resolve
  const part = (key: keyof typeof spec, elementName: string): Evaluate | undefined => {
    const source = spec[key]
    const path = ['approval', key]
    const resolved = resolve !== undefined && key !== 'dateOfManufacture'
    if (source === undefined) {
      if (resolved || key === 'number') return undefined
      return compiler.fail('MAP-009', `The key of an approval needs ${key}.`, undefined, ['approval'])
    }
    if (resolved)
      return compiler.fail(
        'MAP-009',
        `${key} comes from the table of variants; the record does not give it too.`,
        undefined,
        path,
      )
    const { one } = compiler.compile(source, compiler.elements.find(elementName) ?? freeElement(key), path)
    return one ?? compiler.fail('MAP-009', 'The key of an approval is one value.', undefined, path)
  }
  const number = part('number', 'TypeApprovalNumber')
  const type = part('type', 'Type')
  const variant = part('variant', 'Variant')
  const version = part('version', 'Version')
  const date = part('dateOfManufacture', 'DateManufactureVehicle')
  return (record) => {
    const fields = configurator ? configurator.extend(record) : record
    // Findings are the mapping's own: here a value that cannot be read only finds nothing.
    const run = bareRun(fields)
    const read = (evaluate: Evaluate | undefined): string => {
      const node = evaluate?.(run)
      return node instanceof Cell ? node.value : ''
    }
    const dateOfManufacture = read(date)
    if (resolve) {
      const resolved = resolve(record, dateOfManufacture)
      if ('finding' in resolved) return { type: '', variant: '', version: '', dateOfManufacture }
      const { approval, ...rule } = resolved.rule
      const found = { type: rule.type, variant: rule.variant, version: rule.version, dateOfManufacture }
      return approval === undefined ? found : { approval, ...found }
    }
    const approval = read(number)
    return {
      ...(approval === '' ? {} : { approval }),
      type: read(type),
      variant: read(variant),
      version: read(version),
      dateOfManufacture,
    }
  }
}
