import fc from 'fast-check'
import { test } from 'tap'
import { approvalStanding, monthsLater, type StandingFacts } from '../../../gateway/approvals/approval-standing.ts'
import { standingOfDocument } from '../../../gateway/approvals/standing-of-document.ts'
import type { ApprovalData } from '../../../gateway/contract/flow.ts'

const data = (over: Partial<ApprovalData> = {}, form = 'EU'): ApprovalData => ({
  approval: 'e4*2018/858*00001*00',
  type: 'T',
  variant: 'V',
  version: '1',
  validFrom: '2026-01-01',
  values: { CocDataGroup: { TypeApprovalType: form } },
  facts: {},
  ...over,
})
const facts = (over: Partial<StandingFacts> = {}): StandingFacts => ({
  dateOfManufacture: '2026-08-01',
  today: '2026-08-02',
  category: 'N2',
  profile: 'EU',
  ...over,
})
const codes = (approval: ApprovalData, over: Partial<StandingFacts> = {}): string[] =>
  approvalStanding(approval, facts(over)).findings.map((f) => `${f.code} ${f.severity}`)

test('a vehicle made while its approval holds has nothing against it', async (t) => {
  t.match(approvalStanding(data(), facts()), { duty: 'obligatory', why: /Art 37/, findings: [] })
  t.strictSame(codes(data({ status: 'valid' }), { dateOfManufacture: '2026-01-01' }), [])
})

test('made outside the validity is an error, by a day', async (t) => {
  t.strictSame(codes(data(), { dateOfManufacture: '2025-12-31' }), ['APR-101 error'])
  const ended = data({ status: 'withdrawn', withdrawnOn: '2026-09-01' })
  const made = (dateOfManufacture: string) => codes(ended, { dateOfManufacture, today: dateOfManufacture })
  t.strictSame(made('2026-08-31'), [])
  t.strictSame(made('2026-09-01'), ['APR-101 error'])
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 800 }), (n) => {
      const built = new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
      return codes(ended, { dateOfManufacture: built, today: built }).includes('APR-101 error') === (n < 0 || n >= 243)
    }),
  )
})

test('end of series: 12 months for complete, 18 for completed vehicles, or the day the authority named', async (t) => {
  const ended = data({ status: 'withdrawn', withdrawnOn: '2026-08-31' })
  const on = (today: string, over: Partial<StandingFacts> = {}, approval = ended) => codes(approval, { today, ...over })
  t.strictSame(on('2026-08-30'), [])
  t.strictSame(on('2026-08-31'), ['APR-103 warning'])
  t.strictSame(on('2027-08-31'), ['APR-103 warning'])
  t.strictSame(on('2027-09-01'), ['APR-102 error'])
  for (const stage of ['V', 'I'] as const) {
    t.strictSame(on('2028-02-29', { stage }), ['APR-103 warning'], 'the last day of a short month')
    t.strictSame(on('2028-03-01', { stage }), ['APR-102 error'])
  }
  t.strictSame(on('2027-09-01', { isCorrection: true }), ['APR-102 warning'])
  const named = data({ ...ended, endOfSeriesUntil: '2027-01-15' })
  t.strictSame(on('2027-01-15', {}, named), ['APR-103 warning'])
  t.strictSame(on('2027-01-16', {}, named), ['APR-102 error'])
  t.equal(monthsLater('2026-08-31', 18), '2028-02-29')
  t.equal(monthsLater('2026-12-31', 12), '2027-12-31')
})

test('the quota of a small series is held, each year by itself', async (t) => {
  const series = data({ smallSeries: { quota: 10, year: 2026, used: 4 } }, 'ESS')
  const before = (builtInYear: number, over: Partial<StandingFacts> = {}) => codes(series, { builtInYear, ...over })
  t.strictSame(before(5), [])
  t.strictSame(before(6), ['APR-104 error'])
  t.strictSame(before(60, { isCorrection: true }), [], 'a correction makes no vehicle')
  t.strictSame(before(0, { runningNumber: { value: '10' } }), [])
  t.strictSame(before(0, { runningNumber: { value: '11' } }), ['APR-104 error'])
  const next = { dateOfManufacture: '2027-01-02', today: '2027-01-02', category: 'M1' }
  t.strictSame(before(11, next), ['APR-105 warning'], 'the limit of the law holds')
  t.strictSame(before(1500, next), ['APR-105 warning', 'APR-104 error'])
  const national = data({ approval: 'e4*NKS18/858*00001*00' }, 'NSS')
  const law = (category: string, builtInYear: number) => codes(national, { category, builtInYear })
  t.strictSame(law('M1G', 249), [])
  t.strictSame(law('M1', 250), ['APR-104 error'])
  t.strictSame(law('O2', 499), [])
  t.strictSame(law('O3', 250), ['APR-104 error'])
  t.strictSame(law('L5e', 5000), [], 'another act')
})

