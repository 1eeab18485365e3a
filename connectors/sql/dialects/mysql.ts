import { connect, isIP, type Socket } from 'node:net'
import type { Connection, FieldPacket, ResultSetHeader } from 'mysql2'
import type { Column, Dialect, Fault, Reach, Result, SqlSession } from '../dialect.ts'
import { faultByState, isTrust } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import { render } from '../statement.ts'

/** Numbers of types in the protocol. */
const type = { decimal: 0, float: 4, double: 5, bit: 16, year: 13, newDecimal: 246 }
const integers = new Set([1, 2, 3, 8, 9, type.year])
const binary = 63
const unsigned = 32

/** 1045 password, 1044 and 1049 database, 1698 account without password. */
const login = new Set([1044, 1045, 1049, 1130, 1698, 1862])
/** Values and rights that have no SQLSTATE of their own (HY000). */
const refused = new Set([1265, 1364, 1366, 1406, 1419, 3819, 4025])

const fault = (error: unknown): Fault => {
  if (isTrust(error)) return 'trust'
  const { errno, sqlState = '' } = error as { errno?: number; sqlState?: string }
  if (errno !== undefined && login.has(errno)) return 'login'
  if (errno !== undefined && refused.has(errno)) return 'refused'
  return faultByState(sqlState, (error as Error).message)
}

const typeOf = (field: FieldPacket): string => {
  const number = field.columnType ?? field.type ?? 253
  const flags = typeof field.flags === 'number' ? field.flags : 0
  if (integers.has(number)) return flags & unsigned ? 'unsigned' : 'signed'
  if (number === type.decimal || number === type.newDecimal) return 'decimal'
  if (number === type.float) return 'float'
  if (number === type.double) return 'double'
  if (number === 12 || number === 7) return 'datetime'
  if (number === 10) return 'date'
  if (number === type.bit) return 'bit'
  const isText = (field as { characterSet?: number }).characterSet !== binary
  return isText || ![249, 250, 251, 252, 253, 254].includes(number) ? 'text' : 'binary'
}

const textOf = (value: unknown, column: Column): string | undefined => {
  if (value === null || value === undefined) return undefined
  if (Buffer.isBuffer(value)) {
    const hex = value.toString('hex')
    return column.type === 'bit' ? BigInt(`0x${hex}`).toString() : `0x${hex.toUpperCase()}`
  }
  // A FLOAT has six digits; the seventeen of its double would be invented.
  if (typeof value === 'number' && column.type === 'float') return String(Number(value.toPrecision(6)))
  return plainText(value)
}

const casts: Readonly<Record<string, (place: string) => string>> = {
  signed: (p) => `CAST(${p} AS SIGNED)`,
  unsigned: (p) => `CAST(${p} AS UNSIGNED)`,
  decimal: (p) => `CAST(${p} AS DECIMAL(65,30))`,
  datetime: (p) => `CAST(${p} AS DATETIME(6))`,
  date: (p) => `CAST(${p} AS DATE)`,
  binary: (p) => `UNHEX(SUBSTRING(${p}, 3))`,
}

/**
 * The driver compares a certificate with the name of the host; for an address it leaves that to node, which takes it from the
 * socket here, and else compares with `localhost`: nothing passes that should not.
 */
const socketTo = ({ host, port }: Reach): Socket => Object.assign(connect(port, host), { _host: host })

