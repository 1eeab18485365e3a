import { GatewayError } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { holdsRight } from '../http/routes/sign-offs.ts'
import type { Decider } from '../sign-off/may-decide.ts'
import { sha256 } from '../support/hash.ts'
import { readInput } from './arguments.ts'
import type { Io } from './command.ts'

/** The command line itself: it is nobody, and decides nothing. */
export const nobody: Decider = { name: 'command line', isPerson: false, holdsRight: false, confirmedBy: 'token' }

/**
 * Whose token lies in a file. A token on the command line itself would stand in the list of processes.
 * @throws GatewayError CLI-002 the file cannot be read, ACT-483 no valid token
 */
export const personOf = async (file: string, io: Io, { tools }: OpenData): Promise<Decider> => {
  const token = (await readInput(file, io.cwd)).toString('utf8').trim()
  const row = await tools.store.access.token(sha256(token))
  if (!row)
    throw new GatewayError({
      kind: 'usage',
      code: 'ACT-483',
      message: `${file} holds no valid token.`,
      hint: 'Make one: ecoc token create --name N --role quality --person P.',
    })
  const name = row.person ?? `token:${row.name}`
  return { name, isPerson: row.person !== null, holdsRight: holdsRight(row.role), confirmedBy: 'token' }
}
