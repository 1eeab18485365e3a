import { test } from 'tap'
import { stages, timeline, type StageName, type StageStatus } from '../../../ui/common/timeline.ts'
import type { EcocTrace } from '../../../ui/data/trace.ts'
import { attempt, emptyTrace, kept, receipt, signOff } from './trace-samples.ts'

const of = (change: Partial<EcocTrace>): Record<StageName, StageStatus> =>
  Object.fromEntries(timeline({ ...emptyTrace, ...change }).map((s) => [s.name, s.status])) as Record<
    StageName,
    StageStatus
  >
const finding = (layer: string, severity: 'error' | 'warning' = 'error'): EcocTrace['findings'][number] => ({
  code: 'X',
  layer,
  severity,
  path: '/',
  message: 'm',
})

const told = (...details: unknown[]): Pick<EcocTrace, 'events'> => ({
  events: details.map((detail, seq) => ({ seq, at: emptyTrace.createdAt, actor: 'gateway', type: 'x', detail })),
})

test('has eleven stages in the order of the house, whatever the state', (t) => {
  t.same(
    timeline(emptyTrace).map((s) => s.name),
    stages,
  )
  t.equal(stages.length, 11)
  t.end()
})

test('of one just received is at its base, and nothing after is reached', (t) => {
  t.match(of({}), { received: 'done', base: 'active', mapping: 'ahead', writeback: 'ahead' })
  t.end()
})

test('of an accepted one is done, without what was not needed', (t) => {
  const way = of({
    state: 'accepted',
    writeBack: 'done',
    ...kept('base', 'model', 'document', 'signed'),
    attempts: [attempt('answered')],
    receipts: [receipt('accepted')],
  })
  t.equal(way.signoff, 'none')
  for (const stage of stages.filter((s) => s !== 'signoff')) t.equal(way[stage], 'done', stage)
  t.equal(of({ state: 'accepted', ...kept('model', 'document', 'signed') }).base, 'none', 'built in one stage')
  t.end()
})

test('of one that waits for a sign-off stands at the person', (t) => {
  const way = of({ state: 'awaiting_signoff', signOffs: [signOff(null)], ...kept('base', 'model', 'document') })
  t.match(way, { drift: 'done', signoff: 'person', signature: 'ahead' })
  t.end()
})

test('of a held one stands where it was stopped', (t) => {
  t.match(of({ state: 'held' }), { base: 'person', mapping: 'ahead' })
  t.match(of({ state: 'held', ...kept('base') }), { base: 'done', mapping: 'person' })
  t.match(of({ state: 'held', findings: [finding('mapping')], ...kept('base') }), { mapping: 'person' })
  t.match(of({ state: 'held', findings: [finding('rules')], ...kept('base', 'model', 'document') }), {
    checks: 'person',
    drift: 'ahead',
  })
  t.match(
    of({
      state: 'held',
      findings: [finding('rules', 'warning'), finding('drift')],
      ...kept('base', 'model', 'document'),
    }),
    {
      checks: 'done',
      drift: 'person',
    },
  )
  t.match(of({ state: 'held', ...told({ stage: 'base', base: 'ab' }, { stage: 'mapping', code: 'APR-001' }) }), {
    base: 'done',
    mapping: 'person',
  })
  t.match(of({ state: 'held', ...told({ stage: 'unheard of' }, {}) }), { base: 'person' })
  t.match(of({ state: 'held', signOffs: [signOff('refuse')], ...kept('base', 'model', 'document') }), {
    signoff: 'person',
  })
  t.match(
    of({ state: 'held', proposalOf: 'b' }),
    { received: 'person', base: 'ahead' },
    'a proposed correction waits at the door',
  )
  t.end()
})

test('of one whose outcome is unknown says so at the submission', (t) => {
  const way = of({
    state: 'outcome_unknown',
    ...kept('base', 'model', 'document', 'signed'),
    attempts: [attempt('unknown')],
  })
  t.match(way, { signature: 'done', submission: 'unknown', receipt: 'ahead' })
  t.end()
})

test('of a rejected one waits at the receipt, and yet was written back', (t) => {
  const way = of({
    state: 'rejected',
    writeBack: 'done',
    ...kept('base', 'model', 'document', 'signed'),
    attempts: [attempt('answered')],
    receipts: [receipt('rejected')],
  })
  t.match(way, { submission: 'done', receipt: 'person', writeback: 'done' })
  t.end()
})

test('of a cancelled one ends where it was, and nothing is still to come', (t) => {
  const way = of({ state: 'cancelled', ...kept('base') })
  t.match(way, { base: 'done', mapping: 'ended', document: 'none', writeback: 'none' })
  t.end()
})

test('knows its base from what the stage told', (t) => {
  t.equal(of({ state: 'mapped', ...told({ stage: 'base', base: 'ab' }) }).base, 'done')
  t.equal(of({ state: 'mapped', ...told(null, 'x', { stage: 'base' }) }).base, 'none')
  t.end()
})

test('tells of what was written back, also while somebody is waited for', (t) => {
  const written = (state: 'pending' | 'done' | 'failed'): Pick<EcocTrace, 'writeBacks'> => ({
    writeBacks: [{ kind: 'ok', source: 's', name: 'x.ok.json', state, tries: 1, problem: null, doneAt: null }],
  })
  t.equal(of({ state: 'held', ...written('done') }).writeback, 'done')
  t.equal(of({ state: 'accepted', writeBack: 'done', ...written('pending') }).writeback, 'active')
  t.equal(of({ state: 'accepted', writeBack: 'done', ...written('failed') }).writeback, 'person')
  t.equal(of({ state: 'held' }).writeback, 'ahead')
  t.end()
})

test('shows each finding at the stage that made it, once', (t) => {
  const findings = ['input', 'base', 'mapping', 'schema', 'rules', 'drift', 'signature', 'trust'].map((l) =>
    finding(l, 'warning'),
  )
  const line = timeline({ ...emptyTrace, findings })
  t.equal(line.flatMap((s) => s.findings).length, findings.length)
  t.same(
    line.find((s) => s.name === 'checks')!.findings.map((f) => f.layer),
    ['schema', 'rules'],
  )
  t.end()
})
