import { test } from 'tap'
import { approversNeeded } from '../../../gateway/sign-off/approvers-needed.ts'
import { attachmentName, attachmentType } from '../../../gateway/sign-off/attachment-type.ts'
import { type DecisionQuestion, mayDecide } from '../../../gateway/sign-off/may-decide.ts'
import { shownSha256, whatChanged } from '../../../gateway/sign-off/request.ts'
import { signOff } from '../../../gateway/config/parts/sign-off.ts'

const decider = { name: 'quinn', isPerson: true, holdsRight: true, confirmedBy: 'token' } as const
const ask = (more: Partial<DecisionQuestion> = {}) =>
  mayDecide({
    decision: 'approve',
    decider,
    contributors: [],
    approvals: [],
    delegators: [],
    isSandbox: false,
    ...more,
  })
const by = (decided_by: string, on_behalf_of: string | null = null) => ({ decided_by, on_behalf_of })
const entered = (name: string) => [{ name, what: 'pushed the record', at: 'then' }]
const without = { ...decider, holdsRight: false }

test('who may approve', async (t) => {
  t.strictSame(ask(), { may: true, onBehalfOf: null })
  t.match(ask({ contributors: entered('quinn') }), { may: false, code: 'ACT-472' })
  t.match(ask({ approvals: [by('quinn')] }), { may: false, code: 'ACT-474' })
  t.match(ask({ approvals: [by('dora', 'quinn')] }), { may: false, code: 'ACT-474' }, 'somebody did so for him')
  t.match(ask({ decider: without }), { may: false, code: 'ACT-471' })
  t.match(ask({ decider: without, delegators: ['ana'] }), { may: true, onBehalfOf: 'ana' })
  t.match(ask({ decider: without, delegators: ['ana'], contributors: entered('ana') }), { may: false, code: 'ACT-473' })
  t.match(ask({ decider: without, delegators: ['ana'], approvals: [by('ana')] }), { may: false, code: 'ACT-473' })
  t.match(ask({ decider: without, delegators: ['ana', 'ben'], approvals: [by('ana')] }), {
    may: true,
    onBehalfOf: 'ben',
  })
})

test('a token of nobody counts in the sandbox alone', async (t) => {
  const token = { ...decider, name: 'token:quality', isPerson: false }
  t.match(ask({ decider: token }), { may: false, code: 'ACT-470' })
  t.match(ask({ decider: token, isSandbox: true }), { may: true })
  t.match(ask({ decider: token, isSandbox: true, contributors: entered('token:quality') }), {
    may: false,
    code: 'ACT-472',
  })
})

test('to refuse is always safe', async (t) => {
  for (const decision of ['refuse', 'reweigh'] as const) {
    t.match(ask({ decision, contributors: entered('quinn'), approvals: [by('quinn')] }), { may: true })
    t.match(ask({ decision, decider: without }), { may: false, code: 'ACT-471' })
  }
})

test('the second threshold counts deviations of either sign, and codes', async (t) => {
  const finding = (code: string, deviation: string) =>
    ({ code, layer: 'drift', severity: 'warning', path: '/', message: '', params: { deviation } }) as const
  t.equal(approversNeeded([finding('A', '-9')], undefined), 1)
  t.equal(approversNeeded([finding('A', '-5.1')], { percent: 5, codes: [] }), 2)
  t.equal(approversNeeded([finding('A', '5')], { percent: 5, codes: [] }), 1)
  t.equal(approversNeeded([finding('A', '1'), finding('B', '0')], { codes: ['B'] }), 2)
})

test('what was shown has a hash of all of it', async (t) => {
  const weighing = { grossMass: '1' }
  const hash = shownSha256('d', [], { base: 'b', weighing })
  t.not(hash, shownSha256('d', [], { base: 'b', weighing: null }))
  t.not(hash, shownSha256('d', [], { base: 'c', weighing }))
  t.not(hash, shownSha256('e', [], { base: 'b', weighing }))
  const before = { documentSha256: 'd', request: { base: 'b', weighing } }
  t.equal(
    whatChanged(before, { documentSha256: 'e', request: { base: 'c', weighing } }),
    'changed: the document, the base eCoC',
  )
})

test('attachments are known by their first bytes, and their names are harmless', async (t) => {
  t.equal(attachmentType(Buffer.from('%PDF-1.4')), 'application/pdf')
  t.equal(attachmentType(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg')
  t.equal(attachmentType(Buffer.from('<svg onload=x>')), undefined)
  t.equal(attachmentName('..\\..\\a"b\r\n.pdf'), 'a_b__.pdf')
  t.equal(attachmentName('/'), 'attachment')
})

test('the settings are refused where they make no sense', async (t) => {
  t.equal(signOff.parse({}).reasons.length, 6)
  t.notOk(signOff.safeParse({ secondAbove: {} }).success)
  t.notOk(signOff.safeParse({ mail: { host: 'h', from: 'a b', to: ['a@b.example'] } }).success)
})
