import { z } from 'zod'
import { fieldPath, textAt } from '../record-field.ts'
import { nodeAt } from '../target.ts'
import { startRow } from './known-row.ts'
import { makeRowMaker } from './row-maker.ts'
import { defineValueSource, unmappable } from './source.ts'

const maxRows = 99

interface NumberedRow {
  readonly name: string
  readonly steps: readonly string[]
  readonly wanted: string
  readonly make: ReturnType<typeof makeRowMaker>
}

/** The declaration of one row: `{n}` becomes its number wherever it stands. */
const withNumber = (spec: unknown, n: number): unknown => {
  if (typeof spec === 'string') return spec.replaceAll('{n}', String(n))
  if (Array.isArray(spec)) return spec.map((each) => withNumber(each, n))
  if (typeof spec !== 'object' || spec === null) return spec
  return Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, withNumber(value, n)]))
}

/**
 * `AxleGroup: { numbered: { field: 'MASS_AX{n}', number: AxleNumber, row: { … { field: 'MASS_AX{n}' } } } }`: numbered
 * columns become rows, from `from` (1) until the named column is empty. A gap is a finding: the axle behind it would get
 * another axle's number.
 */
export const numbered = defineValueSource({
  key: 'numbered',
  schema: z.strictObject({
    numbered: z.strictObject({
      field: z.string().includes('{n}', 'must hold {n}, the number of the column'),
      from: z
        .string()
        .regex(/^\d{1,2}$/, 'a whole number is expected')
        .transform(Number)
        .optional(),
      number: z.string().min(1).optional(),
      row: z.record(z.string(), z.unknown()),
    }),
  }),
  compile: (spec, element, compiling) => {
    if (!element.repeats) compiling.fail('MAP-006', `${element.name} does not repeat; columns do not become its rows.`)
    const { field, from = 1, number, row } = spec.numbered
    const path = [...compiling.path, 'numbered']
    const { fields } = compiling
    if (!fields) return compiling.fail('MAP-009', 'Numbered fields are fields of the record, not of its lists.')
    if (number !== undefined) compiling.target(number, element, [...path, 'number'])
    const there = compiling.target(element.name)
    const rows: NumberedRow[] = []
    for (let n = from; n < from + maxRows && fields.has(field.replaceAll('{n}', String(n))); n++) {
      const name = field.replaceAll('{n}', String(n))
      const make = makeRowMaker(withNumber(row, n) as typeof row, element, { ...compiling, path })
      rows.push({ name, steps: fieldPath(name), wanted: String(n - from + 1), make })
    }
    if (rows.length === 0)
      compiling.fail('MAP-005', `The input has no field "${field.replaceAll('{n}', String(from))}".`, undefined, [
        ...path,
        'field',
      ])
    return {
      one: (run) => {
        const filled = rows.map(({ steps }) => textAt(run.fields, steps) !== '')
        const count = filled.indexOf(false) < 0 ? rows.length : filled.indexOf(false)
        const after = filled.indexOf(true, count)
        const [gap, behind] = [rows[count]?.name ?? '', rows[after]?.name ?? '']
        if (after >= 0)
          return unmappable(
            run,
            'MAP-117',
            gap,
            '',
            `${gap} is empty, but ${behind} is not; rows are counted without gaps.`,
            element.name,
          )
        if (count === 0)
          return unmappable(run, 'MAP-101', gap, '', `${gap} is empty; it is needed for ${element.name}.`, element.name)
        const before = nodeAt(run.draft, there)
        return rows.slice(0, count).map(({ make, wanted }) => {
          const into = startRow(before, number, wanted)
          make(run, into)
          return into
        })
      },
    }
  },
})