test('a running number that another vehicle has is an error', async (t) => {
  const series = data({}, 'ESS')
  const runningNumber = { value: '7', takenBy: 'YEXAMPLE000000001' }
  const { findings } = approvalStanding(series, facts({ category: 'M1', runningNumber }))
  t.match(findings, [{ code: 'APR-106', severity: 'error', params: { number: '7', takenBy: 'YEXAMPLE000000001' } }])
  t.strictSame(codes(series, { category: 'M1', runningNumber: { value: '7' } }), [])
})

test('the duty follows from form, category, day and profile unless the master data says it', async (t) => {
  const duty = (approval: ApprovalData, over: Partial<StandingFacts> = {}) =>
    approvalStanding(approval, facts(over)).duty
  t.equal(duty(data()), 'obligatory')
  t.equal(duty(data(), { dateOfManufacture: '2026-07-04' }), 'voluntary')
  t.equal(duty(data(), { dateOfManufacture: '2026-07-05' }), 'obligatory')
  for (const category of ['L5e', 'L3e-A1', 'T4.1a', 'C1', 'R2', 'S1']) {
    t.equal(duty(data(), { category }), 'voluntary', category)
    t.equal(duty(data(), { category, profile: 'UK' }), 'none', category)
  }
  t.equal(duty(data({}, 'ESS')), 'voluntary')
  t.equal(duty(data({}, 'NSS')), 'voluntary')
  t.equal(duty(data({ approval: 'e4*KS18/858*00001*00' })), 'voluntary', 'the number says small series')
  const gb = { approval: 'g11*2018/858*00001*00' }
  t.equal(duty(data(gb, 'ESS'), { profile: 'UK' }), 'obligatory', 'small series are in scope there')
  t.equal(duty(data(gb), { profile: 'UK', dateOfManufacture: '2026-07-04' }), 'voluntary')
  for (const approval of ['e4*IV18/858*00001*00', 'e4*NIV18/858*00001*00']) t.equal(duty(data({ approval })), 'none')
  t.strictSame(codes(data({ approval: 'e4*NIV18/858*00001*00' })), ['APR-107 warning'])
  const said = data({ eCoC: { duty: 'none', why: 'Agreed with the authority.' } })
  t.match(approvalStanding(said, facts()), {
    duty: 'none',
    why: 'Agreed with the authority.',
    findings: [{ code: 'APR-107' }],
  })
  t.equal(duty(data({ eCoC: { duty: 'obligatory', why: 'x' } }, 'NSS')), 'obligatory')
})

test('a document says itself when, what and as which number it was made', async (t) => {
  const tree = {
    CocDataGroup: {
      VehicleCategory: 'M1',
      StageOfCompletion: 'V',
      DateManufactureVehicle: '2026-08-01',
      ProductionSequentialNumberSmallSeries: '1501',
    },
  }
  const of = (approval: ApprovalData, over = {}) =>
    standingOfDocument(approval, tree, { today: '2026-08-02', profile: 'EU', ...over })
  t.match(of(data()), { duty: 'obligatory', findings: [] })
  t.match(of(data({}, 'ESS'), { takenBy: 'X' }), {
    duty: 'voluntary',
    findings: [{ code: 'APR-106' }, { code: 'APR-104' }],
  })
  t.match(of(data({ validFrom: '2026-08-02' })), { findings: [{ code: 'APR-101' }] })
  const ended = data({ status: 'withdrawn', withdrawnOn: '2026-08-02' })
  t.match(of(ended, { today: '2028-02-01' }).findings, [{ code: 'APR-103' }], 'completed vehicles have 18 months')
  t.match(standingOfDocument(data(), {}, { today: '2025-12-31', profile: 'EU' }).findings, [{ code: 'APR-101' }])
})
