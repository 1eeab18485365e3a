import type { OpenData } from '../data-folder.ts'
import { createToken } from '../http/auth/credentials.ts'
import { isRole, may } from '../http/auth/roles.ts'
import { event, insert, update } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'token create --name N --role R [--person P] [--json] | token revoke --name N [--json]'

/** Ends a token for good: its name stays taken, so that the audit chain speaks of one token only. */
const revoke = async (name: string, { tools }: OpenData) => {
  const token = await tools.store.access.tokenByName(name)
  if (!token) throw usageError(`There is no token ${name}.`, usage)
  if (token.revoked_at !== null) throw usageError(`The token ${name} was revoked at ${token.revoked_at}.`, usage)
  const at = instant(tools.clock())
  const detail = { name, role: token.role, person: token.person }
  await tools.store.commit([
    update('token', { hash: token.hash, revoked_at: null }, { revoked_at: at }, 1),
    event({ at, actor: 'command line', type: 'token.revoked', subject: name, detail }),
  ])
  return { name, revokedAt: at }
}

/** Makes an API token, which is shown once, or revokes one. */
const command: Command = {
  where: 'data',
  summary: 'makes or revokes an API token',
  usage,
  async run(argv, io, data) {
    const { tools, kind } = data
    const string = { type: 'string' } as const
    const { values, positionals } = parse(
      argv,
      { name: string, role: string, person: string, json: { type: 'boolean' } },
      usage,
    )
    if (positionals.join(' ') === 'revoke') {
      if (!values.name || values.role !== undefined || values.person !== undefined)
        throw usageError('Name the token, and nothing else.', usage)
      const revoked = await revoke(values.name, data)
      io.out(values.json ? JSON.stringify(revoked) : `${revoked.name}: revoked`)
      return exit.yes
    }
    if (positionals.join(' ') !== 'create' || !values.name || !values.role)
      throw usageError('Name it and its role.', usage)
    if (await tools.store.access.tokenByName(values.name))
      throw usageError(`There is a token ${values.name} already.`, usage)
    if (values.person !== undefined && !(await tools.store.access.person(values.person)))
      throw usageError(`There is no person ${values.person}.`, usage)
    // A sign-off is a person's: in production a token that may give one speaks for somebody by name.
    if (kind === 'production' && isRole(values.role) && may(values.role, 'signOff') && values.person === undefined)
      throw usageError(`A token of role ${values.role} may sign off: name its person with --person.`, usage)
    const person = values.person === undefined ? {} : { person: values.person }
    const { token, row } = createToken({ name: values.name, role: values.role, ...person })
    const detail = { name: row.name, role: row.role, person: row.person }
    const at = instant(tools.clock())
    await tools.store.commit([
      insert('token', row),
      event({ at, actor: 'command line', type: 'token.created', subject: row.name, detail }),
    ])
    io.out(values.json ? JSON.stringify({ token }) : token)
    return exit.yes
  },
}
export default command
