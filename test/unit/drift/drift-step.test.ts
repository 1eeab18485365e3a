import { test } from 'tap'
import { signOff } from '../../../gateway/config/parts/sign-off.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { driftSettings } from '../../../gateway/drift/drift-limits.ts'
import type { StepResult, Work } from '../../../gateway/flow/step.ts'
import { driftStep } from '../../../gateway/flow/steps/drift-step.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { build, chassis, plainApproval } from './built-vehicle.ts'

type Built = Parameters<typeof build>[0]

/** The stage alone, with all that it is handed. */
const run = (
  built: Built,
  { base = chassis(), limits = {}, mode = 'live', signOffs = [] as object[], weighing = {} } = {},
): StepResult => {
  const model = build(built)
  const made = {
    model,
    base: { tree: base },
    approval: built.approval ?? plainApproval,
    document: { sha256: 'the-hash' },
    signOffs,
    weighing: 'data' in weighing ? weighing : undefined,
  }
  const tools = {
    clock: () => new Date('2026-07-06T10:00:00Z'),
    config: { site: { timeZone: 'Europe/Amsterdam' }, drift: driftSettings.parse(limits), signOff: signOff.parse({}) },
  }
  return driftStep.run(
    { ecoc: { id: 'e1', vin: model.vin, mode, created_at: 'then' }, made } as unknown as Work,
    tools as unknown as Tools,
  )
}
const tables = (writes: StepResult['writes'] = []): Set<string> =>
  new Set(writes.map((w) => (w.op === 'event' ? w.event.type : w.table)))
const requested = (result: StepResult): Record<string, unknown> => {
  const write = result.writes?.find((w) => w.op === 'insert' && w.table === 'sign_off')
  return { ...(write as { row: Record<string, unknown> }).row }
}
const drifted = { fields: { MASS_RO: '2,970', MASS_ACT: '2,970' } }

test('a vehicle that fits goes on, and what the base step found of its base is left alone', async (t) => {
  const { findings, rest, writes } = run({})
  t.strictSame(findings, [{ layer: 'drift', findings: [] }])
  t.equal(rest, undefined)
  t.strictSame([...tables(writes)], ['drift_value'], 'only its trends are kept')
})

test('drift asks for a sign-off of exactly this document, once', async (t) => {
  const result = run(drifted)
  t.match(result, { rest: { state: 'awaiting_signoff', code: 'FLO-003', reason: /2970 kg/ } })
  t.match(JSON.stringify(result.writes), /the-hash.*DRF-MASS-001/)
  const asked = requested(result)
  t.match(asked, { document_sha256: 'the-hash', shown_sha256: /^[0-9a-f]{64}$/, approvers: 1 })
  t.match(JSON.parse(asked['request'] as string), {
    variant: { type: 'EXB5' },
    axles: [{ axle: '1', load: '1336' }, {}],
  })
  const approved = { ...asked, decision: 'approve' }
  t.equal(run(drifted, { signOffs: [approved] }).rest, undefined, 'it was approved')
  t.notOk(tables(run(drifted, { signOffs: [approved] }).writes).has('sign_off'))
  t.equal(run(drifted, { mode: 'parallel' }).rest, undefined, 'a parallel run asks nobody')
})

test('what is refused is held, asks for no sign-off, and an approval does not help', async (t) => {
  const heavy = { fields: { MASS_RO: '2,970', MASS_ACT: '4,900' } }
  const result = run(heavy, { signOffs: [{ ...requested(run(drifted)), decision: 'approve' }] })
  t.match(result.rest, { state: 'held', code: 'DRF-LEGAL-004', nextStep: /may not go on/ })
  t.strictSame([...tables(result.writes)].sort(), ['drift_value', 'sign_off', 'signoff.voided'], 'the approval is void')
})

test('the limits of the site are kept', async (t) => {
  const limits = { limits: [{ field: 'MassInRunningOrder', percent: 1, refuseAbove: 2 }] }
  t.match(run(drifted, { limits }).rest, { state: 'held', code: 'DRF-MASS-004', nextStep: /Correct the record/ })
})

test('of the wrong base nothing else is compared', async (t) => {
  const corrected = chassis((coc: IviTree) => {
    coc['TypeApprovalNumber'] = 'e4*2018/858*99001*01'
    ;(coc['GeneralConstructionGroup'] as IviTree)['NumberOfAxles'] = '3'
  })
  const result = run({}, { base: corrected })
  t.match(result.rest, { state: 'held', code: 'BAS-PAIR-003', nextStep: /extension/ })
  t.strictSame(
    result.findings?.map(({ layer, findings }) => [layer, findings.map(({ code }) => code)]),
    [['drift', ['BAS-PAIR-003']]],
  )
})

test('an approval of the same document with another weighing is void, and says what changed', async (t) => {
  const approved = { ...requested(run(drifted)), decision: 'approve' }
  const weighing = {
    ...{ id: 'w1', recorded_by: 'weigher', at: 'now' },
    data: JSON.stringify({
      grossMass: '2895',
      fuelLevel: '90',
      calibratedUntil: '2027-01-01',
      weighedOn: '2026-07-06',
    }),
  }
  const result = run(drifted, { signOffs: [approved], weighing })
  t.match(result.rest, { state: 'awaiting_signoff' })
  t.match(JSON.stringify(result.writes), /"void".*changed: the weighing/)
  t.match(JSON.parse(requested(result)['request'] as string), { weighing: { id: 'w1', recordedBy: 'weigher' } })
})
