import type { Test } from 'tap'
import json from '../../connectors/codecs/json/codec.ts'
import { GatewayError, type OpenRows, type SourceRow, type Watermark } from '../../gateway/contract/index.ts'
import type { RecordStatus } from '../../gateway/contract/index.ts'
import { IntakeWorker } from '../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../gateway/flow/intake/source-connection.ts'
import type { ReadySource, Tools } from '../../gateway/flow/tools.ts'
import { checkOrder } from '../../gateway/intake/order-of-rows.ts'
import { testFiles } from '../support/site-files.ts'
import { until } from '../support/sandbox-gateway.ts'
import { flowBench } from '../unit/flow/flow-tools.ts'
import { about as aboutAny, context, needed, type UnderTest, within } from './connector-bench.ts'
import type { Behaviour, RowsFixture } from './source-fixtures/fixture.ts'

export const rowOf = (i: number, MASS = '1') => ({ NO: `o${i}`, VIN: `YB9SAMPLE00${100_000 + i}`, MASS })
export const rowsOf = (from: number, count: number) => Array.from({ length: count }, (_, i) => rowOf(from + i))

const text = (row: SourceRow | undefined, name: string): string => {
  const value = row?.fields[name]
  return typeof value === 'string' ? value : ''
}
const statusOf = (row: SourceRow, over: Partial<RecordStatus> = {}): RecordStatus => ({
  recordKey: text(row, 'NO'),
  sourceKey: row.key,
  vin: text(row, 'VIN'),
  coc_status: 'accepted',
  coc_ref: 'REF-1',
  coc_at: '2026-02-03T04:05:06.789Z',
  coc_error_code: '',
  coc_error_text: '',
  coc_doc_sha256: 'a'.repeat(64),
  ...over,
})

/** Every page from the beginning on, as the core asks for them. */
const all = async (open: OpenRows, limit: number): Promise<SourceRow[]> => {
  const rows: SourceRow[] = []
  for (let after: Watermark | undefined; ;) {
    const page = await open.page(after, limit, within(20_000))
    checkOrder(page, after, limit)
    rows.push(...page)
    if (page.length < limit) return rows
    const last = page.at(-1)
    after = last && { stamp: last.stamp, key: last.key }
  }
}

/** The core's intake on a source of rows. */
export const rowsIntakeOn = async (
  t: Parameters<typeof flowBench>[0],
  of: UnderTest<RowsFixture>,
  there: RowsFixture,
  over: Partial<ReadySource> = {},
) => {
  const bench = await flowBench(t)
  const config = of.connector.config.parse(there.config)
  const connection = new SourceConnection((call) => of.connector.open(config, { ...call, files: testFiles }), {
    timeoutMs: 5_000,
  })
  const fields = ['NO', 'VIN', 'MASS'].map((name) => ({ name, type: 'text', required: true }))
  const input = { format: 'json', fields, recordKey: ['NO'], vin: 'VIN' }
  const settings = { name: 'erp', mapper: 'rows', pollMs: 100, stablePolls: 2, maxBytes: 1e6 }
  const source = { ...settings, kind: 'rows', pageRows: 100, overlapMs: 60_000, connection, ...over } as ReadySource
  const mappers = new Map([['rows', { name: 'rows', input }]])
  const tools = {
    ...bench.tools,
    clock: () => new Date(),
    mappers,
    sources: new Map([['erp', source]]),
  } as unknown as Tools
  const worker = new IntakeWorker(source, new Map([['json', json]]), 'base', tools)
  t.teardown(() => connection.drop())
  t.teardown(() => worker.stop())
  worker.start()
  const ecocs = (): Promise<{ vin: string }[]> => bench.store.ecocs.list({ limit: 20_000 })
  return { worker, tools, store: bench.store, ecocs }
}

