import type { Column, Dialect, Fault, Reach, Result, SqlSession } from '../dialect.ts'
import { badRow, isTrust } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import { render } from '../statement.ts'

/** What is used of the driver, which has no types of its own. Thin mode: no client of the vendor is needed. */
export interface OracleConnection {
  callTimeout: number
  execute(sql: string, binds: Record<string, unknown>, options: Record<string, unknown>): Promise<OracleResult>
  commit(): Promise<void>
  rollback(): Promise<void>
  break(): Promise<void>
  close(options?: { drop: boolean }): Promise<void>
  isHealthy(): boolean
}
interface OracleResult {
  readonly metaData?: readonly { readonly name: string; readonly dbTypeName: string; readonly scale?: number }[]
  readonly rows?: readonly (readonly unknown[])[]
  readonly rowsAffected?: number
}
export interface OracleDriver {
  readonly OUT_FORMAT_ARRAY: number
  readonly STRING: unknown
  getConnection(attributes: Record<string, unknown>): Promise<OracleConnection>
}

/** Rights, names, values and constraints: trying again changes none of them. */
const refused = new Set(
  [
    1, 900, 904, 905, 907, 911, 917, 923, 932, 933, 936, 942, 947, 1031, 1400, 1407, 1438, 1722, 1747, 1758, 1830,
  ].concat([1840, 1841, 1843, 1847, 1858, 1861, 1456, 2290, 2291, 2292, 12899]),
)
/** Password, locked or expired account, service that the listener does not know. */
const login = new Set([1005, 1017, 1045, 28000, 28001, 12514, 12505])

const fault = (error: unknown): Fault => {
  if (isTrust(error)) return 'trust'
  const message = (error as Error).message
  const number = (error as { errorNum?: number }).errorNum ?? Number(/ORA-(\d{5})/.exec(message)?.[1] ?? 0)
  if (login.has(number) || message.includes('NJS-518') || message.includes('NJS-517')) return 'login'
  if (refused.has(number)) return 'refused'
  return [28, 54, 60, 1555, 8177, 16000].includes(number) ? 'now' : 'connection'
}

const isTime = (type: string): boolean => /^(DATE|TIMESTAMP)/.test(type)
const isZoned = (type: string): boolean => type.includes('TIME ZONE')
const day = `YYYY-MM-DD"T"HH24:MI:SS`

const textOf = (value: unknown, { name, type }: Column): string | undefined => {
  if (value === null || value === undefined) return undefined
  // The driver gives a Date with three digits, in the zone of this machine.
  if (value instanceof Date)
    throw badRow(`Column ${name} is a time: write TO_CHAR(${name}, '${type === 'DATE' ? day : `${day}.FF9`}').`)
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex').toUpperCase()}`
  return plainText(value)
}

const readAs = (quoted: string, { type }: Column): string => {
  if (!isTime(type)) return quoted
  if (type === 'DATE') return `TO_CHAR(${quoted}, '${day}') AS ${quoted}`
  if (isZoned(type)) return `TO_CHAR(SYS_EXTRACT_UTC(${quoted}), '${day}.FF9"Z"') AS ${quoted}`
  return `TO_CHAR(${quoted}, '${day}.FF9') AS ${quoted}`
}

const compareAs = (place: string, { type }: Column): string => {
  if (type === 'DATE') return `TO_DATE(${place}, '${day}')`
  if (isZoned(type)) return `FROM_TZ(TO_TIMESTAMP(${place}, '${day}.FF9"Z"'), 'UTC')`
  if (isTime(type)) return `TO_TIMESTAMP(${place}, '${day}.FF9')`
  if (type === 'NUMBER') return `TO_NUMBER(${place})`
  return type === 'RAW' ? `HEXTORAW(SUBSTR(${place}, 3))` : place
}

const attributesOf = ({ host, port, database, user, password, tls }: Reach): Record<string, unknown> => ({
  user,
  password,
  connectString: `${tls ? 'tcps' : 'tcp'}://${host}:${port}/${database}`,
  ...(tls && { sslServerDNMatch: true }),
  ...(tls?.ca && { walletContent: tls.ca.map(String).join('\n') }),
  connectTimeout: 60,
})

const sessionOn = (connection: OracleConnection, driver: OracleDriver): SqlSession => {
  let open = true
  let writing = false
  const options = {
    outFormat: driver.OUT_FORMAT_ARRAY,
    autoCommit: false,
    // A NUMBER has up to 38 digits, a CLOB would be a stream.
    fetchTypeHandler: ({ dbTypeName }: { dbTypeName: string }) =>
      /^(NUMBER|BINARY_|CLOB|NCLOB)/.test(dbTypeName) ? { type: driver.STRING } : undefined,
  }
  const execute: SqlSession['run'] = async (statement, values): Promise<Result> => {
    // `p_`: a name that is a word of SQL cannot be bound.
    const binds = Object.fromEntries(statement.names.map((name) => [`p_${name}`, values[name] ?? null]))
    const sql = render(statement, (name) => `:p_${name}`)
    const got = await connection.execute(sql, binds, options)
    const columns = (got.metaData ?? []).map(({ name, dbTypeName }) => ({ name, type: dbTypeName }))
    const rows = (got.rows ?? []).map((row) => columns.map((column, i) => textOf(row[i], column)))
    return { columns, rows, changed: got.rowsAffected ?? 0 }
  }
  return {
    async run(statement, values) {
      if (writing) return execute(statement, values)
      await connection.execute('SET TRANSACTION READ ONLY', {}, {})
      try {
        return await execute(statement, values)
      } finally {
        await connection.rollback()
      }
    },
    begin() {
      writing = true
      return Promise.resolve()
    },
    async commit() {
      await connection.commit()
      writing = false
    },
    async rollback() {
      writing = false
      await connection.rollback()
    },
    isOpen: () => open && connection.isHealthy(),
    destroy() {
      open = false
      connection
        .break()
        .catch(() => undefined)
        .then(() => connection.close({ drop: true }))
        .catch(() => undefined)
    },
  }
}

/** Opens a session with the driver, or with what behaves like it. */
export const connectWith = async (driver: OracleDriver, reach: Reach, signal: AbortSignal): Promise<SqlSession> => {
  const connection = await driver.getConnection(attributesOf(reach))
  const session = sessionOn(connection, driver)
  try {
    signal.throwIfAborted()
    await connection.execute("ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,' TIME_ZONE = 'UTC'", {}, {})
    return session
  } catch (error) {
    session.destroy()
    throw error
  }
}

const dialect: Dialect = {
  port: 1521,
  fault,
  quote: (name) => `"${name}"`,
  select: ({ columns, from, where, order }) =>
    `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} FETCH FIRST :limit ROWS ONLY`,
  readAs,
  compareAs,
  indexes: `SELECT index_name FROM all_ind_columns WHERE table_name = :table AND column_position = 1
    AND column_name = :column AND table_owner = COALESCE(:schema, SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'))`,
  async connect(reach, signal) {
    // The driver has no types of its own.
    const name = 'oracledb'
    const { default: driver } = (await import(name)) as { default: OracleDriver }
    signal.throwIfAborted()
    return connectWith(driver, reach, signal)
  },
}
export default dialect
