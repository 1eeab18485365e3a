import { z } from 'zod'
import { Cell } from '../draft.ts'
import { nodeAt } from '../target.ts'
import { defineValueSource } from './source.ts'

/**
 * `AxleGroup[*]/AxleSpacing: { spacing: Wheelbase }`: on a vehicle of two axles the spacing is the wheelbase, and the last
 * axle has none (CoC items 4 and 4.1). With more axles the spacings stay as base and approval give them.
 */
export const spacing = defineValueSource({
  key: 'spacing',
  late: true,
  schema: z.strictObject({ spacing: z.string().min(1) }),
  compile: (spec, element, compiling) => {
    const from = compiling.target(spec.spacing, undefined, [...compiling.path, 'spacing'])
    if (from.element.kind !== 'number' || element.kind !== 'number')
      compiling.fail('MAP-009', `${element.name} cannot follow ${spec.spacing}: both must be numbers.`)
    compiling.reads(from.element.name)
    return {
      rows: (run, rows) => {
        const wheelbase = nodeAt(run.draft, from)
        if (rows !== 2 || !(wheelbase instanceof Cell)) return undefined
        return [new Cell(wheelbase.value, 'rule:spacing'), null]
      },
    }
  },
})
