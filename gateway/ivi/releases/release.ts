import type { Catalogue } from '../catalogue.ts'

/** Whose schema a document follows: that of the Union, or the United Kingdom's own. */
export type Profile = 'EU' | 'UK'
export const profiles: readonly Profile[] = ['EU', 'UK']

export const isProfile = (text: string): text is Profile => profiles.some((profile) => profile === text)

/** A release of IVI in a profile, ready to be used. */
export interface Release {
  /** As in IviVersionNumberXsd: `2.0`. */
  readonly version: string
  readonly profile: Profile
  /** Changeover: vehicles made from this day on (YYYY-MM-DD) get their new documents in this release. */
  readonly from: string
  readonly catalogue: Catalogue
  /** SHA-256 of the imported schema; undefined for what is part of the product. */
  readonly sha256: string | undefined
  /** Stands in for a schema that is not published yet: an import takes its place without being asked twice. */
  readonly standIn: boolean
}

export const compareVersions = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
