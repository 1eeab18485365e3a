import { test } from 'tap'
import { runPure } from '../../../gateway/flow/run-pure.ts'
import { segmentsOf } from '../../../gateway/flow/segments.ts'
import type { EffectStep, PureStep, Step, Work } from '../../../gateway/flow/step.ts'
import { insert } from '../../../gateway/store/writes.ts'
import { pipeline } from '../../../gateway/pipeline.ts'
import { flowBench } from './flow-tools.ts'

const pure = (name: string, run: PureStep['run'] = () => ({})): PureStep => ({ name, kind: 'pure', run })
const effect = (name: string): EffectStep => ({
  name,
  kind: 'effect',
  parallel: () => 3,
  run: () => Promise.resolve({}),
})
const shape = (steps: readonly Step[]): unknown[] =>
  segmentsOf(steps).map((s) => [s.kind, s.name, s.next, s.kind === 'pure' ? s.steps.map((p) => p.name) : []])

test('neighbouring pure stages commit together, an effect alone, in their order', async (t) => {
  t.same(shape([]), [])
  t.same(shape([effect('a')]), [['effect', 'a', undefined, []]])
  t.same(shape([effect('a'), pure('b'), pure('c'), effect('d'), effect('e'), pure('f')]), [
    ['effect', 'a', 'b', []],
    ['pure', 'b', 'd', ['b', 'c']],
    ['effect', 'd', 'e', []],
    ['effect', 'e', 'f', []],
    ['pure', 'f', undefined, ['f']],
  ])
  const names = segmentsOf(pipeline).map((s) => s.name)
  t.equal(new Set(names).size, names.length, 'a job finds its segment by name')
})

test('a poisoned record harms no other of its batch', async (t) => {
  const bench = await flowBench(t)
  const batch: Work[] = []
  for (let i = 0; i < 8; i++) batch.push(await bench.claimed({ stage: i }))
  const step = pure('mapping', ({ ecoc }) => {
    if (ecoc.stage === 2) throw new TypeError('poison')
    // One whose writes the database refuses: the second insert of the same key.
    const again = insert('setting', { key: ecoc.stage === 5 ? 'k4' : `k${ecoc.stage ?? ''}`, value: 'x' })
    return { patch: { state: 'mapped' }, writes: [again] }
  })
  await runPure(batch, [step, pure('routing')], 'signature', bench.tools)
  const states = await Promise.all(batch.map(async (w) => (await bench.store.ecocs.get(w.ecoc.id))?.state))
  t.same(states, ['mapped', 'mapped', 'received', 'mapped', 'mapped', 'received', 'mapped', 'mapped'])
  const jobs = await Promise.all(batch.map((w) => bench.store.jobs.get(w.ecoc.id)))
  t.same(
    jobs.map((j) => [j?.stage, j?.owner, j?.tries]),
    states.map((s) => (s === 'mapped' ? ['signature', null, 0] : ['mapping', null, 1])),
  )
  t.match(await bench.store.ecocs.get(batch[2]?.ecoc.id ?? ('' as never)), { reason: 'poison' })
})

test('a record goes through the stages until one lets it rest, and keeps what the earlier ones found', async (t) => {
  const bench = await flowBench(t)
  const seen: string[] = []
  const finding = { code: 'RUL-001', layer: 'rules', severity: 'error', path: '/', message: 'no' } as const
  const steps = [
    pure('mapping', ({ made }) => {
      seen.push('mapping')
      made.sent = new Map([['from mapping' as never, Buffer.alloc(0)]])
      return { patch: { state: 'mapped', mapper_version: '1' }, writes: [insert('setting', { key: 'a', value: '1' })] }
    }),
    pure('checks', ({ made }) => {
      seen.push(`checks sees ${[...(made.sent?.keys() ?? [])].join()}`)
      const rest = { state: 'held', code: 'RUL-001', reason: 'no', nextStep: 'correct it' } as const
      return { patch: { document_sha256: 'd' as never }, rest, findings: [{ layer: 'rules', findings: [finding] }] }
    }),
    pure('drift', () => {
      seen.push('drift')
      return {}
    }),
  ]
  const work = await bench.claimed()
  await runPure([work], steps, 'signature', bench.tools)
  t.same(seen, ['mapping', 'checks sees from mapping'])
  t.match(await bench.store.ecocs.get(work.ecoc.id), {
    state: 'held',
    mapper_version: '1',
    document_sha256: 'd',
    reason_code: 'RUL-001',
  })
  t.equal(await bench.store.settings.get('a'), '1')
  t.same(await bench.store.findings.of(work.ecoc.id), [finding])
})
