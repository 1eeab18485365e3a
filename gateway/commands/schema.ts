import { loadRules } from '../checks/load-rules.ts'
import type { Finding } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { importSchema } from '../flow/import-schema.ts'
import { schemaEffects, type SchemaEffects } from '../flow/schema-effects.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import { type CatalogueChange, type CatalogueDiff, diffCatalogues, isSame } from '../ivi/diff-catalogues.ts'
import { parseCatalogue } from '../ivi/parse-catalogue.ts'
import { readXsd } from '../ivi/read-xsd.ts'
import { isProfile, profiles } from '../ivi/releases/release.ts'
import { openReleases } from '../ivi/releases/stored-releases.ts'
import { localDay } from '../support/local-time.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = `schema diff A.xsd B.xsd [--json]
       ecoc schema import X.xsd [--release 2.1] [--profile EU|UK] [--from YYYY-MM-DD] [--replace] [--json]
       ecoc schema list [--json]`

const options = {
  release: { type: 'string' },
  profile: { type: 'string' },
  from: { type: 'string' },
  replace: { type: 'boolean' },
  json: { type: 'boolean' },
} as const
type Values = ReturnType<typeof parse<typeof options>>['values']

const effectsOf = async (
  diff: CatalogueDiff,
  a: Catalogue,
  b: Catalogue,
  { tools }: OpenData,
): Promise<SchemaEffects> => schemaEffects(diff, a, b, tools.mappers.values(), await loadRules())

const printChanges = (title: string, changes: readonly CatalogueChange[], io: Io): void => {
  io.out(`${title}: ${changes.length}`)
  for (const { path, what, from, to } of changes) io.out(`  ${path}\n      ${what}: ${from ?? '–'} → ${to ?? '–'}`)
}

const printEffects = ({ mappers, rules }: SchemaEffects, io: Io): void => {
  io.out(`mappers touched: ${mappers.length}`)
  for (const { name, version, elements, required } of mappers) {
    io.out(`  ${name} ${version}`)
    for (const path of elements) io.out(`      ${path}`)
    for (const path of required) io.out(`      ${path}: new, required, not mapped`)
  }
  io.out(`rules touched: ${rules.length}`)
  for (const { code, elements } of rules) io.out(`  ${code}: ${elements.join(', ')}`)
}

const diff = async (files: readonly string[], { json }: Values, io: Io, data: OpenData): Promise<number> => {
  const [older, newer] = files
  if (older === undefined || newer === undefined || files.length > 2) throw usageError('Name two schemas.', usage)
  const catalogues: Catalogue[] = []
  const refused: { file: string; findings: readonly Finding[] }[] = []
  for (const file of [older, newer]) {
    const source = readXsd(await readInput(file, io.cwd))
    if (Array.isArray(source)) refused.push({ file, findings: source })
    else catalogues.push(parseCatalogue(source))
  }
  const [a, b] = catalogues
  if (!a || !b) {
    if (json) io.out(JSON.stringify(refused))
    else for (const { file, findings } of refused) printFindings(file, 'NOT readable', findings, io)
    return exit.no
  }
  const found = diffCatalogues(a, b)
  const effects = await effectsOf(found, a, b, data)
  if (json) {
    io.out(JSON.stringify({ ...found, ...effects }))
    return exit.yes
  }
  if (isSame(found)) io.out(`Both describe the same documents of IVI ${a.version}.`)
  printChanges('added', found.added, io)
  printChanges('removed', found.removed, io)
  printChanges('changed', found.changed, io)
  printEffects(effects, io)
  return exit.yes
}

const dayForm = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: string): boolean =>
  dayForm.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

const take = async (files: readonly string[], values: Values, io: Io, data: OpenData): Promise<number> => {
  const [file] = files
  if (file === undefined || files.length > 1) throw usageError('Name one schema.', usage)
  const { release, profile = 'EU', from, replace = false } = values
  if (!isProfile(profile)) throw usageError(`--profile is one of ${profiles.join(', ')}.`, usage)
  if (from !== undefined && !isDay(from)) throw usageError(`--from is a day such as 2027-07-01.`, usage)
  const { tools } = data
  const today = localDay(tools.clock(), tools.config.site.timeZone)
  const before = (await openReleases(tools.dataFolder)).forDate(today, profile)
  const bytes = await readInput(file, io.cwd)
  const imported = await importSchema(bytes, { profile, version: release, from, replace }, 'command line', tools)
  const isRefused = imported.state === 'refused'
  const now = isRefused ? undefined : (await openReleases(tools.dataFolder)).of(imported.release ?? '', profile)
  const effects =
    now && (await effectsOf(diffCatalogues(before.catalogue, now.catalogue), before.catalogue, now.catalogue, data))
  if (values.json) io.out(JSON.stringify({ file, profile, ...imported, ...effects }))
  else {
    printFindings(file, isRefused ? 'NOT imported' : imported.state, imported.findings, io)
    if (now)
      io.out(`IVI ${now.version}, profile ${profile}: for vehicles made from ${now.from} on; sha256 ${imported.sha256}`)
    if (effects) printEffects(effects, io)
  }
  return isRefused ? exit.no : exit.yes
}

const list = async ({ json }: Values, io: Io, { tools }: OpenData): Promise<number> => {
  const releases = (await openReleases(tools.dataFolder)).all.map(({ version, profile, from, sha256, standIn }) => ({
    release: version,
    profile,
    from,
    origin: standIn ? 'stand-in' : sha256 === undefined ? 'product' : 'imported',
    sha256: sha256 ?? null,
  }))
  if (json) io.out(JSON.stringify(releases))
  else
    for (const r of releases)
      io.out(`IVI ${r.release}  ${r.profile}  from ${r.from}  ${r.origin}${r.sha256 === null ? '' : `  ${r.sha256}`}`)
  return exit.yes
}

/** Compares schemas of IVI, takes a new release in, and names the mappers and rules it touches. */
const command: Command = {
  where: 'data',
  summary: 'compares, imports and lists the releases of IVI',
  usage,
  async run(argv, io, data) {
    const { values, positionals } = parse(argv, options, usage)
    const [verb, ...files] = positionals
    if (verb === 'diff') return diff(files, values, io, data)
    if (verb === 'import') return take(files, values, io, data)
    if (verb === 'list' && files.length === 0) return list(values, io, data)
    throw usageError('Say diff, import or list.', usage)
  },
}
export default command
