import type { Connection, ConnectionConfiguration, Request } from 'tedious'
import type { Column, Dialect, Fault, Reach, Result, SqlSession } from '../dialect.ts'
import { badRow, isTrust } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import { render, type Statement } from '../statement.ts'

/** 229, 230 and 262 rights; 102, 156, 207, 208 and 2812 names; the rest values and constraints. */
const refused = new Set(
  [102, 156, 207, 208, 209, 220, 229, 230, 241, 242, 245, 262, 515, 544, 547, 2601, 2627, 2628, 2812, 8114].concat([
    8115, 8152, 8169,
  ]),
)

const fault = (error: unknown): Fault => {
  const { code = '', number } = error as { code?: string; number?: number }
  if (isTrust(error)) return 'trust'
  if (code === 'ELOGIN' || number === 18456 || number === 4060) return 'login'
  if (number !== undefined && refused.has(number)) return 'refused'
  return number === undefined ? 'connection' : 'now'
}

/** A column as the driver tells of it. */
interface Metadata {
  readonly colName: string
  readonly type: { readonly name: string }
  readonly precision?: number | undefined
  readonly scale?: number | undefined
  readonly dataLength?: number | undefined
}

/** `DateTimeN` of eight bytes is a datetime; the `N` says only that it may be NULL. */
const typeOf = ({ type, precision, scale, dataLength }: Metadata): string => {
  const name = type.name.replace(/N$/, '')
  if (name === 'Float' && dataLength === 4) return 'Real'
  if (name === 'Decimal' || name === 'Numeric') return `Decimal(${precision ?? 38},${scale ?? 0})`
  return scale !== undefined && /^(DateTime2|DateTimeOffset|Time)$/.test(name) ? `${name}(${scale})` : name
}

/** As ISO 8601 with all digits that the column has; a Date alone holds three of up to seven. */
const timeText = (date: Date, type: string): string => {
  const iso = date.toISOString()
  if (type === 'Date') return iso.slice(0, 10)
  const scale = Number(/\((\d)\)/.exec(type)?.[1] ?? 3)
  const { nanosecondsDelta = 0 } = date as Date & { nanosecondsDelta?: number }
  const ticks = Math.round(nanosecondsDelta * 1e7)
  const fraction = `${iso.slice(20, 23)}${String(ticks).padStart(4, '0')}`.slice(0, scale)
  const text = `${iso.slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}`
  if (type.startsWith('Time(')) return text.slice(11)
  return type.startsWith('DateTimeOffset') ? `${text}Z` : text
}

/** More digits than a number of JavaScript holds for sure. */
const mostDigits = 15

const textOf = (value: unknown, { name, type }: Column): string | undefined => {
  if (value === null || value === undefined) return undefined
  if (value instanceof Date) return timeText(value, type)
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex').toUpperCase()}`
  if (typeof value === 'boolean') return value ? '1' : '0'
  const decimal = /^Decimal\((\d+),(\d+)\)$/.exec(type)
  if (typeof value === 'number' && decimal) {
    if (Number(decimal[1]) > mostDigits)
      throw badRow(`Column ${name} has more digits than are read exactly: write CAST(${name} AS varchar(60)).`)
    return value.toFixed(Number(decimal[2]))
  }
  if (typeof value === 'number' && type === 'Real') return String(Number(value.toPrecision(7)))
  return plainText(value)
}

const plainTypes: Readonly<Record<string, string>> = {
  Int: 'bigint',
  BigInt: 'bigint',
  SmallInt: 'bigint',
  TinyInt: 'bigint',
  DateTime: 'datetime',
  SmallDateTime: 'smalldatetime',
  Date: 'date',
  VarChar: 'varchar(8000)',
  Char: 'varchar(8000)',
  UniqueIdentifier: 'uniqueidentifier',
}

/** Cast to the column's own type: else its index would not be used. */
const compareAs = (place: string, { type }: Column): string => {
  if (/^(VarBinary|Binary)$/.test(type)) return `CONVERT(varbinary(8000), ${place}, 1)`
  if (type.includes('(')) return `CAST(${place} AS ${type.toLowerCase()})`
  const plain = plainTypes[type]
  return plain === undefined ? place : `CAST(${place} AS ${plain})`
}

