import { isMode, type Mode } from '../../contract/index.ts'
import { didYouMean } from '../../mapping/did-you-mean.ts'
import { refuse } from '../actions/refuse.ts'
import type { Tools } from '../tools.ts'

/** Where the mode of a flow stands once it was said. */
export const modeKey = (flow: string): string => `mode:${flow}`

/** The mode of a flow now: what was switched last, else what the configuration says, else live. */
export const modeOf = async (flow: string, { store, config }: Pick<Tools, 'store' | 'config'>): Promise<Mode> => {
  const switched = await store.settings.get(modeKey(flow))
  if (isMode(switched)) return switched
  return config.flows.find((f) => f.mapper === flow)?.mode ?? 'live'
}

/**
 * A flow is named by its mapper.
 * @throws GatewayError ACT-424 there is no such flow
 */
export const knownFlow = (flow: string, { mappers }: Pick<Tools, 'mappers'>): string => {
  if (mappers.has(flow)) return flow
  const names = [...mappers.keys()]
  const message = `There is no flow "${flow.slice(0, 64)}".${didYouMean(flow, names)}`
  throw refuse(404, 'ACT-424', message, `There are: ${names.join(', ') || 'none'}.`)
}
