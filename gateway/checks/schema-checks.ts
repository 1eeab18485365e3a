import type { Finding } from '../contract/finding.ts'
import type { Profile, Release } from '../ivi/releases/release.ts'
import type { Releases } from '../ivi/releases/releases.ts'
import { createSchemaCheck, type SchemaCheck } from './schema-check.ts'

export interface SchemaChecks {
  /**
   * The findings of one document against the schema of the release that it states; IVI-013 or IVI-014 alone when there is
   * none for it.
   * @param today for a document that states no release (YYYY-MM-DD)
   */
  check(
    bytes: Buffer,
    options: { readonly profile: Profile; readonly today: string; readonly unsigned?: boolean },
  ): Finding[]
  /** Frees the compiled schemas. */
  dispose(): void
}

/** The schema checks of all releases side by side; each is compiled here, once (about 50 ms). */
export const createSchemaChecks = async (releases: Releases): Promise<SchemaChecks> => {
  const compiled = new Map<Release, SchemaCheck>()
  for (const release of releases.all) compiled.set(release, await createSchemaCheck(release.catalogue))
  return {
    check(bytes, { profile, today, unsigned = false }) {
      const found = releases.ofDocument(bytes, profile, today)
      // Every release that `ofDocument` names is one of `all`.
      return 'code' in found ? [found] : (compiled.get(found)?.check(bytes, { unsigned }) ?? [])
    },
    dispose: () => compiled.forEach((check) => check.dispose()),
  }
}
