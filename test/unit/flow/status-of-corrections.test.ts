import { test } from 'tap'
import json from '../../../connectors/codecs/json/codec.ts'
import { correctEcoc } from '../../../gateway/flow/actions/correct-ecoc.ts'
import { ecocMovedAnswers } from '../../../gateway/flow/answers.ts'
import { IntakeWorker } from '../../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import type { ReadySource, Tools } from '../../../gateway/flow/tools.ts'
import { WriteBackWorker } from '../../../gateway/flow/write-back-worker.ts'
import type { EcocId } from '../../../gateway/contract/index.ts'
import { insert, update } from '../../../gateway/store/writes.ts'
import { newId } from '../../../gateway/support/new-id.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { flowBench } from './flow-tools.ts'
import { rowsSource } from './rows-source.ts'

const input = {
  format: 'json' as const,
  fields: [
    { name: 'ORDER', type: 'text' as const, required: true },
    { name: 'VIN', type: 'vin' as const, required: true },
  ],
  recordKey: ['ORDER'],
  vin: 'VIN',
}

const bench = async (t: Parameters<typeof flowBench>[0]) => {
  const flow = await flowBench(t)
  const there = rowsSource()
  const source: ReadySource = {
    ...{ name: 'erp', kind: 'rows', mapper: 'rows', pollMs: 10, stablePolls: 2, maxBytes: 1e6, pageRows: 3 },
    overlapMs: 60_000,
    connection: SourceConnection.to(there.open, 300),
  }
  const mappers = new Map([['rows', { name: 'rows', input }]])
  const tools = { ...flow.tools, mappers, sources: new Map([['erp', source]]) } as unknown as Tools
  there.put('k1', '1', { ORDER: 'o1', VIN: 'YB9SAMPLE00100001' })
  const worker = new IntakeWorker(source, new Map([['json', json]]), 'base', tools)
  worker.start()
  await until('taken', 5000, async () => (await flow.store.ecocs.list({ limit: 9 })).length === 1)
  await worker.stop()
  const back = new WriteBackWorker(tools)
  back.start()
  t.teardown(() => back.stop())
  const [own] = await flow.store.ecocs.list({ limit: 9 })
  const move = async (id: EcocId, state: 'accepted' | 'rejected'): Promise<void> => {
    const ecoc = (await flow.store.ecocs.get(id))!
    const set = { state, receipt_reference: `NAP-${state}` }
    await flow.store.commit([update('ecoc', { id }, set), ...(await ecocMovedAnswers(ecoc, state, tools))])
    flow.wait(10_000)
  }
  const told = (status: string) =>
    until(`${status} is told`, 4000, async () => there.told.at(-1)?.coc_status === status && there.told.at(-1))
  return { ...flow, ...there, tools, own: own!, move, told }
}

test('what a correction comes to stands at the row of its record', async (t) => {
  const b = await bench(t)
  await b.move(b.own.id, 'rejected')
  await b.told('rejected')
  await b.store.commit(await correctEcoc((await b.store.ecocs.get(b.own.id))!, 'Alex', 'base', b.tools))
  b.wait(10_000)
  await b.told('received')
  const corrected = (await b.store.ecocs.list({ limit: 9 })).find((e) => e.state === 'received')!
  await b.move(corrected.id, 'accepted')
  t.match(await b.told('accepted'), { sourceKey: 'k1', recordKey: 'o1', coc_ref: 'NAP-accepted' })
  await until('noted', 3000, async () => (await b.store.ecocs.get(corrected.id))?.write_back === 'done')
  const [file] = await b.store.spools.ofEcoc(corrected.id)
  t.match(await b.store.spools.lines(file!.id), [{ ecoc_id: corrected.id, state: 'accepted' }], 'and in a result file')
})

test('the row speaks of the vehicle’s own document, whatever a further one comes to', async (t) => {
  const b = await bench(t)
  await b.move(b.own.id, 'accepted')
  await b.told('accepted')
  const further = { ...b.own, id: newId() as EcocId, sibling_of: b.own.id, profile: 'UK' }
  await b.store.commit([insert('ecoc', further)])
  await b.move(further.id, 'rejected')
  await until('due are none', 4000, async () => (await b.store.writeBacks.pendingSources()).length === 0)
  const last = await b.told('accepted')
  t.match(last, { sourceKey: 'k1', coc_ref: 'NAP-accepted', coc_error_text: /UK: rejected/ })
})
