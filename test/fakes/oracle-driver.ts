import type Database from 'better-sqlite3'
import type { OracleConnection, OracleDriver } from '../../connectors/sql/dialects/oracle.ts'

/**
 * Stands where Oracle's own driver stands: nobody gives out a server that tests may start, so the connector is tried at this
 * boundary only. Its calls, options and results are those of the published driver (thin mode); the rows come out of SQLite, which
 * is told the few functions of Oracle that are used. That Oracle itself takes these statements is not shown by it.
 */
export interface OracleFake extends OracleDriver {
  /** Every statement that was run, as it came. */
  readonly statements: string[]
  readonly attributes: Record<string, unknown>[]
  /** Cuts every connection, as a restart does. */
  cut(): void
}

const oracleError = (number: number, text: string): Error =>
  Object.assign(new Error(`ORA-${String(number).padStart(5, '0')}: ${text}`), { errorNum: number })

const translated = (sql: string): string =>
  sql
    .replace(/FETCH FIRST (:\w+) ROWS ONLY/i, 'LIMIT $1')
    .replace(/"ERP"\./g, '')
    .replace(/^\s*SELECT index_name FROM all_ind_columns[^]*$/i, "SELECT 'none' AS index_name WHERE 0")

const numberOf = (error: Error): number => {
  if (/no such table/.test(error.message)) return 942
  if (/no such column/.test(error.message)) return 904
  return /UNIQUE/.test(error.message) ? 1 : /CHECK/.test(error.message) ? 2290 : 600
}

export const fakeOracle = (db: Database.Database, password: string): OracleFake => {
  const statements: string[] = []
  const attributes: Record<string, unknown>[] = []
  let generation = 0
  const same = (value: unknown): unknown => value
  for (const name of ['TO_TIMESTAMP', 'TO_DATE', 'FROM_TZ', 'TO_CHAR']) db.function(name, { varargs: true }, same)
  for (const name of ['SYS_EXTRACT_UTC', 'HEXTORAW']) db.function(name, same)
  db.function('TO_NUMBER', { safeIntegers: true }, (value) => BigInt(value as string))

  const connection = (): OracleConnection => {
    const born = generation
    let readOnly = false
    const living = (): void => {
      if (born !== generation) throw new Error('NJS-500: connection to the Oracle Database was broken')
    }
    const end = (word: 'COMMIT' | 'ROLLBACK') => () => {
      living()
      readOnly = false
      if (db.inTransaction) db.exec(word)
      return Promise.resolve()
    }
    const run: OracleConnection['execute'] = (sql, binds, options) => {
      living()
      statements.push(sql)
      if (/^(ALTER SESSION|SET TRANSACTION)/.test(sql)) {
        readOnly ||= sql === 'SET TRANSACTION READ ONLY'
        return Promise.resolve({})
      }
      try {
        const statement = db.prepare(translated(sql))
        if (!statement.reader) {
          if (readOnly) throw oracleError(1456, 'may not perform insert, delete, update inside a READ ONLY transaction')
          if (!db.inTransaction) db.exec('BEGIN')
          return Promise.resolve({ rowsAffected: statement.run(binds).changes })
        }
        const handler = options.fetchTypeHandler as (meta: { dbTypeName: string }) => { type: unknown } | undefined
        const metaData = statement.columns().map(({ name, type }) => ({ name, dbTypeName: type ?? 'VARCHAR2' }))
        const asTexts = metaData.map((meta) => handler(meta)?.type === 'string')
        const rows = (statement.safeIntegers(true).raw().all(binds) as unknown[][]).map((row) =>
          row.map((value, i) => {
            if (value === null || value === '') return null
            if (/^(DATE|TIMESTAMP)/.test(metaData[i]?.dbTypeName ?? '')) return new Date(`${value as string}Z`)
            return typeof value === 'bigint' ? (asTexts[i] ? value.toString() : Number(value)) : value
          }),
        )
        return Promise.resolve({ metaData, rows })
      } catch (error) {
        const known = error as Error & { errorNum?: number }
        return Promise.reject(known.errorNum ? known : oracleError(numberOf(known), known.message))
      }
    }
    return {
      callTimeout: 0,
      execute: (...call) => Promise.resolve().then(() => run(...call)),
      commit: end('COMMIT'),
      rollback: end('ROLLBACK'),
      break: () => Promise.resolve(),
      close: () => Promise.resolve(),
      isHealthy: () => born === generation,
    }
  }
  return {
    OUT_FORMAT_ARRAY: 4001,
    STRING: 'string',
    statements,
    attributes,
    cut() {
      generation++
    },
    getConnection(given) {
      attributes.push(given)
      if (given.password !== password)
        return Promise.reject(oracleError(1017, 'invalid username/password; logon denied'))
      return Promise.resolve(connection())
    },
  }
}
