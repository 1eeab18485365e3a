import { createToken } from '../http/auth/credentials.ts'
import { isRole, may } from '../http/auth/roles.ts'
import { event, insert } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'token create --name N --role R [--person P] [--json]'

/** Makes an API token; it is shown once. */
const command: Command = {
  where: 'data',
  summary: 'makes an API token',
  usage,
  async run(argv, io, { tools, kind }) {
    const string = { type: 'string' } as const
    const { values, positionals } = parse(
      argv,
      { name: string, role: string, person: string, json: { type: 'boolean' } },
      usage,
    )
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