/** What must hold wherever rows lie. */
export const connectorRows = async (
  t: Test,
  of: UnderTest<RowsFixture>,
  waivers: RowsFixture['waivers'],
): Promise<void> => {
  const about = (what: string, b: Behaviour | undefined, run: (t: Test, o: OpenRows, f: RowsFixture) => unknown) =>
    aboutAny(t, of, waivers)(what, b, async (t, open, there) => {
      if (open.kind !== 'rows') return t.fail(`it opens ${open.kind}`)
      await run(t, open, there)
    })
  const anew = async (t: Test, there: RowsFixture): Promise<OpenRows> => {
    const open = await of.connector.open(of.connector.config.parse(there.config), within(5_000))
    t.teardown(() => open.close())
    if (open.kind !== 'rows') throw new Error(`it opens ${open.kind}`)
    return open
  }

  await about('pages tell every row once, in order, also where stamps are equal', undefined, async (t, open, there) => {
    t.same(await all(open, 10), [], 'nothing yet')
    await there.put(rowsOf(100, 25))
    await there.put(rowsOf(200, 3))
    const rows = await all(open, 10)
    t.same(rows.map((r) => r.fields.NO).sort(), [...rowsOf(100, 25), ...rowsOf(200, 3)].map((r) => r.NO).sort())
    t.same(await all(open, 1000), rows, 'whatever the size of the page')
    t.match(rows[0]?.fields, { VIN: /^YB9/, MASS: '1' })
    t.ok(rows.every((r) => typeof r.stamp === 'string' && r.stamp !== '' && r.key !== ''))
  })

  await about('a changed row comes again, with its new stamp', undefined, async (t, open, there) => {
    await there.put(rowsOf(1, 3))
    const last = (await all(open, 10)).at(-1)
    await there.put([rowOf(1, '2')])
    t.match(await open.page(last, 10, context()), [{ fields: { NO: 'o1', MASS: '2' } }])
  })

  await about('ten thousand rows of one stamp: none lost, none twice', 'many', async (t, open, there) => {
    const many = rowsOf(1, 10_000)
    await there.put(many)
    const keys = (await all(open, 500)).map((r) => text(r, 'NO'))
    t.equal(new Set(keys).size, 10_000)
    t.equal(keys.length, 10_000)
  })

  await about('hostile values are data', 'names', async (t, open, there) => {
    const odd = ["'; DROP TABLE x; --", 'a"b', 'c\\d', '%_[x]', 'größe 日本', ':watermark', '$1 ?']
    await there.put(odd.map((NO, i) => ({ ...rowOf(i), NO })))
    t.same((await all(open, 2)).map((r) => r.fields.NO).sort(), odd.toSorted())
  })

  await about('a status stands beside its record; the same again changes nothing', 'status', async (t, open, there) => {
    await there.put(rowsOf(1, 2))
    const [row] = await all(open, 10)
    const write = needed(open.writeStatus?.bind(open), 'writeStatus')
    const told = statusOf(row!, { coc_error_text: 'it\'s "ü"; DROP TABLE x; --' })
    await write(told, within(5_000))
    await write(told, within(5_000))
    const { coc_status, coc_ref, coc_error_code, coc_error_text, coc_doc_sha256 } = told
    const words = { coc_status, coc_ref, coc_at: /2026-02-03/, coc_error_code, coc_error_text, coc_doc_sha256 }
    t.match(await there.status(text(row, 'NO')), words)
    await write(statusOf(row!, { coc_status: 'rejected', coc_error_code: 'NAP-1' }), within(5_000))
    t.match(await there.status(text(row, 'NO')), { coc_status: 'rejected', coc_error_code: 'NAP-1' })
  })

  await about('a status that is refused for good says so', 'refused', async (t, open, there) => {
    await there.put(rowsOf(1, 1))
    const [row] = await all(open, 10)
    const allow = await needed(there.refuseWriting, 'refuseWriting')()
    const write = needed(open.writeStatus?.bind(open), 'writeStatus')
    await t.rejects(write(statusOf(row!), within(5_000)), { code: 'SRC-020' })
    t.equal((await all(open, 10)).length, 1, 'reading goes on')
    await allow()
    const again = await anew(t, there)
    await again.writeStatus?.(statusOf(row!), within(5_000))
    t.match(await there.status(text(row, 'NO')), { coc_status: 'accepted' })
  })

  await about('rights that are lost midway are an error, and heal', 'rights', async (t, open, there) => {
    await there.put(rowsOf(1, 2))
    const giveBack = await needed(there.loseRights, 'loseRights')()
    await t.rejects(open.page(undefined, 10, within(5_000)), { message: /\S/ }, 'never an empty page')
    await giveBack()
    t.equal((await all(await anew(t, there), 10)).length, 2)
  })

  await about('another password counts at the next session', 'rotated', async (t, _open, there) => {
    await there.put(rowsOf(1, 1))
    const tell = await needed(there.rotate, 'rotate')()
    await t.rejects(
      anew(t, there).then((open) => open.page(undefined, 10, within(5_000))),
      GatewayError,
    )
    await tell()
    t.equal((await all(await anew(t, there), 10)).length, 1)
  })

  await about('a call ends with its signal, and a server that hangs is left', 'hangs', async (t, open, there) => {
    await there.put(rowsOf(1, 1))
    await t.rejects(open.page(undefined, 10, context(AbortSignal.abort())))
    const other = await anew(t, there)
    const goOn = await needed(there.hang, 'hang')()
    const begun = performance.now()
    try {
      await t.rejects(other.page(undefined, 10, within(300)))
      await other.close()
      await other.close()
      t.ok(performance.now() - begun < 5_000)
    } finally {
      await goOn()
    }
    t.equal((await all(await anew(t, there), 10)).length, 1)
  })

  await about('while it is gone it shows; then all goes on, and each row counts once', 'gone', async (t, _o, there) => {
    const { worker, ecocs, store } = await rowsIntakeOn(t, of, there)
    await there.put(rowsOf(1, 250))
    await until('all', 20_000, async () => (await ecocs()).length === 250)
    const comeBack = await there.vanish()
    await until('it shows', 15_000, async () => worker.health.state === 'down')
    await comeBack()
    await until('healed', 15_000, async () => worker.health.state === 'ok')
    await there.put([...rowsOf(1, 5), ...rowsOf(1001, 5)])
    await until('the new ones', 20_000, async () => (await ecocs()).length >= 255)
    t.equal((await ecocs()).length, 255, 'the same content again is nothing new')
    const told = (await store.events.from(1, 10_000)).map((e) => e.type).filter((type) => type.startsWith('source.'))
    t.same(told, ['source.lost', 'source.back'])
  })
}
