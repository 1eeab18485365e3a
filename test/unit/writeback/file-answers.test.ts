import { test } from 'tap'
import { fileAnswers, type AnsweredFile, type AnswerLine } from '../../../gateway/writeback/file-answers.ts'
import { receiptAnswer } from '../../../gateway/writeback/receipt-answer.ts'
import type { Instant } from '../../../gateway/contract/index.ts'

const vin = 'XEB35N2CCT0100001'
const taken = (over: Partial<AnswerLine> = {}): AnswerLine => ({
  line: 2,
  vin,
  id: 'id-1',
  known: false,
  state: 'received',
  mode: 'live',
  reason: undefined,
  nextStep: undefined,
  reference: undefined,
  problems: [],
  ...over,
})
const refused = (over: Partial<AnswerLine> = {}): AnswerLine => ({
  ...taken({ id: undefined, state: undefined }),
  line: 3,
  vin: undefined,
  problems: [{ code: 'INB-021', field: 'MASS_RO', value: '=1+1', message: 'This is no decimal number; see Größe.' }],
  ...over,
})
const fileOf = (lines: AnswerLine[], over: Partial<AnsweredFile> = {}): AnsweredFile => ({
  name: 'x.csv',
  lines,
  problem: undefined,
  dialect: { delimiter: ';', encoding: 'windows-1252' },
  ...over,
})
const json = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'))
const due = (file: AnsweredFile): string[] =>
  Object.values(fileAnswers).flatMap((a) => (a.isDue(file) ? [`${file.name}${a.ending}`] : []))
const unreadable = { code: 'INB-002', message: 'The header line lacks the column(s) VIN.' }

test('the answers carry the names that builders script against, and lie there when they say something', async (t) => {
  t.same(due(fileOf([taken()])), ['x.csv.ok.json', 'x.csv.result.csv'])
  t.same(due(fileOf([refused()])), ['x.csv.errors.json', 'x.csv.errors.csv', 'x.csv.result.csv'])
  t.same(due(fileOf([taken(), refused()])).length, 4, 'both where both happened')
  t.same(due(fileOf([], { problem: unreadable })), ['x.csv.errors.json', 'x.csv.errors.csv', 'x.csv.result.csv'])
  t.same(due(fileOf([taken()], { problem: unreadable })).length, 4, 'taken before the file became unreadable')
})

test('ok.json is {file, rows, taken: [{line, vin, id, state}]}; a known row says so', async (t) => {
  const lines = [taken(), refused(), taken({ line: 4, id: 'id-0', known: true, state: 'accepted' })]
  t.same(json(fileAnswers.ok.bytes(fileOf(lines))), {
    file: 'x.csv',
    rows: 3,
    taken: [
      { line: 2, vin, id: 'id-1', state: 'received' },
      { line: 4, vin, id: 'id-0', state: 'accepted', known: true },
    ],
  })
})

test('errors.json says line, field, value and what is wrong; line 0 speaks of the whole file', async (t) => {
  t.same(json(fileAnswers['errors-json'].bytes(fileOf([taken(), refused()]))), {
    file: 'x.csv',
    rows: 2,
    refused: [{ line: 3, problems: refused().problems }],
  })
  t.match(json(fileAnswers['errors-json'].bytes(fileOf([], { problem: unreadable }))), {
    rows: 0,
    refused: [{ line: 0, problems: [{ ...unreadable, field: '', value: '' }] }],
  })
})

test('errors.csv keeps the dialect of the input, one line per problem, formulas made harmless', async (t) => {
  const two = refused({
    problems: [
      ...refused().problems,
      { code: 'INB-020', field: 'VIN', value: '', message: 'A value is required here.' },
    ],
  })
  const bytes = fileAnswers['errors-csv'].bytes(fileOf([two], { problem: unreadable }))
  t.same(bytes.toString('latin1').split('\r\n'), [
    'line;vin;field;value;reason;code',
    '0;;;;The header line lacks the column(s) VIN.;INB-002',
    `3;;MASS_RO;'=1+1;"This is no decimal number; see Gr\xf6\xdfe.";INB-021`,
    '3;;VIN;;A value is required here.;INB-020',
    '',
  ])
  const utf8 = fileAnswers['errors-csv'].bytes(fileOf([two], { dialect: { delimiter: ',', encoding: 'utf-8' } }))
  t.match(utf8.toString('utf8'), /^\uFEFFline,vin,field,value,reason,code\r\n3,,MASS_RO,'=1\+1,This is no/)
})

test('result.csv holds one line per row with where it stands now', async (t) => {
  const lines = [
    taken({ state: 'held', reason: 'No base eCoC is known.', nextStep: 'Import it.' }),
    refused(),
    taken({ line: 4, state: 'accepted', reference: 'NAP-1' }),
    taken({ line: 5, state: 'awaiting_signoff' }),
  ]
  t.same(fileAnswers.result.bytes(fileOf(lines)).toString('latin1').split('\r\n'), [
    'line;vin;state;reason;next step;receipt;id',
    `2;${vin};held;No base eCoC is known.;Import it.;;id-1`,
    '3;;refused;"MASS_RO: This is no decimal number; see Gr\xf6\xdfe.";Correct the row and export it again.;;',
    `4;${vin};accepted;;;NAP-1;id-1`,
    `5;${vin};awaiting_signoff;;;;id-1`,
    '',
  ])
  t.match(fileAnswers.result.bytes(fileOf([], { problem: unreadable })).toString('latin1'), /\r\n0;;refused;The header/)
})

test('a receipt lies beside the record under the VIN, with what the access point said', async (t) => {
  const receivedAt = '2026-11-18T08:00:00.000Z' as Instant
  const messages = [{ code: 'IVI-0310', text: 'Colour is “other”.', severity: 'warning' as const }]
  const ecoc = {
    vin,
    id: 'id-1',
    state: 'accepted_with_warnings' as const,
    version: 1,
    accessPoint: 'nl-example',
    iviReferenceId: 'ref',
    documentSha256: 'ab',
  }
  const receipt = { outcome: 'accepted_with_warnings' as const, reference: 'NAP-1', messages, receivedAt }
  const { name, bytes } = receiptAnswer({ ...ecoc, receipt })
  t.equal(name, `${vin}.receipt.json`)
  t.same(json(bytes), { ...ecoc, ...receipt })
  t.match(json(receiptAnswer({ ...ecoc, receipt: { ...receipt, reference: undefined } }).bytes), { reference: null })
})

test('what was not delivered is never called accepted', async (t) => {
  const lines = [
    taken({ mode: 'test', state: 'accepted', reference: 'NAP-1' }),
    taken({ mode: 'parallel', state: 'compared', reason: '2 differences' }),
    taken({ mode: 'parallel', state: 'held', reason: 'no base' }),
    taken({ state: 'accepted', reference: 'NAP-2' }),
  ]
  const result = fileAnswers.result.bytes(fileOf(lines)).toString('latin1').trim().split('\r\n').slice(1)
  t.same(
    result.map((line) => line.split(';').slice(2, 3).concat(line.split(';').slice(5, 6))),
    [
      ['test: accepted', ''],
      ['compared, 2 differences', ''],
      ['parallel: held', ''],
      ['accepted', 'NAP-2'],
    ],
  )
  const ok = JSON.parse(fileAnswers.ok.bytes(fileOf(lines)).toString()) as { taken: { state: string }[] }
  t.same(
    ok.taken.map((row) => row.state),
    ['test: accepted', 'compared, 2 differences', 'parallel: held', 'accepted'],
  )
})
