import { getJson, postJson, problemOf, remove } from './http.ts'

export interface Session {
  readonly name: string
  readonly role: string
  readonly permissions: readonly string[]
}

/** Who is logged in; undefined when nobody is. */
export const currentSession = async (): Promise<Session | undefined> => {
  try {
    return await getJson<Session>('/api/v1/session', { quiet: true })
  } catch (error) {
    if (problemOf(error).status === 401) return undefined
    throw error
  }
}

export const logIn = (name: string, password: string): Promise<Session> =>
  postJson('/api/v1/session', { name, password })

export const logOut = (): Promise<void> => remove('/api/v1/session')
