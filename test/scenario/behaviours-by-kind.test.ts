// slow: every behaviour of every kind of access point, with time-outs
import { readFileSync } from 'node:fs'
import { test } from 'tap'
import { documentedEndings, endingsOf, kinds, type Kind } from '../support/behaviours-by-kind.ts'

const page = readFileSync(new URL('../../docs/submission.md', import.meta.url), 'utf8')
const documented = documentedEndings(page)

test('the table speaks of every behaviour and of no other', async (t) => {
  const all = new Set(Object.values(kinds).flatMap((kind) => [...kind.behaviours] as string[]))
  t.same([...documented.keys()].sort(), [...all].sort())
})

for (const kind of Object.keys(kinds) as Kind[])
  test(`every behaviour of ${kind} ends in the state that the table says`, async (t) => {
    const endings = await endingsOf(t, kind)
    for (const [behaviour, cells] of documented) {
      const found = endings.get(behaviour)
      t.equal(found ? [found.state, found.code].filter(Boolean).join(' ') : '–', cells.get(kind), behaviour)
    }
    for (const [behaviour, { state, count }] of endings) {
      t.ok(count <= 1, `${behaviour}: processed at most once`)
      if (state.startsWith('accepted')) t.equal(count, 1, `${behaviour}: accepted means that it is there`)
    }
  })
