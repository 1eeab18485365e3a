// A process of its own, so that its memory peak (VmHWM) is that of the intake and of nothing else.
import { parse } from 'csv-parse'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import csv from '../../connectors/codecs/csv/codec.ts'
import xml from '../../connectors/codecs/xml/codec.ts'
import type { InputLayout, Sha256, SpoolId } from '../../gateway/contract/index.ts'
import { readFile } from '../../gateway/flow/intake/read-file.ts'
import type { Tools } from '../../gateway/flow/tools.ts'
import { sampleMapper } from '../../gateway/sandbox/samples/sample-files.ts'
import { openSqlite } from '../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../gateway/store/store.ts'
import type { SpoolRow } from '../../gateway/store/tables.ts'
import { insert } from '../../gateway/store/writes.ts'
import { Mutex } from '../../gateway/support/mutex.ts'
import { instant } from '../../gateway/support/clock.ts'
import { keepHeapSmall } from '../../gateway/support/small-heap.ts'

/** What a child says at its end, as one line of JSON. */
export interface ChildFigures {
  readonly rows: number
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakRssMb: number
  /** False when the time was up before the end of the file. */
  readonly complete: boolean
}

const [mode = '', file = '', folder = '', seconds = '0'] = process.argv.slice(2)

/** Bare csv-parse over the same file: what any reader in Node must at least do. */
const bare = async (): Promise<Pick<ChildFigures, 'rows' | 'complete'>> => {
  let rows = -1
  const end = performance.now() + Number(seconds) * 1000
  const parser = createReadStream(file).pipe(parse({ delimiter: ';', encoding: 'latin1' }))
  for await (const record of parser) {
    if (Array.isArray(record)) rows++
    if (rows % 1000 === 0 && performance.now() > end) return { rows, complete: false }
  }
  return { rows, complete: true }
}

/** The gateway's own way from the spooled file to records, jobs and audit events in the store. */
const intake = async (): Promise<Pick<ChildFigures, 'rows' | 'complete'>> => {
  const store = new Store(await openSqlite(folder))
  const { input } = sampleMapper('sage-x3')
  const { fields, recordKey, vin } = input
  const isXml = file.endsWith('.xml')
  // Without what is said of CSV: numbers in XML have a point.
  const layout: InputLayout = isXml
    ? { format: 'xml', xml: { record: '/VEHICLES/VEHICLE' }, fields, recordKey, vin }
    : input
  const spool: SpoolRow = {
    id: 'bench' as SpoolId,
    source: 'bench',
    mapper: 'sage-x3',
    key: 'bench.csv',
    item_version: '1',
    path: file,
    size: statSync(file).size,
    sha256: '0'.repeat(64) as Sha256,
    state: 'taken',
    cursor: 0,
    rows: 0,
    refused: 0,
    problem: null,
    archive_name: '',
    at: instant(new Date()),
  }
  await store.commit([insert('spool', spool)])
  const signal = AbortSignal.timeout(Number(seconds) * 1000)
  // Only what reading a file asks for; it has no source to answer and no access point to look up.
  const tools = {
    config: { flows: [] },
    store,
    clock: () => new Date(),
    signal,
    dataFolder: join(folder),
    taking: new Mutex(),
    sources: new Map(),
    accessPoints: new Map(),
    mappers: new Map(),
  } as unknown as Tools
  try {
    await readFile(spool, { codec: isXml ? xml : csv, layout, firstStage: 'base' }, tools)
  } catch (error) {
    if (!signal.aborted) throw error
  }
  const { cursor, refused, state } = spool
  if (refused > 0) throw new Error(`${refused} good rows were refused`)
  await store.close()
  return { rows: cursor, complete: state === 'read' }
}

// As the gateway does when it starts.
if (mode !== 'bare') keepHeapSmall()
const begun = performance.now()
const cpu = process.cpuUsage()
const result = mode === 'bare' ? await bare() : await intake()
const wallMs = performance.now() - begun
const { user, system } = process.cpuUsage(cpu)
const peakRssMb = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
const figures: ChildFigures = { ...result, wallMs, cpuMs: (user + system) / 1000, peakRssMb }
console.log(JSON.stringify(figures))
process.exit(0)
