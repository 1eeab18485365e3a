import fc from 'fast-check'
import { test } from 'tap'
import { flowBench } from './flow-tools.ts'
import { RecordModel } from './record-model.ts'

type Step =
  | { readonly kind: 'deliver' }
  | { readonly kind: 'come'; readonly content: string }
  | { readonly kind: 'move'; readonly pick: number; readonly choice: number }
  | { readonly kind: 'act'; readonly verb: 'cancel' | 'correct' | 'reopen' | 'replay'; readonly pick: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'deliver' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('come' as const), content: fc.constantFrom('A', 'B', 'C') }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('move' as const), pick: fc.nat({ max: 3 }), choice: fc.nat({ max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      verb: fc.constantFrom('cancel' as const, 'correct' as const, 'reopen' as const, 'replay' as const),
      pick: fc.nat({ max: 3 }),
    }),
  },
)

test('whatever comes in whatever order: one open eCoC, nothing signed replaced, no version sent twice', async (t) => {
  const bench = await flowBench(t)
  let runs = 0
  const run = async (steps: readonly Step[], rule: 'same' | 'next'): Promise<string[]> => {
    const model = new RecordModel(bench, `XEB35N2CCT${String(++runs).padStart(7, '0')}`, rule)
    for (const s of [{ kind: 'come', content: 'A' } as const, ...steps]) {
      const faults = s.kind === 'come' ? await model.come(s.content) : []
      if (s.kind === 'move') await model.move(s.pick, s.choice)
      if (s.kind === 'deliver') await model.deliver()
      if (s.kind === 'act') await model.act(s.verb, s.pick)
      faults.push(...(await model.faults()))
      if (faults.length > 0) return faults
    }
    return []
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.constantFrom('same', 'next'),
      async (steps, rule) => {
        const faults = await run(steps, rule)
        if (faults.length > 0) throw new Error(faults.join('; '))
      },
    ),
    { numRuns: Number(process.env['MODEL_RUNS'] ?? 50) },
  )
  t.pass()
})

test('a correction that was cancelled leaves what was accepted in force, and the next change waits for a person', async (t) => {
  const bench = await flowBench(t)
  const model = new RecordModel(bench, 'XEB35N2CCT0100001', 'next')
  const states = async () => (await model.rows()).map((e) => [e.state, e.version])
  await model.come('A')
  await model.deliver()
  await model.come('B')
  await model.move(0, 0)
  await model.act('correct', 0)
  await model.move(0, 1)
  await model.act('cancel', 0)
  t.same(await states(), [
    ['cancelled', 2],
    ['accepted', 1],
  ])
  await model.come('C')
  t.match((await model.rows())[0], { proposal_of: String, state: 'received' })
  await model.move(0, 0)
  await model.act('correct', 0)
  await model.deliver()
  t.same(await states(), [
    ['accepted', 2],
    ['cancelled', 2],
    ['superseded', 1],
  ])
  t.same(await model.faults(), [])
})