const optionsOf = (reach: Reach) => ({
  ...{ host: reach.host, port: reach.port, database: reach.database, user: reach.user, password: reach.password },
  charset: 'utf8mb4',
  connectTimeout: 60_000,
  enableKeepAlive: true,
  // Numbers and times as the database writes them, whatever a number of JavaScript can hold.
  ...{ dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, rowsAsArray: true, jsonStrings: true },
  multipleStatements: false,
  disableEval: true,
  ...(reach.tls && {
    ssl: {
      ...{ rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
      ...(reach.tls.ca && { ca: [...reach.tls.ca] }),
    },
    ...(isIP(reach.host) === 0 ? {} : { stream: () => socketTo(reach) }),
  }),
})

const sessionOn = (connection: Connection, isOpen: () => boolean, destroy: () => void): SqlSession => {
  const plain = (sql: string): Promise<void> =>
    new Promise((resolve, reject) =>
      connection.query(sql, (error: Error | null) => (error ? reject(error) : resolve())),
    )
  return {
    run: (statement, values) =>
      new Promise<Result>((resolve, reject) => {
        // Bound as texts: a number would be bound as DOUBLE, which LIMIT does not take.
        const bound = statement.names.map((name) => (values[name] === undefined ? null : String(values[name])))
        const sql = render(statement, () => '?')
        connection.execute(sql, bound, (error: Error | null, got: unknown, fields: FieldPacket[] | undefined) => {
          if (error) {
            reject(error)
            return
          }
          if (!Array.isArray(got)) {
            resolve({ columns: [], rows: [], changed: (got as ResultSetHeader).affectedRows })
            return
          }
          const columns = (fields ?? []).map((field) => ({ name: field.name, type: typeOf(field) }))
          const rows = (got as unknown[][]).map((row) => columns.map((column, i) => textOf(row[i], column)))
          resolve({ columns, rows, changed: 0 })
        })
      }),
    begin: () => plain('START TRANSACTION READ WRITE'),
    commit: () => plain('COMMIT'),
    rollback: () => plain('ROLLBACK'),
    isOpen,
    destroy,
  }
}

/** Ends a statement that runs on without us: the server does not look whether anybody still listens. */
const kill = async (reach: Reach, thread: number | null): Promise<void> => {
  if (thread === null) return
  const { createConnection } = await import('mysql2')
  const connection = createConnection({ ...optionsOf(reach), connectTimeout: 5000 })
  connection.on('error', () => undefined)
  connection.query(`KILL ${Math.trunc(thread)}`, () => connection.destroy())
}

const dialect: Dialect = {
  port: 3306,
  fault,
  quote: (name) => `\`${name}\``,
  select: ({ columns, from, where, order }) =>
    `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT :limit`,
  compareAs: (place, column) => casts[column.type]?.(place) ?? place,
  time: (iso) => iso.replace('T', ' ').replace(/Z$/, ''),
  explain: 'EXPLAIN ',
  indexes: `SELECT index_name FROM information_schema.statistics
    WHERE table_name = :table AND table_schema = COALESCE(NULLIF(:schema, ''), DATABASE())
      AND column_name = :column AND seq_in_index = 1`,
  async connect(reach, signal) {
    const { createConnection } = await import('mysql2')
    const connection = createConnection(optionsOf(reach) as Parameters<typeof createConnection>[0])
    let open = true
    let busy = false
    let ended = false
    const lost = (): void => void (open = false)
    connection.on('error', lost)
    connection.on('end', lost)
    const destroy = (): void => {
      if (ended) return
      ended = true
      open = false
      connection.destroy()
      if (busy) kill(reach, connection.threadId).catch(() => undefined)
    }
    const session = sessionOn(connection, () => open, destroy)
    const run: SqlSession['run'] = async (statement, values) => {
      busy = true
      try {
        return await session.run(statement, values)
      } finally {
        busy = false
      }
    }
    const ask = (sql: string): Promise<void> =>
      new Promise((resolve, reject) => connection.query(sql, (error) => (error ? reject(error) : resolve())))
    signal.addEventListener('abort', destroy, { once: true })
    try {
      if (signal.aborted) destroy()
      signal.throwIfAborted()
      await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())))
      await ask("SET SESSION time_zone = '+00:00', sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')")
      await ask('SET SESSION TRANSACTION READ ONLY')
      return { ...session, run }
    } catch (error) {
      destroy()
      throw error
    } finally {
      signal.removeEventListener('abort', destroy)
    }
  },
}
export default dialect
