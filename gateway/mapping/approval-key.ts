import type { RecordFields } from '../contract/flow.ts'
import type { SourceCompiler } from './compile-sources.ts'
import { Cell } from './draft.ts'
import { findTargetElement, freeElement } from './elements.ts'
import type { ApprovalKey } from './mapper.ts'
import type { MapperFile } from './mapper-format.ts'
import type { Evaluate } from './sources/source.ts'

/** Compiles the `approval` part: which fields and constants find the type-approval master data. */
export const makeApprovalKey = (
  spec: MapperFile['approval'],
  compiler: SourceCompiler,
): ((fields: RecordFields) => ApprovalKey) => {
  if (!spec) return () => ({ type: '', variant: '', version: '', dateOfManufacture: '' })
  const part = (key: keyof typeof spec, elementName: string): Evaluate | undefined => {
    const source = spec[key]
    if (source === undefined) return undefined
    const path = ['approval', key]
    const { one } = compiler.compile(source, findTargetElement(elementName) ?? freeElement(key), path)
    return one ?? compiler.fail('MAP-009', 'The key of an approval is one value.', undefined, path)
  }
  const number = part('number', 'TypeApprovalNumber')
  const type = part('type', 'Type')
  const variant = part('variant', 'Variant')
  const version = part('version', 'Version')
  const date = part('dateOfManufacture', 'DateManufactureVehicle')
  return (fields) => {
    const read = (evaluate: Evaluate | undefined): string => {
      // Findings are the mapping's own: here a value that cannot be read only finds nothing.
      const node = evaluate?.({
        fields,
        prefix: '',
        approval: undefined,
        base: undefined,
        settings: {},
        draft: {},
        report: () => undefined,
      })
      return node instanceof Cell ? node.value : ''
    }
    const approval = read(number)
    return {
      ...(approval === '' ? {} : { approval }),
      type: read(type),
      variant: read(variant),
      version: read(version),
      dateOfManufacture: read(date),
    }
  }
}
