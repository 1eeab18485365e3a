import { GatewayError, type OpenContext, type OpenRows } from '../../gateway/contract/index.ts'
import type { SqlConfig } from './config.ts'
import type { Dialect, SqlSession } from './dialect.ts'
import { badRow, explainFault, refusedStatus } from './faults.ts'
import { loadDialect } from './find-dialect.ts'
import { connectTo, openLine } from './line.ts'
import { learn, missingColumns, type Reading, rowsOf, valuesFor } from './reading.ts'
import { putStatus, settleRows, takenStatement } from './writing.ts'

export const placeOf = ({ dialect, host, port, database }: SqlConfig, usual: number): string =>
  `${dialect} ${host}:${port ?? usual}/${database}`

/** Rows of a database that is reached by one engine. */
export const openWith = (config: SqlConfig, dialect: Dialect, { files }: OpenContext): OpenRows => {
  const line = openLine((signal) => connectTo(config, dialect, files, signal))
  const learned = new WeakMap<SqlSession, Reading>()
  const reading = async (session: SqlSession): Promise<Reading> => {
    const known = learned.get(session) ?? (await learn(config, dialect, session))
    if (known.missing.length > 0) throw badRow(missingColumns(known))
    learned.set(session, known)
    return known
  }
  const calling = async <T>(doing: string, signal: AbortSignal, action: (session: SqlSession) => Promise<T>) => {
    try {
      return await line.call(signal, action)
    } catch (error) {
      signal.throwIfAborted()
      throw explainFault(dialect, placeOf(config, dialect.port), doing, error)
    }
  }
  return {
    kind: 'rows',
    page: (after, limit, { signal }) =>
      calling('read', signal, async (session) => {
        const { page, next } = await reading(session)
        // What is flagged is what is new, wherever it stands in the order.
        const from = config.strategy === 'flag' ? undefined : after
        return rowsOf(config, await session.run(from ? next : page, valuesFor(config, from, limit))).slice(0, limit)
      }),
    ...(config.flag && {
      settle: (rows, { signal }) =>
        calling('set the flag', signal, async (session) => {
          const statement = takenStatement(config, dialect, await reading(session))
          if (statement) await settleRows(config, session, statement, rows)
        }),
    }),
    ...(config.status && {
      async writeStatus(status, { signal }) {
        try {
          await calling('write a status', signal, (session) => putStatus(config, dialect, session, status))
        } catch (error) {
          // A right, name, value or constraint: the same again is refused again.
          if (error instanceof GatewayError && error.code === 'SRC-063') throw refusedStatus(error.message, error)
          throw error
        }
      },
    }),
    close() {
      line.close()
      return Promise.resolve()
    },
  }
}

/**
 * Rows of a table, view or statement of a database.
 * @throws GatewayError SRC-060 no connection, SRC-061 not trusted, SRC-062 login, SRC-063 refused, SRC-064 a row that cannot be
 * taken, SRC-065 an ambiguous key, SRC-066 not now; SRC-020 a status refused for good
 */
export const openSql = async (config: SqlConfig, context: OpenContext): Promise<OpenRows> =>
  openWith(config, await loadDialect(config.dialect), context)
