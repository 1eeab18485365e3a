import { createSchemaCheck } from '../checks/schema-check.ts'
import { type Finding, isValid } from '../contract/index.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import { compileXsd } from '../ivi/compile-xsd.ts'
import { diffCatalogues, isSame } from '../ivi/diff-catalogues.ts'
import { parseCatalogue } from '../ivi/parse-catalogue.ts'
import { readXsd } from '../ivi/read-xsd.ts'
import { fitsAmong } from '../ivi/releases/fits-among.ts'
import { missingElements } from '../ivi/releases/needed-elements.ts'
import type { Profile, Release } from '../ivi/releases/release.ts'
import { enlist, keepSchema, openReleases } from '../ivi/releases/stored-releases.ts'
import { schemaFinding, shorten } from '../ivi/structure-findings.ts'
import { event } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { sha256 } from '../support/hash.ts'
import { localDay } from '../support/local-time.ts'
import type { Tools } from './tools.ts'

export interface SchemaImport {
  readonly profile: Profile
  /** The release, where the schema does not say it itself. */
  readonly version?: string | undefined
  /** First day of manufacture whose new documents are made in it. */
  readonly from?: string | undefined
  /** Whether it may take the place of another schema of the same release. */
  readonly replace: boolean
}

export interface ImportedSchema {
  /** `known`: it was imported before, nothing was done. */
  readonly state: 'imported' | 'replaced' | 'known' | 'refused'
  readonly release: string | undefined
  readonly from: string | undefined
  readonly sha256: string
  readonly findings: readonly Finding[]
}

/** 2021/133 Article 3(5): a new release is implemented within 12 months. */
const inTwelveMonths = (day: string): string => {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
  return next.endsWith('-02-29') ? next.replace('-29', '-28') : next
}

/** Our own schema, made from the catalogue, must be one for libxml2 too: documents are checked against it. */
const compileOwn = async (catalogue: Catalogue): Promise<Finding[]> => {
  try {
    const check = await createSchemaCheck(catalogue)
    check.dispose()
    return []
  } catch (error) {
    return [schemaFinding('XSD-007', '/', `The schema cannot be compiled: ${shorten((error as Error).message, 300)}`)]
  }
}

const problemsOf = async (bytes: Buffer, catalogue: Catalogue): Promise<Finding[]> => [
  ...compileXsd(bytes, catalogue.namespace),
  ...(await compileOwn(catalogue)),
  ...missingElements(catalogue),
]

/** Whether the release is there already with other content, which only `replace` may change. A stand-in is nobody's schema. */
const isTaken = (known: Release | undefined, catalogue: Catalogue): boolean =>
  known !== undefined && !known.standIn && !isSame(diffCatalogues(known.catalogue, catalogue))

const taken = ({ version, profile }: Release): Finding =>
  schemaFinding(
    'XSD-009',
    '/',
    `IVI ${version} of profile ${profile} is here already, with other content. Compare the two (ecoc schema diff); --replace puts this one in its place.`,
  )

/**
 * Takes the schema of a release in: reads it, has it compiled, keeps its bytes with hash and changeover day, and writes
 * the event `schema.imported`. A schema that cannot be read or compiled changes nothing. No schema is ever in use without
 * its event: that is committed before the schema is enlisted, so that a crash between the two asks for the import again.
 */
export const importSchema = async (
  bytes: Buffer,
  { profile, version, from, replace }: SchemaImport,
  actor: string,
  tools: Pick<Tools, 'store' | 'clock' | 'dataFolder' | 'config' | 'releases'>,
): Promise<ImportedSchema> => {
  const hash = sha256(bytes)
  const source = readXsd(bytes, version === undefined ? {} : { version })
  if (Array.isArray(source))
    return { state: 'refused', release: version, from: undefined, sha256: hash, findings: source }
  const catalogue = parseCatalogue(source)
  const release = catalogue.version
  const releases = await openReleases(tools.dataFolder)
  const known = releases.find(release, profile)
  const day = from ?? known?.from ?? inTwelveMonths(localDay(tools.clock(), tools.config.site.timeZone))
  const result = { release, from: day, sha256: hash }
  if (known?.sha256 === hash && known.from === day) return { ...result, state: 'known', findings: [] }
  const findings = [
    ...(await problemsOf(bytes, catalogue)),
    ...fitsAmong({ version: release, profile, from: day }, releases.all),
  ]
  if (known && isTaken(known, catalogue) && !replace) findings.push(taken(known))
  if (!isValid(findings)) return { ...result, state: 'refused', findings }
  const at = instant(tools.clock())
  await keepSchema(tools.dataFolder, bytes)
  const detail = { release, profile, from: day, sha256: hash, replaces: known?.sha256 ?? null }
  await tools.store.commit([event({ at, actor, type: 'schema.imported', subject: `${profile} ${release}`, detail })])
  await enlist(tools.dataFolder, { version: release, profile, from: day, sha256: hash, importedAt: at })
  await tools.releases.reload()
  return { ...result, state: known?.sha256 === undefined ? 'imported' : 'replaced', findings }
}
