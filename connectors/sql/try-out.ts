import type { Watermark } from '../../gateway/contract/index.ts'
import type { SqlConfig } from './config.ts'
import type { Dialect, SqlSession, Values } from './dialect.ts'
import { type Reading, plainStamp, statementOf } from './reading.ts'
import type { Statement } from './statement.ts'
import { statusTable, statusValues, takenStatement } from './writing.ts'

/** A status that no vehicle has. */
const trial = {
  ...{ recordKey: '-', vin: '-', coc_status: 'test', coc_ref: '', coc_at: '2000-01-01T00:00:00.000Z' },
  ...{ coc_error_code: '', coc_error_text: '', coc_doc_sha256: '' },
}

/** Tries a change without making it: names, rights and types are looked at. */
const tryOut = async (dialect: Dialect, session: SqlSession, statement: Statement, values: Values): Promise<void> => {
  const [first = '', ...rest] = statement.parts
  await session.begin()
  try {
    // Bound to nothing: no row is met, whatever the type of its key.
    if (dialect.explain) await session.run({ ...statement, parts: [dialect.explain + first.trimStart(), ...rest] }, {})
    else await session.run(statement, values)
  } finally {
    await session.rollback()
  }
}

export interface WriteStep {
  readonly step: string
  /** @returns what to say beside success */
  run(session: SqlSession, reading: Reading, sample: Watermark | undefined): Promise<string | undefined>
}

/** The changes that this source makes, each tried on a row of the sample and taken back. */
export const writeSteps = (config: SqlConfig, dialect: Dialect): WriteStep[] => {
  const steps: WriteStep[] = []
  const on = (step: string, statementFor: (reading: Reading) => Statement | undefined): void => {
    steps.push({
      step,
      async run(session, reading, sample) {
        const statement = statementFor(reading)
        if (!sample && !dialect.explain) return 'There is no row to try it on.'
        const { ready = '', taken = '' } = config.flag ?? {}
        const row = { key: sample?.key ?? '', watermark: plainStamp(config, sample?.stamp ?? '') }
        if (statement)
          await tryOut(dialect, session, statement, { ...statusValues(config, trial), ready, taken, ...row })
        return undefined
      },
    })
  }
  if (config.flag) on('flag', (reading) => takenStatement(config, dialect, reading))
  const { statement, table } = config.status ?? {}
  if (statement !== undefined) on('write', () => statementOf(statement))
  if (table !== undefined)
    steps.push({
      step: 'write',
      async run(session) {
        const values = statusValues(config, trial)
        const { find, change, add } = statusTable(dialect, table)
        await session.run(find, values)
        for (const one of [change, add]) await tryOut(dialect, session, one, values)
        return undefined
      },
    })
  return steps
}
