import { isIP } from 'node:net'
import type { Client, QueryArrayResult } from 'pg'
import type { Dialect, Fault, Reach, Result, SqlSession } from '../dialect.ts'
import { faultByState, isTrust } from '../faults.ts'
import { render } from '../statement.ts'

const loginStates = new Set(['28P01', '28000', '3D000'])

const fault = (error: unknown): Fault => {
  if (isTrust(error)) return 'trust'
  const code = (error as { code?: string }).code ?? ''
  if (loginStates.has(code)) return 'login'
  return faultByState(code, (error as Error).message)
}

/** What makes texts exact, and the connection one for reading. */
const begin =
  "SET default_transaction_read_only = on; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex'"

const sslOf = ({ tls, host }: Reach) =>
  tls === undefined
    ? false
    : { rejectUnauthorized: true, ...(tls.ca && { ca: [...tls.ca] }), ...(isIP(host) ? {} : { servername: host }) }

const clientFor = async (reach: Reach): Promise<Client> => {
  const { default: pg } = await import('pg')
  const { host, port, database, user, password } = reach
  return new pg.Client({
    ...{ host, port, database, user, password, ssl: sslOf(reach) },
    application_name: 'ecoc-gateway',
    keepAlive: true,
    types: { getTypeParser: () => (text: string) => text },
  })
}

const sessionOn = (client: Client, isOpen: () => boolean, destroy: () => void): SqlSession => {
  const plain = async (text: string): Promise<void> => {
    await client.query(text)
  }
  return {
    async run(statement, values): Promise<Result> {
      const names = [...new Set(statement.names)]
      const text = render(statement, (name) => `$${names.indexOf(name) + 1}`)
      const bound = names.map((name) => values[name] ?? null)
      const got: QueryArrayResult<(string | null)[]> = await client.query({ text, values: bound, rowMode: 'array' })
      return {
        columns: got.fields.map(({ name, dataTypeID }) => ({ name, type: String(dataTypeID) })),
        rows: got.rows.map((row) => row.map((value) => value ?? undefined)),
        changed: got.rowCount ?? 0,
      }
    },
    begin: () => plain('BEGIN READ WRITE'),
    commit: () => plain('COMMIT'),
    rollback: () => plain('ROLLBACK'),
    isOpen,
    destroy,
  }
}

const dialect: Dialect = {
  port: 5432,
  fault,
  quote: (name) => `"${name}"`,
  select: ({ columns, from, where, order }) =>
    `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT :limit`,
  explain: 'EXPLAIN ',
  indexes: `SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
    WHERE t.relname = :table AND n.nspname = COALESCE(NULLIF(:schema, ''), current_schema()) AND a.attname = :column`,
  async connect(reach, signal) {
    const client = await clientFor(reach)
    signal.throwIfAborted()
    let open = true
    client.on('error', () => (open = false))
    client.on('end', () => (open = false))
    const destroy = (): void => {
      open = false
      // `end` would say goodbye and wait for the answer.
      const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
      connection.stream.destroy()
    }
    signal.addEventListener('abort', destroy, { once: true })
    try {
      await client.connect()
      await client.query(begin)
      // Then the server notices that we are gone while a statement runs; older ones (before 14) do not know it.
      await client.query("SET client_connection_check_interval = '5s'").catch(() => undefined)
      return sessionOn(client, () => open, destroy)
    } catch (error) {
      destroy()
      throw error
    } finally {
      signal.removeEventListener('abort', destroy)
    }
  },
}
export default dialect
