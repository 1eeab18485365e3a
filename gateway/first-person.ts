import { createPerson } from './http/auth/credentials.ts'
import { newPassword } from './http/auth/password.ts'
import { event, insert } from './store/writes.ts'
import type { Store } from './store/store.ts'
import { instant } from './support/clock.ts'

/** The administrator, made on the first start with a password of chance that is shown once. There is no default. */
export const makeFirstPerson = async (store: Store): Promise<{ name: string; password: string } | undefined> => {
  if ((await store.access.people()).length > 0) return undefined
  const name = 'admin'
  const password = newPassword()
  const row = await createPerson({ name, password, role: 'admin' })
  const at = instant(new Date())
  const detail = { role: 'admin' }
  await store.commit([
    insert('person', row),
    event({ at, actor: 'gateway', type: 'person.created', subject: name, detail }),
  ])
  return { name, password }
}
