import { z } from 'zod'
import { didYouMean } from '../did-you-mean.ts'
import { Cell } from '../draft.ts'
import { makeNumberReader } from '../numbers.ts'
import { defineValueSource, unmappable } from './source.ts'

/** `{ lookup: paints, column: COLOUR }`: a column of the row that a look-up found for this record. */
export const lookup = defineValueSource({
  key: 'lookup',
  schema: z.strictObject({
    lookup: z.string().min(1),
    column: z.string().min(1),
    round: z.enum(['half-up', 'half-even', 'up', 'down']).optional(),
    optional: z.enum(['true', 'false']).optional(),
  }),
  compile: (spec, element, compiling) => {
    const { lookup: name, column } = spec
    const columns = compiling.scope.lookups.get(name)
    if (!columns)
      return compiling.fail(
        'MAP-005',
        `There is no look-up "${name}".`,
        didYouMean(name, compiling.scope.lookups.keys()),
      )
    if (!columns.has(column))
      compiling.fail('MAP-005', `The look-up ${name} gives no ${column}.`, didYouMean(column, columns))
    if (element.group) compiling.fail('MAP-009', `${element.name} is a group; a look-up gives one value.`)
    const read =
      element.kind === 'number'
        ? makeNumberReader({ mark: '.', unit: undefined, round: spec.round, digits: element.fractionDigits })
        : (text: string) => text
    const place = `lookup:${name}.${column}`
    return {
      one: (run) => {
        const row = run.lookups[name]
        const text = (row && Object.hasOwn(row, column) ? row[column] : undefined)?.trim() ?? ''
        if (text === '')
          return spec.optional === 'true'
            ? undefined
            : unmappable(
                run,
                'MAP-120',
                place,
                '',
                `The look-up ${name} has no ${column} for this vehicle; it is needed for ${element.name}.`,
                element.name,
              )
        const value = read(text)
        const fault = typeof value === 'string' ? element.problemOf(value) : value
        if (fault || typeof value !== 'string')
          return unmappable(
            run,
            fault?.code ?? 'MAP-109',
            place,
            text,
            `${column} of the look-up ${name} cannot become ${element.name}: ${fault?.message ?? ''}`,
            element.name,
          )
        return new Cell(value, place)
      },
    }
  },
})
