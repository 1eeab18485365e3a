import { test } from 'tap'
import { onVin } from '../../../gateway/commands/on-vin.ts'
import type { Io } from '../../../gateway/commands/command.ts'
import type { EcocId } from '../../../gateway/contract/index.ts'
import type { OpenData } from '../../../gateway/data-folder.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { update } from '../../../gateway/store/writes.ts'
import { at, makeEcoc } from '../../contract/store-rows.ts'
import { flowBench } from '../flow/flow-tools.ts'

const vin = 'EXZCHASS5NL000001' as EcocRow['vin']

/** `correct VIN` on eCoCs of one vehicle, oldest first; says which of them the action was done to, and what was printed. */
const actOn = async (t: Parameters<typeof flowBench>[0], rows: readonly Partial<EcocRow>[]) => {
  const { tools, store } = await flowBench(t)
  const made: EcocRow[] = []
  for (const [i, row] of rows.entries()) {
    const proposal_of = row.proposal_of === undefined ? null : (made[0]?.id ?? null)
    const { row: ecoc, writes } = makeEcoc({ vin, mode: 'live', created_at: at(i), ...row, proposal_of })
    await store.commit(writes)
    made.push(ecoc)
  }
  const lines: string[] = []
  const io = { out: (line: string) => lines.push(line), err: () => undefined } as unknown as Io
  const data = { tools, connectors: { codecs: new Map() }, isRunning: false } as unknown as OpenData
  let done: EcocId | undefined
  const code = await onVin([vin, '--json'], 'correct VIN', io, data, async (_actions, ecoc) => {
    done = ecoc.id
    await store.commit([update('ecoc', { id: ecoc.id, state: ecoc.state }, { updated_at: at(99) }, 1)])
  })
  return { code, place: made.findIndex((row) => row.id === done), said: JSON.parse(lines[0] ?? 'null'), made }
}
const proposal = { proposal_of: 'the first' as EcocId }

test('a proposal that came to nothing does not stand before the eCoC it was made for', async (t) => {
  for (const state of ['accepted', 'reopened', 'rejected'] as const) {
    const { code, place, said, made } = await actOn(t, [
      { state },
      { ...proposal, state: 'cancelled', reason_code: 'FLO-009' },
      { ...proposal, state: 'cancelled', reason_code: 'FLO-009' },
    ])
    t.same({ code, place }, { code: 0, place: 0 }, state)
    t.match(said, { ecocId: made[0]?.id, state }, 'and it is what the answer is about')
  }
})

test('an open proposal, a correction and a cancelled eCoC are meant when they are the newest', async (t) => {
  t.equal((await actOn(t, [{ state: 'accepted' }, { ...proposal, state: 'held' }])).place, 1)
  t.equal((await actOn(t, [{ state: 'superseded' }, { state: 'accepted', version: 2 }])).place, 1)
  t.equal((await actOn(t, [{ state: 'cancelled' }])).place, 0)
})

test('what is live comes before a newer test of the same vehicle', async (t) => {
  t.equal((await actOn(t, [{ state: 'accepted' }, { state: 'accepted', mode: 'test' }])).place, 0)
  t.equal((await actOn(t, [{ state: 'accepted', mode: 'test' }])).place, 0)
})
