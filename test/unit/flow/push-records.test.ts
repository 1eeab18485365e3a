import { test } from 'tap'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { pushRecords } from '../../../gateway/flow/actions/push-records.ts'
import { sampleExport, sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { flowBench } from './flow-tools.ts'

const pusher = async (t: Parameters<typeof flowBench>[0]) => {
  const bench = await flowBench(t)
  const tools = { ...bench.tools, mappers: new Map([['sage-x3', sampleMapper('sage-x3')]]) }
  const push = (body: Buffer, idempotencyKey?: string) =>
    pushRecords(
      { mapper: 'sage-x3', body, contentType: 'text/csv', idempotencyKey, actor: 'erp' },
      new Map([['csv', csv]]),
      'base',
      tools,
    )
  return { ...bench, push }
}

test('two calls at once with one idempotency key take one record and give one answer', async (t) => {
  const { push, store } = await pusher(t)
  const body = sampleExport([sampleVin(1)])
  const [one, two] = await Promise.all([push(body, 'k'), push(body, 'k')])
  t.same(two, one)
  t.equal(one.records.length, 1)
  t.equal((await store.ecocs.list({ limit: 10 })).length, 1)
  await t.rejects(push(sampleExport([sampleVin(2)]), 'k'), { code: 'ACT-412' })
})

test('two calls at once without a key make one eCoC of one record', async (t) => {
  const { push, store } = await pusher(t)
  const answers = await Promise.all([1, 2, 3].map(() => push(sampleExport([sampleVin(1)]))))
  t.equal(new Set(answers.map((a) => a.records[0]?.id)).size, 1)
  t.same(answers.map((a) => a.records[0]?.known).sort(), [false, true, true])
  t.equal((await store.ecocs.list({ limit: 10 })).length, 1)
})

test('a body with a broken end says what was taken and what was not', async (t) => {
  const { push, store } = await pusher(t)
  const broken = Buffer.concat([sampleExport([sampleVin(1)]), Buffer.from('"never closed;1;2\r\n')])
  const answer = await push(broken)
  t.equal(answer.records.length, 1)
  t.match(answer.refused, [{ line: 0, problems: [{ code: /^INB-/ }] }])
  t.equal((await store.spools.open()).length, 0, 'nothing is left to be read')
  await t.rejects(push(Buffer.from('')), { code: 'INB-001', hint: /Nothing was taken/ })
})
