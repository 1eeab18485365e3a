import { createPerson } from '../http/auth/credentials.ts'
import { newPassword } from '../http/auth/password.ts'
import { event, remove, upsert } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'person create|reset --name N [--role R] [--json]'

/** Makes a person who can log in, or gives one a new password, which ends the sessions; it is shown once. */
const command: Command = {
  where: 'data',
  summary: 'makes a person, or resets a password',
  usage,
  async run(argv, io, { tools }) {
    const string = { type: 'string' } as const
    const { values, positionals } = parse(argv, { name: string, role: string, json: { type: 'boolean' } }, usage)
    const [verb] = positionals
    const { name } = values
    if ((verb !== 'create' && verb !== 'reset') || !name) throw usageError('Say create or reset, and the name.', usage)
    const known = await tools.store.access.person(name)
    if (verb === 'create' && known) throw usageError(`There is a person ${name} already.`, usage)
    if (verb === 'reset' && !known) throw usageError(`There is no person ${name}.`, usage)
    const role = values.role ?? known?.role
    if (role === undefined) throw usageError('Name the role.', usage)
    const password = newPassword()
    const row = await createPerson({ name, password, role })
    const at = instant(tools.clock())
    await tools.store.commit([
      upsert('person', row),
      // Whoever used the old password is out at once.
      remove('session', { person: name }),
      event({
        at,
        actor: 'command line',
        type: `person.${verb === 'create' ? 'created' : 'reset'}`,
        subject: name,
        detail: { role },
      }),
    ])
    io.out(values.json ? JSON.stringify({ name, role, password }) : `${name} / ${password}   (shown only now)`)
    return exit.yes
  },
}
export default command