const readAs = (quoted: string, { type }: Column): string => {
  if (type.startsWith('Decimal')) return `CAST(${quoted} AS varchar(60)) AS ${quoted}`
  return /Money$/.test(type) ? `CONVERT(varchar(60), ${quoted}, 2) AS ${quoted}` : quoted
}

const optionsOf = ({ host, port, database, user, password, tls }: Reach): ConnectionConfiguration => ({
  server: host,
  authentication: { type: 'default', options: { userName: user, password } },
  options: {
    ...{ port, database, appName: 'ecoc-gateway', useUTC: true },
    encrypt: tls !== undefined,
    trustServerCertificate: false,
    cryptoCredentialsDetails: { minVersion: 'TLSv1.2', ...(tls?.ca && { ca: [...tls.ca] }) },
    // Each call has its signal.
    ...{ connectTimeout: 60_000, requestTimeout: 0 },
  },
})

/** Rows that an UPDATE or INSERT met; columns and rows of a SELECT. */
const runOn = async (
  connection: Connection,
  statement: Statement,
  values: Readonly<Record<string, string | number>>,
) => {
  const { Request, TYPES } = await import('tedious')
  return new Promise<Result>((resolve, reject) => {
    let columns: Column[] = []
    const rows: (string | undefined)[][] = []
    let bad: Error | undefined
    const request: Request = new Request(
      render(statement, (name) => `@${name}`),
      (error, changed) => {
        const wrong = error ?? bad
        if (wrong) reject(wrong)
        else resolve({ columns, rows, changed: changed ?? 0 })
      },
    )
    for (const name of new Set(statement.names)) {
      const value = values[name]
      if (typeof value === 'number') request.addParameter(name, TYPES.Int, value)
      else request.addParameter(name, TYPES.NVarChar, value ?? null)
    }
    request.on('columnMetadata', (all) => {
      columns = (all as unknown as Metadata[]).map((m) => ({ name: m.colName, type: typeOf(m) }))
    })
    request.on('row', (cells: { value: unknown }[]) => {
      try {
        rows.push(columns.map((column, i) => textOf(cells[i]?.value, column)))
      } catch (error) {
        bad ??= error as Error
      }
    })
    connection.execSql(request)
  })
}

const batchOn = async (connection: Connection, sql: string): Promise<void> => {
  const { Request } = await import('tedious')
  await new Promise<void>((resolve, reject) =>
    connection.execSqlBatch(new Request(sql, (error) => (error ? reject(error) : resolve()))),
  )
}

const dialect: Dialect = {
  port: 1433,
  fault,
  quote: (name) => `[${name}]`,
  select: ({ columns, from, where, order }) =>
    `SELECT TOP (:limit) ${columns} FROM ${from} WHERE ${where} ORDER BY ${order}`,
  readAs,
  compareAs,
  settledOnly: (quoted) => `${quoted} < MIN_ACTIVE_ROWVERSION()`,
  indexes: `SELECT i.name FROM sys.indexes i JOIN sys.index_columns c ON c.object_id = i.object_id AND c.index_id = i.index_id
    JOIN sys.columns n ON n.object_id = c.object_id AND n.column_id = c.column_id
    WHERE i.object_id = OBJECT_ID(CONCAT(:schema, CASE WHEN :schema = '' THEN '' ELSE '.' END, :table))
      AND c.key_ordinal = 1 AND n.name = :column`,
  async connect(reach, signal) {
    const { Connection } = await import('tedious')
    const connection = new Connection(optionsOf(reach))
    let open = true
    connection.on('error', () => (open = false))
    connection.on('end', () => (open = false))
    const destroy = (): void => {
      open = false
      connection.close()
    }
    signal.addEventListener('abort', destroy, { once: true })
    try {
      signal.throwIfAborted()
      await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())))
      await batchOn(connection, 'SET XACT_ABORT ON')
      const session: SqlSession = {
        run: (statement, values) => runOn(connection, statement, values),
        begin: () => batchOn(connection, 'BEGIN TRANSACTION'),
        commit: () => batchOn(connection, 'COMMIT TRANSACTION'),
        rollback: () => batchOn(connection, 'IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION'),
        isOpen: () => open,
        destroy() {
          // An attention first, so that the server gives the statement up.
          connection.cancel()
          destroy()
        },
      }
      return session
    } catch (error) {
      destroy()
      throw error
    } finally {
      signal.removeEventListener('abort', destroy)
    }
  },
}
export default dialect
