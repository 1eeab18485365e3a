import { GatewayError, type OpenContext, type TestStep } from '../../gateway/contract/index.ts'
import { type NamedStep, reachSteps, runSteps } from '../support/run-steps.ts'
import type { SqlConfig } from './config.ts'
import type { Dialect, Result, SqlSession } from './dialect.ts'
import { badRow, explainFault } from './faults.ts'
import { connectTo, openLine } from './line.ts'
import { placeOf } from './open-sql.ts'
import { learn, missingColumns, quoteTable, type Reading, rowsOf, statementOf, valuesFor } from './reading.ts'
import { writeSteps } from './try-out.ts'

const sampleRows = 500

/** Whether the sample is in the order that reading relies on, each row under a key of its own. */
const checkOrder = async (
  config: SqlConfig,
  dialect: Dialect,
  session: SqlSession,
  reading: Reading,
  got: Result,
): Promise<undefined> => {
  const rows = rowsOf(config, got)
  const keys = rows.map((r) => r.key)
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice !== undefined) throw badRow(`The key ${twice} names more than one row.`)
  const half = Math.floor((rows.length - 1) / 2)
  const middle = rows[half]
  if (middle && config.strategy !== 'flag') {
    const rest = rowsOf(config, await session.run(reading.next, valuesFor(config, middle, sampleRows)))
    const expected = rows.slice(half + 1).map((r) => r.key)
    if (expected.some((key, i) => rest[i]?.key !== key))
      throw badRow(
        `After row ${middle.key} (${middle.stamp}) other rows come than before: the order is not by stamp and key.`,
      )
  }
  if (config.read.table === undefined) return undefined
  const stamp = dialect.quote(config.read.stamp ?? config.read.key)
  const lost = dialect.select({
    columns: dialect.quote(config.read.key),
    ...{
      from: quoteTable(dialect, config.read.table),
      where: `${stamp} IS NULL`,
      order: dialect.quote(config.read.key),
    },
  })
  const [without] = (await session.run(statementOf(lost), { limit: 1 })).rows
  if (without) throw badRow(`Row ${without[0] ?? 'NULL'} has no ${stamp}: it would never be read.`)
}

const tellIndex = async (config: SqlConfig, dialect: Dialect, session: SqlSession): Promise<string | undefined> => {
  const { table, key, stamp = key } = config.read
  if (table === undefined || dialect.indexes === undefined) return undefined
  const parts = table.split('.')
  const values = { table: parts.at(-1) ?? '', schema: parts.at(-2) ?? '', column: stamp }
  const { rows } = await session.run(statementOf(dialect.indexes), values)
  if (rows.length > 0) return undefined
  return `No index of ${table} begins with ${stamp}: reading gets slow as it grows (a view may have one beneath it).`
}

/** Tries a database step by step; nothing is changed in it. */
export const testWith = async (config: SqlConfig, dialect: Dialect, context: OpenContext): Promise<TestStep[]> => {
  const { signal, files } = context
  const where = placeOf(config, dialect.port)
  const line = openLine((ending) => connectTo(config, dialect, files, ending))
  let refusal: GatewayError | undefined
  let reading: Reading | undefined
  let sample: Result | undefined
  const told = new Map<string, string>()
  const on = (doing: string, action: (session: SqlSession) => Promise<unknown>) => async (): Promise<void> => {
    try {
      await line.call(signal, action)
    } catch (error) {
      throw explainFault(dialect, where, doing, error)
    }
  }
  const connect = async (): Promise<void> => {
    try {
      await on('log in', () => Promise.resolve())()
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code === 'SRC-061' || error.code === 'SRC-060') throw error
      refusal = error
    }
  }
  /** A step on what was learned before; it may have something to say beside success. */
  const step = (
    name: string,
    action: (session: SqlSession, known: Reading, got: Result) => Promise<string | undefined>,
  ): NamedStep => [
    name,
    on(name, async (session) => {
      const hint = reading && sample && (await action(session, reading, sample))
      if (hint !== undefined) told.set(name, hint)
    }),
  ]
  const steps: NamedStep[] = [
    ...reachSteps(config.host, config.port ?? dialect.port, signal),
    [config.tls === 'verify' ? 'TLS chain' : 'connection', connect],
    ['login', () => (refusal ? Promise.reject(refusal) : Promise.resolve())],
    [
      'statement',
      on('read', async (session) => {
        reading = await learn(config, dialect, session)
        if (reading.missing.length === 0)
          sample = await session.run(reading.page, valuesFor(config, undefined, sampleRows))
      }),
    ],
    [
      'columns',
      () => {
        if (reading && reading.missing.length > 0) return Promise.reject(badRow(missingColumns(reading)))
        if (sample) rowsOf(config, sample)
        return Promise.resolve()
      },
    ],
    step('order', (session, known, got) => checkOrder(config, dialect, session, known, got)),
    step('index', (session) => tellIndex(config, dialect, session).catch(() => undefined)),
    ...writeSteps(config, dialect).map((one) =>
      step(one.step, (session, known, got) => one.run(session, known, rowsOf(config, got)[0])),
    ),
  ]
  try {
    const done = await runSteps(steps)
    return done.map((one) => (one.ok && told.has(one.step) ? { ...one, detail: told.get(one.step) ?? '' } : one))
  } finally {
    line.close()
  }
}
