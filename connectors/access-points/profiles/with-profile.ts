import type { z } from 'zod'
import { readProfiles } from './read-profiles.ts'

type Settings = Readonly<Record<string, unknown>>
const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Groups of settings are merged, single values and lists are replaced. */
const over = (base: Settings, own: Settings): Settings => {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(own)) {
    const below = base[key]
    merged[key] = isSettings(below) && isSettings(value) ? over(below, value) : value
  }
  return merged
}

/** The settings of a site over those of the profile it names; settings without a profile stay as they are. */
export const withProfile = (value: unknown, context: z.RefinementCtx): unknown => {
  if (!isSettings(value) || typeof value['profile'] !== 'string') return value
  const profile = readProfiles().get(value['profile'])
  const refuse = (message: string): unknown => {
    context.addIssue({ code: 'custom', path: ['profile'], message })
    return value
  }
  if (!profile) return refuse(`no profile of that name; ecoc access-point list shows them`)
  if (profile.connector !== 'eu-soap') return refuse(`${profile.name} is reached by the connector ${profile.connector}`)
  return over(profile.config, value)
}
