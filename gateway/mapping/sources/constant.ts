import { z } from 'zod'
import { Cell } from '../draft.ts'
import { defineValueSource } from './source.ts'

/** `{ constant: V }`: the same text in every document. */
export const constant = defineValueSource({
  key: 'constant',
  schema: z.strictObject({ constant: z.string().min(1) }),
  compile: (spec, element, { fail }) => {
    const problem = element.problemOf(spec.constant)
    if (problem) fail('MAP-008', `"${spec.constant}" does not fit ${element.name}: ${problem.message}`)
    const cell = new Cell(spec.constant, 'constant')
    return { one: () => cell }
  },
})
