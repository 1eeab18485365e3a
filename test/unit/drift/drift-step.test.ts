import { test } from 'tap'
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
  { base = chassis(), limits = {}, mode = 'live', approved = [] as string[] } = {},
): StepResult => {
  const model = build(built)
  const made = {
    model,
    base: { tree: base },
    approval: built.approval ?? plainApproval,
    document: { sha256: 'the-hash' },
    approvedSha256: new Set(approved),
  }
  const tools = {
    clock: () => new Date('2026-07-06T10:00:00Z'),
    config: { site: { timeZone: 'Europe/Amsterdam' }, drift: driftSettings.parse(limits) },
  }
  return driftStep.run({ ecoc: { id: 'e1', mode }, made } as unknown as Work, tools as unknown as Tools)
}
const drifted = { fields: { MASS_RO: '2,970', MASS_ACT: '2,970' } }

test('a vehicle that fits goes on, and both layers say that nothing was found', async (t) => {
  t.strictSame(run({}), {
    findings: [
      { layer: 'base', findings: [] },
      { layer: 'drift', findings: [] },
    ],
  })
})

test('drift asks for a sign-off of exactly this document, once', async (t) => {
  const result = run(drifted)
  t.match(result, { rest: { state: 'awaiting_signoff', code: 'FLO-003', reason: /2970 kg/ } })
  t.equal(result.writes?.length, 1)
  t.match(JSON.stringify(result.writes), /the-hash.*DRF-MASS-001/)
  t.equal(run(drifted, { approved: ['the-hash'] }).rest, undefined, 'it was approved')
  t.match(run(drifted, { approved: ['another-hash'] }).rest, { state: 'awaiting_signoff' })
  t.equal(run(drifted, { mode: 'parallel' }).rest, undefined, 'a parallel run asks nobody')
})

test('what is refused is held, asks for no sign-off, and an approval does not help', async (t) => {
  const heavy = { fields: { MASS_RO: '2,970', MASS_ACT: '4,900' } }
  const result = run(heavy, { approved: ['the-hash'] })
  t.match(result.rest, { state: 'held', code: 'DRF-LEGAL-004', nextStep: /may not go on/ })
  t.equal(result.writes, undefined)
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
    [
      ['base', ['BAS-PAIR-003']],
      ['drift', []],
    ],
  )
})
