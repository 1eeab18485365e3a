import { createSchemaChecks, type SchemaChecks } from '../checks/schema-checks.ts'
import type { Finding, IviTree } from '../contract/index.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import { valueAt } from '../ivi/get-value.ts'
import { isProfile, type Profile } from '../ivi/releases/release.ts'
import { type Releases, statedProfile } from '../ivi/releases/releases.ts'
import { openReleases } from '../ivi/releases/stored-releases.ts'
import { type ReadDocument, readDocument } from '../ivi/read-document.ts'

/** The document profile that routing fixed, as a schema's profile. */
export const schemaProfile = (profile: string | null | undefined): Profile =>
  profile !== null && profile !== undefined && isProfile(profile) ? profile : 'EU'

/** The releases of IVI in use, with their compiled schemas. After an import they are taken anew, without a restart. */
export class ReleaseBook {
  readonly #dataFolder: string
  #releases: Releases
  #checks: SchemaChecks

  private constructor(dataFolder: string, releases: Releases, checks: SchemaChecks) {
    this.#dataFolder = dataFolder
    this.#releases = releases
    this.#checks = checks
  }

  /** @throws GatewayError IVI-015 when an imported schema is not what was imported */
  static async open(dataFolder: string): Promise<ReleaseBook> {
    const releases = await openReleases(dataFolder)
    return new ReleaseBook(dataFolder, releases, await createSchemaChecks(releases))
  }

  get releases(): Releases {
    return this.#releases
  }

  /** The catalogue of the release that a document or model states. @throws GatewayError IVI-010 */
  catalogueOf(tree: IviTree, profile: string | null | undefined): Catalogue {
    return this.#releases.of(valueAt(tree, 'IviVersionNumberXsd') ?? '2.0', schemaProfile(profile)).catalogue
  }

  /** Reads a document with the catalogue of the release that it states; one that is not here is the only finding. */
  read(bytes: Buffer, profile: string | null | undefined, today: string): ReadDocument {
    const release = this.#releases.ofDocument(bytes, schemaProfile(profile), today)
    if ('code' in release) return { tree: {}, signed: false, findings: [release] }
    return readDocument(bytes, { catalogue: release.catalogue })
  }

  /** The catalogue to read a document of ours with, by what it states itself. */
  catalogueFor(bytes: Buffer): Catalogue {
    const profile = statedProfile(bytes)
    const release = this.#releases.ofDocument(bytes, profile, '')
    return 'code' in release ? this.#releases.of('2.0', profile).catalogue : release.catalogue
  }

  check(bytes: Buffer, options: { profile: string | null | undefined; today: string; unsigned: boolean }): Finding[] {
    return this.#checks.check(bytes, { ...options, profile: schemaProfile(options.profile) })
  }

  /** Takes in what was imported since. */
  async reload(): Promise<void> {
    const releases = await openReleases(this.#dataFolder)
    const [before, checks] = [this.#checks, await createSchemaChecks(releases)]
    this.#releases = releases
    this.#checks = checks
    before.dispose()
  }
}
