import { z } from 'zod'

/** A short name, as connectors, sources, access points and mappers have. */
export const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a short name of small letters, digits and hyphens')

/** Name of a file of the site, relative to the folder of the configuration. */
export const file = z.string().min(1)

export const webAddress = z.string().regex(/^https?:\/\/[^\s]+$/, 'an address that begins with http:// or https://')

const unique =
  <K extends string>(key: K) =>
  (all: readonly Readonly<Record<K, string>>[]): boolean =>
    new Set(all.map((a) => a[key])).size === all.length

export const uniqueNames = unique('name')
export const uniqueCodes = unique('code')
export const uniqueMappers = unique('mapper')
export const twice = 'two have the same name'
