import type { EcocState, Mode, RowProblem } from '../contract/index.ts'
import { csvLines } from '../support/csv-lines.ts'
import { encodeText } from './encode-text.ts'

/** One line of a taken file with where it stands now. */
export interface AnswerLine {
  readonly line: number
  readonly vin: string | undefined
  readonly id: string | undefined
  readonly known: boolean
  readonly state: EcocState | undefined
  /** How the vehicle's further documents stand, such as `NO: accepted`. */
  readonly further?: readonly string[]
  /** The mode its eCoC was born with. */
  readonly mode: Mode
  readonly reason: string | undefined
  readonly nextStep: string | undefined
  readonly reference: string | undefined
  readonly problems: readonly RowProblem[]
}

/** A taken file as the answers speak of it. */
export interface AnsweredFile {
  readonly name: string
  readonly lines: readonly AnswerLine[]
  /** Why the whole file could not be read. */
  readonly problem: { readonly code: string; readonly message: string } | undefined
  readonly dialect: { readonly delimiter: string; readonly encoding: string }
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
const refusedLines = (file: AnsweredFile): AnswerLine[] => file.lines.filter((l) => l.problems.length > 0)
const takenLines = (file: AnsweredFile): AnswerLine[] => file.lines.filter((l) => l.id !== undefined)

/**
 * Where a row stands, in words that nobody takes for an acceptance when nothing was delivered. The vehicle's own eCoC
 * comes first: `accepted; NO: sent`.
 */
const stateOf = (line: AnswerLine): string => [ownStateOf(line), ...(line.further ?? [])].join('; ')

const ownStateOf = ({ mode, state, reason }: AnswerLine): string => {
  if (mode === 'live' || state === undefined) return state ?? ''
  if (mode === 'parallel' && state === 'compared') return `compared, ${reason ?? ''}`
  return `${mode}: ${state}`
}

/** `x.csv.ok.json`: what was taken, written when it was taken. */
const ok = (file: AnsweredFile): Buffer =>
  json({
    file: file.name,
    rows: file.lines.length,
    taken: takenLines(file).map((l) => ({
      line: l.line,
      vin: l.vin,
      id: l.id,
      state: stateOf(l),
      ...(l.known ? { known: true } : {}),
    })),
  })

/** `x.csv.errors.json`: what was refused and why; line 0 speaks of the whole file. */
const errorsJson = (file: AnsweredFile): Buffer =>
  json({
    file: file.name,
    rows: file.lines.length,
    refused: [
      ...(file.problem ? [{ line: 0, problems: [{ ...file.problem, field: '', value: '' }] }] : []),
      ...refusedLines(file).map((l) => ({ line: l.line, vin: l.vin, problems: l.problems })),
    ],
  })

const errorsCsv = (file: AnsweredFile): Buffer => {
  const whole = file.problem ? [[0, '', '', '', file.problem.message, file.problem.code]] : []
  const rows = refusedLines(file).flatMap((l) =>
    l.problems.map((p) => [l.line, l.vin ?? '', p.field, p.value, p.message, p.code]),
  )
  const table = [['line', 'vin', 'field', 'value', 'reason', 'code'], ...whole, ...rows]
  return encodeText(csvLines(table, file.dialect.delimiter), file.dialect.encoding)
}

const standing = (l: AnswerLine): (string | number)[] =>
  l.problems.length > 0
    ? [
        l.line,
        l.vin ?? '',
        'refused',
        l.problems.map((p) => `${p.field}: ${p.message}`).join(' '),
        'Correct the row and export it again.',
        '',
        '',
      ]
    : [
        l.line,
        l.vin ?? '',
        stateOf(l),
        l.reason ?? '',
        l.nextStep ?? '',
        // The number of a test is none of the vehicle's.
        l.mode === 'live' ? (l.reference ?? '') : '',
        l.id ?? '',
      ]

/** `x.csv.result.csv`: one line per row with where it stands now; opens in Excel. */
const result = (file: AnsweredFile): Buffer => {
  const whole = file.problem
    ? [[0, '', 'refused', file.problem.message, 'Correct the file and export it again.', '', '']]
    : []
  const table = [
    ['line', 'vin', 'state', 'reason', 'next step', 'receipt', 'id'],
    ...whole,
    ...file.lines.map(standing),
  ]
  return encodeText(csvLines(table, file.dialect.delimiter), file.dialect.encoding)
}

/** Every answer about a file: the ending of its name, when it is due, and its bytes. */
export const fileAnswers = {
  ok: { ending: '.ok.json', isDue: (f: AnsweredFile) => takenLines(f).length > 0, bytes: ok },
  'errors-json': { ending: '.errors.json', isDue: (f: AnsweredFile) => hasErrors(f), bytes: errorsJson },
  'errors-csv': { ending: '.errors.csv', isDue: (f: AnsweredFile) => hasErrors(f), bytes: errorsCsv },
  result: { ending: '.result.csv', isDue: () => true, bytes: result },
} as const
export type FileAnswerKind = keyof typeof fileAnswers

const hasErrors = (f: AnsweredFile): boolean => f.problem !== undefined || refusedLines(f).length > 0
