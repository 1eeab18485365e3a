import type { ProfileStanding } from '../../../gateway/contract/profile.ts'
import { readProfiles } from './read-profiles.ts'

/** How far the settings that a site took from a profile are confirmed; undefined where it named none. */
export const standingOf = (config: {
  readonly profile?: string | undefined
  readonly confirmed?: string | undefined
}): ProfileStanding | undefined => {
  const profile = config.profile === undefined ? undefined : readProfiles().get(config.profile)
  if (!profile) return undefined
  const { country, authority, verified, note } = profile
  const standing = { profile: country, authority: authority.name }
  return config.confirmed === undefined
    ? { ...standing, verified, note }
    : { ...standing, verified: true, note: config.confirmed }
}
