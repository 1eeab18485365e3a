import { z } from 'zod'
import { Cell } from '../draft.ts'
import { ExpressionFault } from '../expressions/fault.ts'
import { makeNumberReader } from '../numbers.ts'
import { defineValueSource, unmappable } from './source.ts'

/**
 * `{ expr: 'record.BODY == "BA" ? "01" : "03"', round: half-up }`: worked out from what the record, the approval, the base
 * eCoC, look-ups, constants and other targets (`out`) say. Numbers are decimal text, never binary fractions.
 * An empty result is a finding unless the entry is optional.
 */
export const expr = defineValueSource({
  key: 'expr',
  schema: z.strictObject({
    expr: z.string().min(1),
    round: z.enum(['half-up', 'half-even', 'up', 'down']).optional(),
    optional: z.enum(['true', 'false']).optional(),
  }),
  compile: (spec, element, compiling) => {
    if (element.group) compiling.fail('MAP-009', `${element.name} is a group; an expression gives one value.`)
    const expression = compiling.expression(spec.expr, 'text', [...compiling.path, 'expr'])
    const read =
      element.kind === 'number'
        ? makeNumberReader({ mark: '.', unit: undefined, round: spec.round, digits: element.fractionDigits })
        : (text: string) => text
    const source = `expr:${expression.shown}`
    return {
      one: (run) => {
        const fail = (code: string, why: string, value = '') =>
          unmappable(
            run,
            code,
            'expr',
            value,
            `${element.name} cannot be worked out by ${expression.shown}: ${why}`,
            element.name,
          )
        let value: unknown
        try {
          value = expression.evaluate(run)
        } catch (error) {
          if (!(error instanceof ExpressionFault)) throw error
          return fail(error.code, `${error.message}.`)
        }
        const text = typeof value === 'string' ? value.trim() : typeof value === 'bigint' ? String(value) : ''
        if (value !== null && typeof value !== 'string' && typeof value !== 'bigint')
          return fail('MAP-116', 'it gives no text and no number.')
        if (text === '') return spec.optional === 'true' ? undefined : fail('MAP-101', 'it gives nothing.')
        const result = read(text)
        const fault = typeof result === 'string' ? element.problemOf(result) : result
        if (fault || typeof result !== 'string') return fail(fault?.code ?? 'MAP-116', fault?.message ?? '', text)
        return new Cell(result, source)
      },
    }
  },
})
