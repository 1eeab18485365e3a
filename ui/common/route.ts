import { isState, type EcocState } from './states.ts'

export type Route =
  | { readonly page: 'overview'; readonly q: string; readonly state: EcocState | undefined }
  | { readonly page: 'ecoc'; readonly id: string }
  | { readonly page: 'sign-offs'; readonly state: 'open' | 'decided' }
  | { readonly page: 'sign-off'; readonly id: string }
  | { readonly page: 'bases' }
  | { readonly page: 'base'; readonly vin: string }
  | { readonly page: 'base-sheet'; readonly id: string }
  | { readonly page: 'flows' }
  | { readonly page: 'rejections' }
  | { readonly page: 'mappers' }
  | { readonly page: 'sources' }
  | { readonly page: 'access-points' }
  | { readonly page: 'mapper'; readonly mapper: string; readonly ecoc: string | undefined }
  | { readonly page: 'flow'; readonly flow: string }

/** Reads the part of the address after `#`. What it does not know is the overview. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const id = /^\/ecocs\/([\w-]{1,64})$/.exec(path)?.[1]
  if (id !== undefined) return { page: 'ecoc', id }
  if (/^\/rejections\/?$/.test(path)) return { page: 'rejections' }
  const signOff = /^\/ecocs\/([\w-]{1,64})\/sign-off\/?$/.exec(path)?.[1]
  if (signOff !== undefined) return { page: 'sign-off', id: signOff }
  const vin = /^\/bases(?:\/(\w{1,32}))?\/?$/.exec(path)
  if (vin) return vin[1] === undefined ? { page: 'bases' } : { page: 'base', vin: vin[1] }
  const sheet = /^\/base-sheets\/([\w-]{1,64})\/?$/.exec(path)?.[1]
  if (sheet !== undefined) return { page: 'base-sheet', id: sheet }
  const flow = /^\/flows(?:\/([\w-]{1,64}))?\/?$/.exec(path)
  if (flow) return flow[1] === undefined ? { page: 'flows' } : { page: 'flow', flow: flow[1] }
  const params = new URLSearchParams(query)
  if (/^\/sign-offs\/?$/.test(path))
    return { page: 'sign-offs', state: params.get('state') === 'decided' ? 'decided' : 'open' }
  const mapper = /^\/mappers(?:\/([\w-]{1,64}))?\/?$/.exec(path)
  if (mapper?.[1] !== undefined) return { page: 'mapper', mapper: mapper[1], ecoc: params.get('ecoc') ?? undefined }
  if (mapper) return { page: 'mappers' }
  if (/^\/sources\/?$/.test(path)) return { page: 'sources' }
  if (/^\/access-points\/?$/.test(path)) return { page: 'access-points' }
  const state = params.get('state') ?? ''
  return { page: 'overview', q: params.get('q') ?? '', state: isState(state) ? state : undefined }
}

/** The address of a route: the opposite of `parseRoute`. */
export const hashOf = (route: Route): string => {
  if (route.page === 'ecoc') return `#/ecocs/${route.id}`
  if (route.page === 'sign-offs') return route.state === 'open' ? '#/sign-offs' : '#/sign-offs?state=decided'
  if (route.page === 'sign-off') return `#/ecocs/${route.id}/sign-off`
  if (route.page === 'bases') return '#/bases'
  if (route.page === 'base') return `#/bases/${route.vin}`
  if (route.page === 'base-sheet') return `#/base-sheets/${route.id}`
  if (route.page === 'flows') return '#/flows'
  if (route.page === 'rejections') return '#/rejections'
  if (route.page === 'mappers') return '#/mappers'
  if (route.page === 'sources') return '#/sources'
  if (route.page === 'access-points') return '#/access-points'
  if (route.page === 'mapper')
    return `#/mappers/${route.mapper}${route.ecoc === undefined ? '' : `?ecoc=${encodeURIComponent(route.ecoc)}`}`
  if (route.page === 'flow') return `#/flows/${route.flow}`
  const params = new URLSearchParams()
  if (route.q !== '') params.set('q', route.q)
  if (route.state !== undefined) params.set('state', route.state)
  return params.size === 0 ? '#/' : `#/?${params.toString()}`
}
