import { createPerson } from './http/auth/credentials.ts'
import { newPassword } from './http/auth/password.ts'
import type { Role } from './http/auth/roles.ts'
import { event, insert } from './store/writes.ts'
import type { Store } from './store/store.ts'
import { instant } from './support/clock.ts'

export interface Login {
  readonly name: string
  readonly password: string
}

/**
 * The first people, made on the first start with passwords of chance that are shown once; there is no default.
 * Who administers does not judge drift, so a sandbox gets somebody from quality too.
 */
export const makeFirstPeople = async (store: Store, roles: readonly Role[]): Promise<Login[]> => {
  if ((await store.access.people()).length > 0) return []
  const made: Login[] = []
  for (const role of roles) {
    const login = { name: role, password: newPassword() }
    const row = await createPerson({ ...login, role })
    const at = instant(new Date())
    await store.commit([
      insert('person', row),
      event({ at, actor: 'gateway', type: 'person.created', subject: role, detail: { role } }),
    ])
    made.push(login)
  }
  return made
}
