import { z } from 'zod'
import { defineValueSource, unmappable } from './source.ts'
import { makeTreeReader } from './tree-reader.ts'

/** `{ approval: ManufacturerGroup[1]/ManufacturerName }`: an element of the type-approval master data. */
export const approval = defineValueSource({
  key: 'approval',
  schema: z.strictObject({ approval: z.string().min(1), optional: z.enum(['true', 'false']).optional() }),
  compile: (spec, element, compiling) => {
    const read = makeTreeReader(spec.approval, element, compiling, 'approval')
    return {
      one: (run) => {
        // A missing approval is one finding of its own, not one for each element.
        if (!run.approval) return undefined
        const node = read(run.approval.values)
        if (node !== undefined || spec.optional === 'true') return node
        return unmappable(
          run,
          'MAP-114',
          spec.approval,
          '',
          `The type-approval master data of ${run.approval.approval}, ${run.approval.type}/${run.approval.variant}/${run.approval.version} has no ${spec.approval}.`,
          element.name,
        )
      },
    }
  },
})
