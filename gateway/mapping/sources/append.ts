import { z } from 'zod'
import { Cell, type DraftGroup } from '../draft.ts'
import { nodeAt } from '../target.ts'
import { makeRowMaker } from './row-maker.ts'
import { defineValueSource } from './source.ts'

/**
 * `ManufacturerGroup: { append: { number: ManufacturerStageNumber, row: { … } } }`: the rows that are there and one more,
 * numbered on. The manufacturers of earlier stages stay (2020/683 Annex VIII 0.5.1).
 */
export const append = defineValueSource({
  key: 'append',
  schema: z.strictObject({
    append: z.strictObject({ number: z.string().min(1).optional(), row: z.record(z.string(), z.unknown()) }),
  }),
  compile: (spec, element, compiling) => {
    if (!element.repeats) compiling.fail('MAP-006', `${element.name} does not repeat; nothing can be appended to it.`)
    const path = [...compiling.path, 'append']
    const there = compiling.target(element.name)
    const numbered = spec.append.number
    if (numbered !== undefined) compiling.target(numbered, element, [...path, 'number'])
    const make = makeRowMaker(spec.append.row, element, { ...compiling, path })
    return {
      one: (run) => {
        const before = nodeAt(run.draft, there)
        const rows = Array.isArray(before) ? before : []
        const row: DraftGroup = {}
        if (numbered !== undefined) row[numbered] = new Cell(String(rows.length + 1), 'rule:numbering')
        make(run, row)
        return [...rows, row]
      },
    }
  },
})
