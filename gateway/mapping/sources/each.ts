import { z } from 'zod'
import { didYouMean } from '../did-you-mean.ts'
import { fieldAt, fieldPath } from '../record-field.ts'
import { nodeAt } from '../target.ts'
import { startRow } from './known-row.ts'
import { makeRowMaker } from './row-maker.ts'
import { defineValueSource, unmappable } from './source.ts'

const maxItems = 99

/**
 * `AxleGroup: { each: { list: axles, number: AxleNumber, row: { … } } }`: a list of the record becomes rows.
 * Field names inside are those of the list's items. With a number, rows that are there already keep what the list does
 * not say, matched by number; the number counts from 1 as the list does.
 */
export const each = defineValueSource({
  key: 'each',
  schema: z.strictObject({
    each: z.strictObject({
      list: z.string().min(1),
      number: z.string().min(1).optional(),
      row: z.record(z.string(), z.unknown()),
    }),
  }),
  compile: (spec, element, compiling) => {
    if (!element.repeats) compiling.fail('MAP-006', `${element.name} does not repeat; a list does not fit it.`)
    const { list, number, row } = spec.each
    const path = [...compiling.path, 'each']
    const steps = fieldPath(list)
    const root = steps[0] ?? ''
    if (compiling.fields && !compiling.fields.has(root))
      compiling.fail('MAP-005', `The input has no field "${root}".`, didYouMean(root, compiling.fields.keys()).trim(), [
        ...path,
        'list',
      ])
    if (number !== undefined) compiling.target(number, element, [...path, 'number'])
    const there = compiling.target(element.name)
    const make = makeRowMaker(row, element, { ...compiling, path }, 'list')
    return {
      one: (run) => {
        const items = fieldAt(run.fields, steps)
        if (!Array.isArray(items) || items.length === 0 || items.length > maxItems)
          return unmappable(
            run,
            'MAP-109',
            list,
            '',
            `${list} is no list of 1 to ${maxItems} entries; it is needed for ${element.name}.`,
            element.name,
          )
        const before = nodeAt(run.draft, there)
        return items.map((item, i) => {
          const wanted = String(i + 1)
          const into = startRow(before, number, wanted)
          make({ ...run, fields: item, prefix: `${run.prefix}${list}[${wanted}].` }, into)
          return into
        })
      },
    }
  },
})
