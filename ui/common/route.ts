import { isState, type EcocState } from './states.ts'

export type Route =
  | { readonly page: 'overview'; readonly q: string; readonly state: EcocState | undefined }
  | { readonly page: 'ecoc'; readonly id: string }

/** Reads the part of the address after `#`. What it does not know is the overview. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const id = /^\/ecocs\/([\w-]{1,64})$/.exec(path)?.[1]
  if (id !== undefined) return { page: 'ecoc', id }
  const params = new URLSearchParams(query)
  const state = params.get('state') ?? ''
  return { page: 'overview', q: params.get('q') ?? '', state: isState(state) ? state : undefined }
}

/** The address of a route: the opposite of `parseRoute`. */
export const hashOf = (route: Route): string => {
  if (route.page === 'ecoc') return `#/ecocs/${route.id}`
  const params = new URLSearchParams()
  if (route.q !== '') params.set('q', route.q)
  if (route.state !== undefined) params.set('state', route.state)
  return params.size === 0 ? '#/' : `#/?${params.toString()}`
}
